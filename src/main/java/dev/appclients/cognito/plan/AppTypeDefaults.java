package dev.appclients.cognito.plan;

import dev.appclients.cognito.api.v1beta1.AppType;
import java.util.List;

/**
 * What an {@code appType} fills in where the manifest is silent. Frozen per API version: a change here would change
 * clients that nobody touched.
 *
 * @param generateSecret whether the client has a secret
 * @param explicitAuthFlows the auth flows; empty means Cognito's own default, which allows SRP, custom and refresh
 * @param allowedOAuthFlows the OAuth flows
 */
public record AppTypeDefaults(boolean generateSecret, List<String> explicitAuthFlows, List<String> allowedOAuthFlows) {

    /** The flow that no client may list while its refresh tokens are rotated. */
    static final String REFRESH_FLOW = "ALLOW_REFRESH_TOKEN_AUTH";

    private static final List<String> SIGN_IN = List.of("ALLOW_USER_SRP_AUTH", REFRESH_FLOW);

    /** The row of the table for this type. */
    public static AppTypeDefaults of(AppType type) {
        return switch (type) {
            case PUBLIC -> new AppTypeDefaults(false, SIGN_IN, List.of());
            case CONFIDENTIAL -> new AppTypeDefaults(true, SIGN_IN, List.of());
            // An empty list of auth flows would allow SRP, custom and refresh: the refresh flow alone allows no
            // sign-in.
            case MACHINE_TO_MACHINE -> new AppTypeDefaults(true, List.of(REFRESH_FLOW), List.of("client_credentials"));
            case OTHER -> new AppTypeDefaults(false, List.of(), List.of());
            case UNKNOWN -> throw new IllegalArgumentException("an appType that this version does not know");
        };
    }
}
