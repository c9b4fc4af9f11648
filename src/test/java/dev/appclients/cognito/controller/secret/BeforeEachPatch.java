package dev.appclients.cognito.controller.secret;

import dev.appclients.cognito.secret.SecretOwner;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs an action before each of the first patches. */
final class BeforeEachPatch implements SecretStore {

    private final SecretStore secrets;
    private final Runnable action;
    private int left;

    BeforeEachPatch(SecretStore secrets, int times, Runnable action) {
        this.secrets = secrets;
        this.left = times;
        this.action = action;
    }

    @Override
    public void patch(Secret live, Map<String, Object> patch) {
        if (left > 0) {
            left--;
            action.run();
        }
        secrets.patch(live, patch);
    }

    @Override
    public void dryRunCreate(Secret manifest) {
        secrets.dryRunCreate(manifest);
    }

    @Override
    public void create(Secret manifest) {
        secrets.create(manifest);
    }

    @Override
    public @Nullable Secret read(String namespace, String name) {
        return secrets.read(namespace, name);
    }

    @Override
    public void delete(Secret live) {
        secrets.delete(live);
    }

    @Override
    public boolean isOwnerLeaving(SecretOwner owner) {
        return secrets.isOwnerLeaving(owner);
    }
}
