package dev.appclients.cognito.controller.claim;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The Secrets of the operator that hold the values of one client, as the API server has them.
 *
 * @param secrets the client's own Secret and the copies, also under former names
 */
public record Carriers(List<Carrier> secrets) {

    public Carriers {
        secrets = List.copyOf(secrets);
    }

    /**
     * One Secret.
     *
     * @param isCopy whether it was written for a claim
     * @param secretId the client secret that it carries; null for the original, and for a Secret whose {@code isForged} is true
     * @param isForged whether another writer wrote the id, so that the carried client secret is not known
     */
    public record Carrier(
            String namespace,
            String name,
            boolean isCopy,
            @Nullable String secretId,
            boolean isForged) {

        /**
         * Whether the Secret may carry this client secret.
         *
         * @param isOriginal whether this client secret is the one that the app client was created with
         */
        public boolean mayCarry(String id, boolean isOriginal) {
            return isForged || (secretId == null ? isOriginal : secretId.equals(id));
        }
    }

    /** The number of copies. */
    public int copies() {
        return (int) secrets.stream().filter(Carrier::isCopy).count();
    }

    /**
     * The Secrets that may carry this client secret.
     *
     * @param isOriginal whether this client secret is the one that the app client was created with
     */
    public List<Carrier> mayCarry(String secretId, boolean isOriginal) {
        return secrets.stream()
                .filter(secret -> secret.mayCarry(secretId, isOriginal))
                .toList();
    }
}
