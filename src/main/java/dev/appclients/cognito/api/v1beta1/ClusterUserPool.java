package dev.appclients.cognito.api.v1beta1;

import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;
import org.jspecify.annotations.Nullable;

/** An existing Cognito user pool, how to reach it, and which namespaces may use it. */
@Group(ApiVersion.GROUP)
@Version(ApiVersion.VERSION)
@ShortNames("cup")
@Plural("clusteruserpools")
@Categories("cognito")
public final class ClusterUserPool extends CustomResource<ClusterUserPoolSpec, ClusterUserPoolStatus> {
    @Override
    @Required
    public ClusterUserPoolSpec getSpec() {
        return super.getSpec();
    }

    /** Until the operator has looked, the API server says so by an observed generation of -1. */
    @Override
    @Default("{\"observedGeneration\": -1}")
    public @Nullable ClusterUserPoolStatus getStatus() {
        return super.getStatus();
    }

    @Override
    protected @Nullable ClusterUserPoolSpec initSpec() {
        return null;
    }

    @Override
    protected @Nullable ClusterUserPoolStatus initStatus() {
        return null;
    }
}
