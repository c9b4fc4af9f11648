package dev.appclients.cognito.controller;

import dev.appclients.cognito.api.v1beta1.AppType;
import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.model.PoolAttributes;
import dev.appclients.cognito.model.PoolContents;
import dev.appclients.cognito.plan.DesiredClient;
import dev.appclients.cognito.plan.Doubts;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects the warnings about a manifest, so that each pass reports the same ones however it ends. */
final class Warnings {

    private static final String NOT_PAUSED = "The annotation " + Annotations.PAUSED
            + " has another value than true, so the" + " operator does not pause. Write true, or remove the annotation";

    /** What the manifest alone gives reason for; a pass that its pool ends reports these. */
    void judge(UserPoolClient resource, Progress progress) {
        if (Annotations.isPaused(resource) || resource.getSpec().appType() == AppType.UNKNOWN) {
            return;
        }
        var meta = resource.getMetadata();
        DesiredClient desired =
                DesiredClient.of(resource.getSpec(), meta.getNamespace(), meta.getName(), meta.getUid());
        progress.warn(all(resource, desired, null));
    }

    /** Adds what the pool gives reason for; only for a namespace that the pool permits. */
    void judgeInPool(Subject subject, Progress progress) {
        PoolContents facts = PoolContents.of(subject.pool().facts());
        progress.warn(all(
                subject.resource(), subject.desired(), subject.visible(facts).attributes()));
    }

    private static List<String> all(UserPoolClient resource, DesiredClient desired, @Nullable PoolAttributes pool) {
        List<String> warnings = new ArrayList<>(Doubts.about(desired, pool));
        if (Annotations.hasIneffectivePause(resource)) {
            warnings.add(NOT_PAUSED);
        }
        return List.copyOf(warnings);
    }
}
