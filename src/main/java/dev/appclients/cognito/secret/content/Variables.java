package dev.appclients.cognito.secret.content;

import dev.appclients.cognito.model.TemplateVariable;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The values of the variables of one Secret, except the client secret.
 *
 * @param namespace of the Secret itself
 * @param name of the Secret itself
 */
record Variables(PublicValues values, Endpoints endpoints, String namespace, String name) {

    static Variables of(PublicValues values, String namespace, String name) {
        return new Variables(values, Endpoints.of(values), namespace, name);
    }

    /** The value; empty if the client has none. */
    String value(TemplateVariable variable) {
        return Objects.requireNonNullElse(valueOrNull(variable), "");
    }

    private @Nullable String valueOrNull(TemplateVariable variable) {
        return switch (variable) {
            case CLIENT_ID -> values.clientId();
            case CLIENT_SECRET -> null;
            case ISSUER -> values.issuer();
            case USER_POOL_ID -> values.pool().value();
            case USER_POOL_ARN -> values.arn() == null ? null : values.arn().value();
            case REGION -> values.pool().region();
            case DOMAIN -> values.domainHost();
            case AUTHORIZATION_URI -> endpoints.authorizationUri();
            case TOKEN_URI -> endpoints.tokenUri();
            case USER_INFO_URI -> endpoints.userInfoUri();
            case JWKS_URI -> endpoints.jwksUri();
            case LOGOUT_URI -> endpoints.logoutUri();
            case REDIRECT_URI -> values.redirectUri();
            case SCOPES -> String.join(" ", values.scopes());
            case NAMESPACE -> namespace;
            case NAME -> name;
        };
    }
}
