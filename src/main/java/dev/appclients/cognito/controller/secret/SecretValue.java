package dev.appclients.cognito.controller.secret;

import dev.appclients.cognito.controller.reconcile.StopReconciliation;
import dev.appclients.cognito.model.ClientSecret;
import org.jspecify.annotations.Nullable;

/** Supplies the client secret for a Secret. {@link SecretWriter} asks for it only where it cannot reuse the published one. */
public interface SecretValue {

    /**
     * Proves that the owner may publish the client, and returns its secret. May be called once for each attempt of a write.
     *
     * @return null exactly for a public client
     * @throws StopReconciliation if the owner may not publish it, or the value is lost
     */
    @Nullable
    ClientSecret get();

    /** Whether only this value may be written. Otherwise a rewrite keeps the value that the Secret has, as long as it is intact. */
    default boolean replacesPublished() {
        return false;
    }

    /** Whether {@link #get} costs no request. */
    boolean isAtHand();
}
