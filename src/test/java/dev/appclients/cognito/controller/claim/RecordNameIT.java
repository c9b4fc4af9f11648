package dev.appclients.cognito.controller.claim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.api.v1beta1.ClientSecretClaim;
import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.controller.ForcedRemoval;
import dev.appclients.cognito.controller.OnClaimStage;
import dev.appclients.cognito.controller.cluster.Annotations;
import dev.appclients.cognito.controlplane.Edits;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The operator never writes over the record of a rotation, also under CRDs that do not refuse its name. */
class RecordNameIT extends OnClaimStage {

    private final List<CustomResourceDefinition> shipped = new ArrayList<>();
    private Secret record;

    @BeforeEach
    void rotateUnderOlderCrds() {
        Stream.of("userpoolclients", "clientsecretclaims").forEach(this::removeTheRuleOfTheName);
        applyWeb("rotation: {overlap: 10m, maxOverlap: 1h}");
        stage.awaitReady("web");
        stage.annotate("web", Annotations.ROTATE_REQUESTED_AT, "1");
        stage.eventually().untilAsserted(() -> {
            assertThat(stage.status("web").rotation().phase()).isEqualTo("Overlap");
            record = Objects.requireNonNull(stage.secret(recordName()));
        });
    }

    @AfterEach
    void restoreTheCrds() {
        try {
            stage.stopOperator();
            // The shipped rules refuse every change of the objects.
            ForcedRemoval.ofAll(stage.admin(), ClientSecretClaim.class);
            ForcedRemoval.ofAll(stage.admin(), UserPoolClient.class);
        } finally {
            shipped.forEach(crd -> Edits.edit(
                    stage.admin()
                            .apiextensions()
                            .v1()
                            .customResourceDefinitions()
                            .withName(crd.getMetadata().getName()),
                    found -> {
                        found.setSpec(crd.getSpec());
                        return found;
                    }));
            stage.eventually().until(() -> !isNameAccepted());
        }
    }

    @Test
    void anotherClientWithTheNameIsRefusedAndNotCreated() {
        stage.applyClient("other", WEB + "secret: {name: " + recordName() + "}\n");

        assertThat(stage.awaitCondition("other", "Ready", "False", "SecretConflict")
                        .getMessage())
                .contains("Secret '" + recordName() + "' is the record of a rotation");
        assertThat(stage.cognito()).hasSize(1);
        recordIsIntact();
    }

    @Test
    void theRotatedClientItselfIsRefusedAndKeepsItsSecret() {
        applyWeb("rotation: {overlap: 10m, maxOverlap: 1h}\nsecret: {name: " + recordName() + "}");

        assertThat(stage.awaitCondition("web", "Ready", "False", "SecretConflict")
                        .getMessage())
                .contains("Secret '" + recordName() + "' is the record of a rotation");
        assertThat(stage.secret("web")).isNotNull();
        recordIsIntact();
    }

    @Test
    void aClaimWithTheNameIsRefused() {
        claim(stage.namespace(), "copy", "name: " + recordName());

        assertThat(awaitClaim(stage.namespace(), "copy", "False", "SecretConflict")
                        .getMessage())
                .contains("Secret '" + recordName() + "' is the record of a rotation");
        claimIn(stage.namespace(), "copy").delete();
        stage.eventually().until(() -> claimIn(stage.namespace(), "copy").get() == null);
        recordIsIntact();
    }

    /** The steps of the rotation change its state, and nothing else. */
    private void recordIsIntact() {
        Secret now = Objects.requireNonNull(stage.secret(recordName()));
        assertThat(now.getMetadata().getUid()).isEqualTo(record.getMetadata().getUid());
        assertThat(now.getMetadata().getLabels()).isEqualTo(record.getMetadata().getLabels());
        assertThat(now.getMetadata().getAnnotations())
                .isEqualTo(record.getMetadata().getAnnotations());
        assertThat(now.getData()).hasSameSizeAs(record.getData());
        assertThat(now.getData().get("current")).isEqualTo(record.getData().get("current"));
        assertThat(now.getData().get("previous")).isEqualTo(record.getData().get("previous"));
    }

    private String recordName() {
        return "rotation-"
                + stage.client("web").getMetadata().getUid().replace("-", "").substring(0, 10);
    }

    private void removeTheRuleOfTheName(String plural) {
        Resource<CustomResourceDefinition> crd = stage.admin()
                .apiextensions()
                .v1()
                .customResourceDefinitions()
                .withName(plural + ".cognito.appclients.dev");
        shipped.add(crd.require());
        // The API server writes the status of a CRD after each change of it.
        Edits.edit(crd, older -> {
            assertThat(secretName(older)
                            .getXKubernetesValidations()
                            .removeIf(rule -> rule.getRule().contains("rotation-")))
                    .isTrue();
            return older;
        });
        stage.eventually().until(() -> isAccepted(probe(plural)));
    }

    private static JSONSchemaProps secretName(CustomResourceDefinition crd) {
        return crd.getSpec()
                .getVersions()
                .getFirst()
                .getSchema()
                .getOpenAPIV3Schema()
                .getProperties()
                .get("spec")
                .getProperties()
                .get("secret")
                .getProperties()
                .get("name");
    }

    private boolean isNameAccepted() {
        return isAccepted(probe("userpoolclients")) || isAccepted(probe("clientsecretclaims"));
    }

    private boolean isAccepted(HasMetadata probe) {
        try {
            stage.admin().resource(probe).dryRun().create();
            return true;
        } catch (KubernetesClientException refused) {
            if (String.valueOf(refused.getMessage()).contains("must not be rotation-")) {
                return false;
            }
            throw refused;
        }
    }

    private HasMetadata probe(String plural) {
        return plural.equals("userpoolclients")
                ? Serialization.<UserPoolClient>unmarshal("""
                        apiVersion: cognito.appclients.dev/v1beta1
                        kind: UserPoolClient
                        metadata: {name: probe, namespace: %s}
                        spec: {userPoolRef: {name: customers}, appType: Confidential, secret: {name: rotation-0123456789}}
                        """.formatted(stage.namespace()), UserPoolClient.class)
                : Serialization.<ClientSecretClaim>unmarshal("""
                        apiVersion: cognito.appclients.dev/v1beta1
                        kind: ClientSecretClaim
                        metadata: {name: probe, namespace: %1$s}
                        spec: {clientRef: {namespace: %1$s, name: web}, secret: {name: rotation-0123456789}}
                        """.formatted(stage.namespace()), ClientSecretClaim.class);
    }
}
