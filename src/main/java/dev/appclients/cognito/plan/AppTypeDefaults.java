package dev.appclients.cognito.plan;

import dev.appclients.cognito.api.v1beta1.AppType;
import java.util.List;

/**
 * Fills in the settings that a manifest leaves out, by its {@code appType}. The table is frozen per API version: a changed
 * row would change clients whose manifests did not change.
 *
 * @param generateSecret whether the client has a secret
 * @param explicitAuthFlows the authentication flows; empty means Cognito's default: SRP, custom and refresh
 * @param allowedOAuthFlows the OAuth flows
 * @param loginProviders the identity providers of a client with the flow {@code code} or {@code implicit}; no user
 *     can sign in on a login page without a provider
 */
public record AppTypeDefaults(
        boolean generateSecret,
        List<String> explicitAuthFlows,
        List<String> allowedOAuthFlows,
        List<String> loginProviders) {

    /** The flow that Cognito refuses for a client with refresh token rotation. */
    static final String REFRESH_FLOW = "ALLOW_REFRESH_TOKEN_AUTH";

    private static final List<String> SIGN_IN = List.of("ALLOW_USER_SRP_AUTH", REFRESH_FLOW);

    /** The identity provider that stands for the pool's own users. */
    private static final List<String> COGNITO = List.of("COGNITO");

    /** The defaults of a type. */
    public static AppTypeDefaults of(AppType type) {
        return switch (type) {
            case PUBLIC -> new AppTypeDefaults(false, SIGN_IN, List.of(), COGNITO);
            case CONFIDENTIAL -> new AppTypeDefaults(true, SIGN_IN, List.of(), COGNITO);
            // An empty list would allow SRP, custom and refresh. The refresh flow alone allows no sign-in.
            case MACHINE_TO_MACHINE ->
                new AppTypeDefaults(true, List.of(REFRESH_FLOW), List.of("client_credentials"), List.of());
            case OTHER -> new AppTypeDefaults(false, List.of(), List.of(), List.of());
            case UNKNOWN -> throw new IllegalArgumentException("this version does not know the appType");
        };
    }
}
