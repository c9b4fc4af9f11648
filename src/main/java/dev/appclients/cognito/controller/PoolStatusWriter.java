package dev.appclients.cognito.controller;

import dev.appclients.cognito.api.v1beta1.ClusterUserPool;
import dev.appclients.cognito.api.v1beta1.ClusterUserPoolStatus;
import dev.appclients.cognito.controller.PassListener.NotWritten;
import dev.appclients.cognito.model.Reason;
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

/** Writes the status of a ClusterUserPool if it differs, and tells of a pool that got into trouble or out of it. */
final class PoolStatusWriter {

    private static final Logger LOG = LoggerFactory.getLogger(PoolStatusWriter.class);

    private final StatusWriter<ClusterUserPoolStatus, ClusterUserPool> statuses;
    private final UnwrittenStatuses<ClusterUserPool> unwritten;
    private final Announcer announcer;
    private final InstantSource clock;

    PoolStatusWriter(
            StatusWriter<ClusterUserPoolStatus, ClusterUserPool> statuses,
            UnwrittenStatuses<ClusterUserPool> unwritten,
            Announcer announcer,
            InstantSource clock) {
        this.statuses = statuses;
        this.unwritten = unwritten;
        this.announcer = announcer;
        this.clock = clock;
    }

    /** Writes the status, if it does not say so yet, and announces what the status said otherwise before. */
    StatusWrite<ClusterUserPool> write(Context<ClusterUserPool> context, ClusterUserPool pool, PoolReport report) {
        ClusterUserPoolStatus status = PoolStatus.compose(pool.getStatus(), report, clock.instant());
        StatusWrite<ClusterUserPool> outcome = status.equals(pool.getStatus())
                ? new StatusWrite.Written<>(pool)
                : statuses.write(context, pool, status);
        if (outcome instanceof StatusWrite.Written<ClusterUserPool>) {
            tell(unwritten.written(pool).orElse(pool), status, report.problem());
        }
        return outcome;
    }

    /** When to repeat a pass whose status was not written. */
    Duration retry(ClusterUserPool pool, NotWritten why) {
        return unwritten.failed(pool, why);
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
