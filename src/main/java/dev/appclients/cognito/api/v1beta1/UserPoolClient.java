package dev.appclients.cognito.api.v1beta1;

import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;
import org.jspecify.annotations.Nullable;

/** One app client of a Cognito user pool and the Secret that carries its credentials. */
@Group(ApiVersion.GROUP)
@Version(ApiVersion.VERSION)
@ShortNames("upc")
@Plural("userpoolclients")
@Categories("cognito")
public final class UserPoolClient extends CustomResource<UserPoolClientSpec, UserPoolClientStatus>
        implements Namespaced {
    @Override
    @Required
    public UserPoolClientSpec getSpec() {
        return super.getSpec();
    }

    /** Until the operator has looked, the API server says so by an observed generation of -1. */
    @Override
    @Default("{\"observedGeneration\": -1}")
    public @Nullable UserPoolClientStatus getStatus() {
        return super.getStatus();
    }

    @Override
    protected @Nullable UserPoolClientSpec initSpec() {
        return null;
    }

    @Override
    protected @Nullable UserPoolClientStatus initStatus() {
        return null;
    }
}
