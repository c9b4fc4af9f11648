package dev.appclients.cognito.controller.cluster;

import dev.appclients.cognito.model.Marks;
import dev.appclients.cognito.secret.SecretStripper;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The item store of Secrets, without their values. It has an index of the clients' own Secrets by the client's UID, and one of the copies
 * by the claim's UID.
 */
final class SecretItems extends LeanItems<Secret> {

    private final KeyIndex<String> own = new KeyIndex<>();
    private final KeyIndex<String> copies = new KeyIndex<>();

    /** @param view removes the values */
    SecretItems(SecretStripper view) {
        super(view::stripInPlace);
    }

    /** The Secrets with the mark of this client that are no copies. */
    Stream<Secret> ofClient(String uid) {
        return found(own.of(uid)).filter(secret -> uid.equals(ownerOf(secret)));
    }

    /** The Secrets with the mark of this claim. */
    Stream<Secret> ofClaim(String uid) {
        return found(copies.of(uid)).filter(secret -> uid.equals(mark(secret, Marks.CLAIM_UID)));
    }

    /** The number of UIDs in both indexes. */
    int uids() {
        return own.size() + copies.size();
    }

    @Override
    protected void changed(String key, @Nullable Secret before, @Nullable Secret now) {
        own.move(key, ownerOf(before), ownerOf(now));
        copies.move(key, mark(before, Marks.CLAIM_UID), mark(now, Marks.CLAIM_UID));
    }

    /** The UID of the client whose own Secret this is; null for a copy. */
    private static @Nullable String ownerOf(@Nullable Secret secret) {
        return mark(secret, Marks.CLAIM_UID) == null ? mark(secret, Marks.CLIENT_UID) : null;
    }

    private static @Nullable String mark(@Nullable Secret secret, String label) {
        Map<String, String> labels =
                secret == null ? null : secret.getMetadata().getLabels();
        return labels == null ? null : labels.get(label);
    }
}
