package dev.appclients.cognito.api.v1beta1;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.FieldValidateable.Validation;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.List;
import java.util.Locale;

/** Checks with a dry run whether the API server accepts an object, and parses its errors. */
final class Refusals {
    /** The error that the API server adds when a schema error prevents the evaluation of rules; it names no field. */
    private static final String REMARK = "<nil>";

    private Refusals() {}

    /** The errors for the object, one per line as kubectl prints them; empty if the API server accepts it. Stores nothing. */
    static List<String> of(KubernetesClient client, GenericKubernetesResource object) {
        try {
            client.resource(object)
                    .dryRun()
                    .fieldValidation(Validation.STRICT)
                    .forceConflicts()
                    .fieldManager("manifests")
                    .serverSideApply();
            return List.of();
        } catch (KubernetesClientException refusal) {
            return causes(refusal);
        }
    }

    /** As {@link #of}, but sends exactly this JSON, with null fields. */
    static List<String> ofApply(KubernetesClient client, ObjectNode object) {
        return ofPatch(client, object, PatchType.SERVER_SIDE_APPLY);
    }

    /** The errors of a create with exactly this JSON. */
    static List<String> ofCreate(KubernetesClient client, ObjectNode object) {
        String namespace = object.path("metadata").path("namespace").asText("");
        String uri = "/apis/" + object.path("apiVersion").asText()
                + (namespace.isEmpty() ? "" : "/namespaces/" + namespace)
                + "/" + object.path("kind").asText().toLowerCase(Locale.ROOT) + "s?dryRun=All&fieldValidation=Strict";
        try {
            client.raw(uri, "POST", object.toString());
            return List.of();
        } catch (KubernetesClientException refusal) {
            return causes(refusal);
        }
    }

    /** The errors of a merge patch with exactly this JSON on a stored object. Deletes the object afterwards. */
    static List<String> ofMerge(KubernetesClient client, GenericKubernetesResource stored, ObjectNode patch) {
        client.resource(stored).forceConflicts().fieldManager("manifests").serverSideApply();
        try {
            return ofPatch(client, patch, PatchType.JSON_MERGE);
        } finally {
            client.resource(stored).delete();
        }
    }

    private static List<String> ofPatch(KubernetesClient client, ObjectNode object, PatchType type) {
        GenericKubernetesResource target = new GenericKubernetesResource();
        target.setApiVersion(object.path("apiVersion").asText());
        target.setKind(object.path("kind").asText());
        target.setMetadata(new ObjectMetaBuilder()
                .withName(object.path("metadata").path("name").asText())
                .withNamespace(object.path("metadata").path("namespace").textValue())
                .build());
        try {
            client.resource(target)
                    .patch(
                            new PatchContext.Builder()
                                    .withPatchType(type)
                                    .withFieldManager("manifests")
                                    .withFieldValidation("Strict")
                                    .withForce(type == PatchType.SERVER_SIDE_APPLY ? true : null)
                                    .withDryRun(List.of("All"))
                                    .build(),
                            object.toString());
            return List.of();
        } catch (KubernetesClientException refusal) {
            return causes(refusal);
        }
    }

    /** As {@link #of}, while an older version of the object is stored, with its status. */
    static List<String> ofUpdate(
            KubernetesClient client, GenericKubernetesResource stored, GenericKubernetesResource update) {
        Object status = stored.get("status");
        var written = client.resource(stored)
                .forceConflicts()
                .fieldManager("manifests")
                .serverSideApply();
        if (status != null) {
            written.setAdditionalProperty("status", status);
            client.resource(written).updateStatus();
        }
        try {
            return of(client, update);
        } finally {
            client.resource(stored).delete();
        }
    }

    /** As {@link #of}, but stores the object, because storage has limits of its own. Deletes the object afterwards. */
    static List<String> ofStored(KubernetesClient client, GenericKubernetesResource object) {
        try {
            client.resource(object)
                    .fieldValidation(Validation.STRICT)
                    .forceConflicts()
                    .fieldManager("manifests")
                    .serverSideApply();
            return List.of();
        } catch (KubernetesClientException refusal) {
            return causes(refusal);
        } finally {
            client.resource(object).delete();
        }
    }

    private static List<String> causes(KubernetesClientException refusal) {
        var status = refusal.getStatus();
        if (status == null || status.getDetails() == null || refusal.getCode() != 422) {
            throw refusal;
        }
        return status.getDetails().getCauses().stream()
                .filter(cause -> !REMARK.equals(cause.getField()))
                .map(cause -> cause.getField() + ": " + cause.getMessage())
                .toList();
    }
}
