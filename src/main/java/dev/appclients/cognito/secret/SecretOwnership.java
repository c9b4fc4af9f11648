package dev.appclients.cognito.secret;

import dev.appclients.cognito.model.Marks;
import dev.appclients.cognito.secret.fields.FieldOwnership;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a Secret is the owner's. It is if it carries the owner's UID (as label or as owner reference), no other
 * controller controls it, and the operator's field manager wrote it. Marks alone prove nothing: every client can write them.
 */
final class SecretOwnership {

    private final SecretOwner owner;
    private final ObjectMeta metadata;
    private final FieldOwnership fields;

    private SecretOwnership(SecretOwner owner, Secret observed) {
        this.owner = owner;
        this.metadata = observed.getMetadata();
        this.fields = FieldOwnership.of(observed);
    }

    /** Null if the Secret is the owner's. */
    static SecretState.@Nullable NotOwned obstacle(SecretOwner owner, Secret observed) {
        return new SecretOwnership(owner, observed).obstacle();
    }

    private SecretState.@Nullable NotOwned obstacle() {
        String uid = mark(metadata.getLabels(), owner.marks().uid());
        OwnerReference controller = controller();
        if (controller != null && !owner.uid().equals(controller.getUid())) {
            return isFormerSelf(controller)
                    ? former(controller.getUid())
                    : foreign("is controlled by " + controller.getKind() + " '" + controller.getName() + "'");
        }
        if (controller != null || owner.uid().equals(uid)) {
            return fields.operatorWroteIt()
                    ? null
                    : foreign("carries the marks of " + owner.kind() + " '" + owner.path()
                            + "', but it was written by field manager '" + fields.lastOtherWriter() + "'");
        }
        String path = mark(metadata.getAnnotations(), owner.marks().path());
        if (uid != null && owner.path().equals(path)) {
            return former(uid);
        }
        if (uid != null && path != null) {
            return foreign("belongs to " + owner.kind() + " '" + path + "'");
        }
        return foreign("was not written for " + owner.kind() + " '" + owner.path() + "', but by field manager '"
                + fields.lastWriter() + "'");
    }

    private @Nullable OwnerReference controller() {
        List<OwnerReference> references = metadata.getOwnerReferences();
        return references == null
                ? null
                : references.stream()
                        .filter(reference -> Boolean.TRUE.equals(reference.getController()))
                        .findFirst()
                        .orElse(null);
    }

    private boolean isFormerSelf(OwnerReference controller) {
        return owner.kind().equals(controller.getKind())
                && owner.name().equals(controller.getName())
                && group(owner.apiVersion()).equals(group(Objects.requireNonNullElse(controller.getApiVersion(), "")));
    }

    private SecretState.FormerOwner former(String formerUid) {
        String clientId = mark(metadata.getAnnotations(), Marks.CLIENT_ID);
        return new SecretState.FormerOwner(
                formerUid,
                clientId,
                "Secret '" + metadata.getName() + "' was written for a former " + owner.kind() + " '" + owner.path()
                        + "' (UID "
                        + formerUid + ")" + (clientId == null ? "" : " with the app client " + clientId)
                        + ". The operator does not change it."
                        + (clientId == null
                                ? ""
                                : " To keep that app client, create the " + owner.kind()
                                        + " with spec.adopt: {clientId: " + clientId
                                        + "}; the ClusterUserPool must permit it in spec.adoption.")
                        + " To get a new app client, delete the Secret. A former app client stays in Cognito until"
                        + " you delete it there.");
    }

    private SecretState.Foreign foreign(String fault) {
        return new SecretState.Foreign("Secret '" + metadata.getName() + "' " + fault
                + ". The operator does not change it. Delete it, or set another name in spec.secret.name.");
    }

    private static String group(String apiVersion) {
        int slash = apiVersion.indexOf('/');
        return slash < 0 ? "" : apiVersion.substring(0, slash);
    }

    private static @Nullable String mark(@Nullable Map<String, String> marks, String name) {
        return marks == null ? null : marks.get(name);
    }
}
