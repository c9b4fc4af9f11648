package dev.appclients.cognito.controller.rotation;

import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.controller.rotation.StoredRecord.Found;
import dev.appclients.cognito.controller.rotation.StoredRecord.Version;
import dev.appclients.cognito.model.ClientSecret;
import dev.appclients.cognito.model.PoolAccess;
import dev.appclients.cognito.model.PoolId;
import dev.appclients.cognito.rotation.PublishedSecretId;
import dev.appclients.cognito.rotation.RotationRecord;
import dev.appclients.cognito.rotation.RotationValues;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Passes of rotations without a cluster, in virtual time. */
final class RotationPasses {

    static final String UID = "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0";
    static final Duration SETTLES_AFTER = Duration.ofSeconds(60);

    Instant now = Instant.parse("2026-12-20T12:00:00Z");
    long nanos = 1_000;
    final RotationMemory memory = new RotationMemory(SETTLES_AFTER, () -> now, () -> nanos);

    /** Lets time pass on both clocks. */
    void pass(Duration time) {
        now = now.plus(time);
        nanos += time.toNanos();
    }

    /** The UID of the n-th client. */
    static String uid(int n) {
        return new UUID(n, n).toString();
    }

    /** A pass of the client {@code web} of the pool. */
    RotationPass pass(String uid, PoolId pool, @Nullable RotationRecord rotation, String annotations, String spec) {
        UserPoolClient client = Serialization.unmarshal("""
                apiVersion: cognito.appclients.dev/v1beta1
                kind: UserPoolClient
                metadata: {name: web, namespace: shop, uid: %s, generation: 1, annotations: {%s}}
                spec:
                  userPoolRef: {name: customers}
                  appType: Confidential
                  %s
                """.formatted(uid, annotations, spec), UserPoolClient.class);
        RotationTarget target = new RotationTarget(
                client,
                new PoolAccess(pool, null, null, "shop"),
                "client",
                true,
                false,
                null,
                new NoValues(),
                () -> true);
        RotationMemory.OfClient known = memory.of(uid);
        memory.keep(uid, known);
        RotationPass pass = new RotationPass(target, known);
        if (rotation == null) {
            pass.withoutRecord();
        } else {
            pass.stored(found(rotation));
        }
        return pass;
    }

    /** A stored record without values. */
    static Found found(RotationRecord rotation) {
        return new Found(rotation, new Version("record", "1"), new RotationValues(null, null, null));
    }

    private static final class NoValues implements RotationTarget.Values {

        @Override
        public @Nullable ClientSecret published(PublishedSecretId secret) {
            return null;
        }

        @Override
        public @Nullable ClientSecret described() {
            return null;
        }
    }
}
