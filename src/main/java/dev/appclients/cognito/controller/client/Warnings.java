package dev.appclients.cognito.controller.client;

import dev.appclients.cognito.api.v1beta1.AppType;
import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.controller.cluster.Annotations;
import dev.appclients.cognito.distribution.PushPlan;
import dev.appclients.cognito.model.PoolAttributes;
import dev.appclients.cognito.model.PoolContents;
import dev.appclients.cognito.plan.DesiredClient;
import dev.appclients.cognito.plan.SettingsWarnings;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects the warnings about a manifest, so that each reconciliation reports the same ones whatever its outcome. */
final class Warnings {

    private static final String NOT_PAUSED = "The annotation " + Annotations.PAUSED
            + " is not true, so the operator does not pause. Set it to true, or remove it";

    /** Sets the warnings about the manifest alone. A reconciliation that the pool ends reports these. */
    void judge(UserPoolClient resource, PassState pass) {
        if (Annotations.isPaused(resource) || resource.getSpec().appType() == AppType.UNKNOWN) {
            return;
        }
        var meta = resource.getMetadata();
        DesiredClient desired =
                DesiredClient.of(resource.getSpec(), meta.getNamespace(), meta.getName(), meta.getUid());
        pass.warn(all(resource, desired, null));
    }

    /** Adds the warnings that depend on the pool; only for a namespace that the pool allows. */
    void judgeInPool(ReconcileInput input, PassState pass) {
        PoolContents facts = PoolContents.of(input.pool().facts());
        List<String> warnings = new ArrayList<>(
                all(input.resource(), input.desired(), input.visible(facts).attributes()));
        AdmittedPool pool = input.pool();
        String push = PushPlan.warning(input.resource(), pool.object(), pool.namespace());
        if (push != null) {
            warnings.add(push);
        }
        pass.warn(List.copyOf(warnings));
    }

    private static List<String> all(UserPoolClient resource, DesiredClient desired, @Nullable PoolAttributes pool) {
        List<String> warnings = new ArrayList<>(SettingsWarnings.about(desired, pool));
        if (Annotations.hasIneffectivePause(resource)) {
            warnings.add(NOT_PAUSED);
        }
        return List.copyOf(warnings);
    }
}
