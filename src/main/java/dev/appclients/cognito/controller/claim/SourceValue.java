package dev.appclients.cognito.controller.claim;

import dev.appclients.cognito.controller.claim.SourceReads.Version;
import dev.appclients.cognito.controller.secret.SecretStore;
import dev.appclients.cognito.controller.secret.SecretValue;
import dev.appclients.cognito.model.ClientSecret;
import dev.appclients.cognito.secret.SourceSecret;
import io.fabric8.kubernetes.api.model.Secret;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The client secret for a copy, from one live read of the client's own Secret. The read counts only for the version that the cache has
 * and that the copy was planned on.
 */
record SourceValue(
        CopySource source, ResourceID claim, SourceReads reads, SecretStore secrets, Supplier<Set<ResourceID>> waiting)
        implements SecretValue {

    @Override
    public @Nullable ClientSecret get() {
        if (!source.secret().confidential()) {
            return null;
        }
        Version version = new Version(source.id(), source.secret().resourceVersion());
        return reads.value(version, claim, waiting, this::read);
    }

    /** A copy may hold the value of an older revision. */
    @Override
    public boolean replacesPublished() {
        return true;
    }

    /** All claims of a burst share one request. */
    @Override
    public boolean isAtHand() {
        return true;
    }

    private ClientSecret read() {
        String namespace = source.id().getNamespace().orElseThrow();
        Secret live = secrets.read(namespace, source.id().getName());
        ClientSecret value = live == null ? null : valueIn(live);
        if (value == null) {
            throw new CacheBehind("Secret '" + source.id().getName() + "' in namespace '" + namespace + "' changed");
        }
        return value;
    }

    private @Nullable ClientSecret valueIn(Secret live) {
        boolean isPlanned =
                live.getMetadata().getResourceVersion().equals(source.secret().resourceVersion());
        SourceSecret judged = isPlanned ? source.judge(live).orElse(null) : null;
        return judged == null ? null : judged.value(live);
    }
}
