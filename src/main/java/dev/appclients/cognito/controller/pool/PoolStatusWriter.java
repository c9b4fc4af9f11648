package dev.appclients.cognito.controller.pool;

import dev.appclients.cognito.api.v1beta1.ClusterUserPool;
import dev.appclients.cognito.api.v1beta1.ClusterUserPoolStatus;
import dev.appclients.cognito.controller.reconcile.EventRecorder;
import dev.appclients.cognito.controller.reconcile.PassListener.NotWritten;
import dev.appclients.cognito.controller.reconcile.StatusPatcher;
import dev.appclients.cognito.controller.reconcile.StatusWrite;
import dev.appclients.cognito.model.Reason;
import dev.appclients.cognito.status.Conditions;
import dev.appclients.cognito.status.PoolStatus;
import dev.appclients.cognito.status.PoolStatus.PoolReport;
import dev.appclients.cognito.status.PoolStatus.Problem;
import io.fabric8.kubernetes.api.model.Condition;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes the status of a ClusterUserPool if it differs, and announces a pool that becomes usable or unusable. */
final class PoolStatusWriter {

    private static final Logger LOG = LoggerFactory.getLogger(PoolStatusWriter.class);

    private final StatusPatcher<ClusterUserPoolStatus, ClusterUserPool> statuses;
    private final EventRecorder events;
    private final InstantSource clock;

    PoolStatusWriter(
            StatusPatcher<ClusterUserPoolStatus, ClusterUserPool> statuses, EventRecorder events, InstantSource clock) {
        this.statuses = statuses;
        this.events = events;
        this.clock = clock;
    }

    /** Writes the status if it differs, and announces its transition once it is written. */
    StatusWrite<ClusterUserPool> write(Context<ClusterUserPool> context, ClusterUserPool pool, PoolReport report) {
        ClusterUserPoolStatus status = PoolStatus.compose(pool.getStatus(), report, clock.instant());
        return statuses.report(
                context, pool, pool, status, (before, after) -> announce(pool, before, after, report.problem()));
    }

    /** When to repeat a reconciliation whose status was not written. */
    Duration retry(ClusterUserPool pool, NotWritten why) {
        return statuses.retry(pool, why);
    }

    private void announce(
            ClusterUserPool pool,
            @Nullable ClusterUserPoolStatus before,
            ClusterUserPoolStatus after,
            @Nullable Problem problem) {
        String former = readyReason(before);
        String now = readyReason(after);
        if (now.equals(former)) {
            return;
        }
        if (problem != null) {
            LOG.warn("{}: {}", problem.reason().text(), problem.message());
            events.failed(pool, problem.reason(), problem.message());
        } else {
            LOG.info("User pool {}: {}", pool.getSpec().userPoolId(), now);
            boolean recovered = !former.isEmpty() && now.equals(Reason.SYNCED.text());
            if (recovered) {
                events.recovered(pool, "The user pool can be used again");
            }
        }
    }

    private static String readyReason(@Nullable ClusterUserPoolStatus status) {
        return status == null
                ? ""
                : Conditions.find(status.conditions(), Conditions.READY)
                        .map(Condition::getReason)
                        .orElse("");
    }
}
