package dev.appclients.cognito.plan;

import dev.appclients.cognito.api.v1beta1.UserPoolClientSpec;
import io.fabric8.kubernetes.client.utils.Serialization;

/** Specs as a user writes them. */
final class Specs {

    static final String UID = "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0";

    private Specs() {}

    /** @param yaml lines of the spec after the reference to the pool */
    static UserPoolClientSpec spec(String yaml) {
        return Serialization.unmarshal("userPoolRef: {name: customers}\n" + yaml, UserPoolClientSpec.class);
    }

    /** The client that the manifest {@code shop/web} with this spec asks for. */
    static DesiredClient desired(String yaml) {
        return DesiredClient.of(spec(yaml), "shop", "web", UID);
    }
}
