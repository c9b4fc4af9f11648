package dev.appclients.cognito.controller;

import dev.appclients.cognito.api.v1beta1.ClusterUserPool;
import dev.appclients.cognito.api.v1beta1.ClusterUserPoolStatus;
import dev.appclients.cognito.controller.guards.LostChange;
import dev.appclients.cognito.model.Reason;
import dev.appclients.cognito.status.PoolStatus;
import dev.appclients.cognito.status.PoolStatus.PoolReport;
import dev.appclients.cognito.status.PoolStatus.Problem;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes the status of a ClusterUserPool if it differs, and tells of a pool that got into trouble or out of it. */
final class PoolStatusWriter {

    private static final Logger LOG = LoggerFactory.getLogger(PoolStatusWriter.class);

    private final Announcer announcer;
    private final InstantSource clock;

    PoolStatusWriter(Announcer announcer, InstantSource clock) {
        this.announcer = announcer;
        this.clock = clock;
    }

    /** True when the object is no longer the one that the pass looked at. */
    boolean write(Context<ClusterUserPool> context, ClusterUserPool pool, PoolReport report) {
        ClusterUserPoolStatus status = PoolStatus.compose(pool.getStatus(), report, clock.instant());
        if (status.equals(pool.getStatus())) {
            return false;
        }
        ClusterUserPool patch = new ClusterUserPool();
        patch.setMetadata(new ObjectMetaBuilder()
                .withName(pool.getMetadata().getName())
                .withUid(pool.getMetadata().getUid())
                .build());
        patch.setStatus(status);
        boolean changed;
        try {
            ClusterUserPool written = context.resourceOperations().serverSideApplyPrimaryStatus(patch);
            changed = LostChange.happened(pool, StatusLeftovers.takeAway(context.getClient(), written, status));
        } catch (KubernetesClientException e) {
            if (KubernetesFailure.isNotFound(e)) {
                return false;
            }
            if (KubernetesFailure.isConflict(e)) {
                return true;
            }
            throw e;
        }
        tell(pool, status, report.problem());
        return changed;
    }

    private void tell(ClusterUserPool pool, ClusterUserPoolStatus status, @Nullable Problem problem) {
        String before = readyReason(pool.getStatus());
        String now = readyReason(status);
        if (now.equals(before)) {
            return;
        }
        if (problem != null) {
            LOG.warn("{}: {}", problem.reason().text(), problem.message());
            announcer.trouble(pool, problem.reason(), problem.message());
        } else {
            LOG.info("User pool {}: {}", pool.getSpec().userPoolId(), now);
            boolean wasTrouble = !before.isEmpty() && now.equals(Reason.SYNCED.text());
            if (wasTrouble) {
                announcer.recovered(pool, "The user pool can be used again");
            }
        }
    }

    private static String readyReason(@Nullable ClusterUserPoolStatus status) {
        return status == null || status.conditions() == null
                ? ""
                : status.conditions().stream()
                        .filter(condition -> condition.getType().equals("Ready"))
                        .map(Condition::getReason)
                        .findFirst()
                        .orElse("");
    }
}
