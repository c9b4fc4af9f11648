package dev.appclients.cognito.plan;

import dev.appclients.cognito.api.v1beta1.UserPoolClientSpec;
import io.fabric8.kubernetes.client.utils.Serialization;

/** Parses specs in YAML. */
final class Specs {

    static final String UID = "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0";

    private Specs() {}

    /** @param yaml the lines of the spec after {@code userPoolRef} */
    static UserPoolClientSpec spec(String yaml) {
        return Serialization.unmarshal("userPoolRef: {name: customers}\n" + yaml, UserPoolClientSpec.class);
    }

    /** The desired client of the manifest {@code shop/web} with this spec. */
    static DesiredClient desired(String yaml) {
        return DesiredClient.of(spec(yaml), "shop", "web", UID);
    }
}
