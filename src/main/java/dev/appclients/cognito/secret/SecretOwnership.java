package dev.appclients.cognito.secret;

import dev.appclients.cognito.model.Marks;
import dev.appclients.cognito.model.SecretTypes;
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
public final class SecretOwnership {

    private static final String CLIENT_KIND = "UserPoolClient";

    private final SecretOwner owner;
    private final String kind;
    private final boolean isRecord;
    private final ObjectMeta metadata;
    private final FieldOwnership fields;

    private SecretOwnership(SecretOwner owner, Secret observed) {
        this.owner = owner;
        this.kind = Objects.requireNonNullElse(observed.getKind(), "Secret");
        isRecord = SecretTypes.ROTATION.equals(observed.getType());
        this.metadata = observed.getMetadata();
        this.fields = FieldOwnership.of(observed);
    }

    /**
     * The UID of the object that the marks name as the owner of a Secret: the claim of a copy, else the client. The label of a claim
     * counts only while the operator owns it, so that another writer cannot hide the Secret of a client.
     *
     * @param observed complete, or stripped by {@link SecretStripper}
     * @return null without marks; no proof of ownership
     */
    public static @Nullable String ownerUid(Secret observed) {
        String claim = mark(observed.getMetadata().getLabels(), Marks.CLAIM_UID);
        return claim != null && FieldOwnership.of(observed).operatorOwnsLabel(Marks.CLAIM_UID)
                ? claim
                : mark(observed.getMetadata().getLabels(), Marks.CLIENT_UID);
    }

    /** Null if the Secret is the owner's. */
    static SecretState.@Nullable NotOwned obstacle(SecretOwner owner, Secret observed) {
        return new SecretOwnership(owner, observed).obstacle();
    }

    private SecretState.@Nullable NotOwned obstacle() {
        if (isRecord) {
            return new SecretState.Foreign(kind + " '" + metadata.getName()
                    + "' is the record of a rotation. The operator does not change it for " + owner.kind() + " '"
                    + owner.path() + "'. Set another name in spec.secret.name.");
        }
        OwnerReference controller = controller();
        if (controller != null && !owner.uid().equals(controller.getUid())) {
            return isFormerSelf(controller)
                    ? former(controller.getUid())
                    : foreign("is controlled by " + controller.getKind() + " '" + controller.getName() + "'");
        }
        if (controller == null && !owner.isClaim() && isCopy()) {
            return foreign("is a copy for ClientSecretClaim '" + mark(metadata.getAnnotations(), Marks.CLAIM) + "'");
        }
        String uid = mark(metadata.getLabels(), owner.marks().uid());
        if (controller != null || owner.uid().equals(uid)) {
            return fields.operatorWroteIt()
                    ? null
                    : foreign("carries the marks of " + owner.kind() + " '" + owner.path()
                            + "', but it was written by field manager '" + fields.lastOtherWriter() + "'");
        }
        return uid == null ? unmarked() : ofAnother(uid);
    }

    private SecretState.NotOwned ofAnother(String uid) {
        String path = mark(metadata.getAnnotations(), owner.marks().path());
        // The copy of a former claim is replaced, so marks that another writer made must not be enough.
        boolean replaceable = !owner.isClaim() || fields.operatorWroteIt();
        if (owner.path().equals(path) && replaceable) {
            return former(uid);
        }
        return path == null ? unmarked() : foreign("belongs to " + owner.kind() + " '" + path + "'");
    }

    private SecretState.NotOwned unmarked() {
        String client = mark(metadata.getAnnotations(), Marks.CLIENT);
        boolean isOfClient = owner.isClaim() && client != null && fields.operatorWroteIt();
        return foreign(
                isOfClient
                        ? "belongs to " + CLIENT_KIND + " '" + client + "'"
                        : "was not written for " + owner.kind() + " '" + owner.path() + "', but by field manager '"
                                + fields.lastWriter() + "'");
    }

    private boolean isCopy() {
        return mark(metadata.getLabels(), Marks.CLAIM_UID) != null && fields.operatorOwnsLabel(Marks.CLAIM_UID);
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
        String fault = kind + " '" + metadata.getName() + "' was written for a former " + owner.kind() + " '"
                + owner.path() + "' (UID " + formerUid + ")"
                + (clientId == null ? "" : " with the app client " + clientId);
        return new SecretState.FormerOwner(
                formerUid, clientId, owner.isClaim() ? fault + "." : fault + "." + remedy(clientId));
    }

    private String remedy(@Nullable String clientId) {
        return " The operator does not change it."
                + (clientId == null
                        ? ""
                        : " To keep that app client, create the " + owner.kind() + " with spec.adopt: {clientId: "
                                + clientId + "}; the ClusterUserPool must permit it in spec.adoption.")
                + " To get a new app client, delete the " + kind + ". A former app client stays in Cognito until"
                + " you delete it there.";
    }

    private SecretState.Foreign foreign(String fault) {
        String field = kind.equals("ConfigMap") ? "spec.configMap.name" : "spec.secret.name";
        return new SecretState.Foreign(kind + " '" + metadata.getName() + "' " + fault
                + ". The operator does not change it. Delete it, or set another name in " + field + ".");
    }

    private static String group(String apiVersion) {
        int slash = apiVersion.indexOf('/');
        return slash < 0 ? "" : apiVersion.substring(0, slash);
    }

    private static @Nullable String mark(@Nullable Map<String, String> marks, String name) {
        return marks == null ? null : marks.get(name);
    }
}
