package dev.appclients.cognito.authorization;

import dev.appclients.cognito.api.v1beta1.AppType;
import dev.appclients.cognito.api.v1beta1.PoolLimits;
import dev.appclients.cognito.api.v1beta1.TokenLimits;
import dev.appclients.cognito.model.Durations;
import dev.appclients.cognito.model.TokenValidity;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The limits of a Restricted pool for one client, with the safe minimum for each absent list. The minimum is never more than clients of
 * the {@code appType} need.
 */
final class ClientLimits {

    static final String REFRESH_FLOW = "ALLOW_REFRESH_TOKEN_AUTH";

    private static final PoolLimits NONE =
            new PoolLimits(null, null, null, null, null, null, null, null, null, null, null, null, null, null);
    private static final TokenLimits NO_TOKEN_LIMITS = new TokenLimits(null, null, null);
    private static final List<AppType> TYPES =
            List.of(AppType.PUBLIC, AppType.CONFIDENTIAL, AppType.MACHINE_TO_MACHINE);

    private final PoolLimits written;
    private final String namespace;
    private final boolean machine;

    /**
     * The limits of a pool.
     *
     * @param written null permits the safe minimum
     * @param namespace replaces the variable in patterns
     */
    ClientLimits(@Nullable PoolLimits written, String namespace, AppType appType) {
        this.written = Objects.requireNonNullElse(written, NONE);
        this.namespace = namespace;
        this.machine = appType == AppType.MACHINE_TO_MACHINE;
    }

    boolean permitsAppType(AppType type) {
        return orElse(written.appTypes(), TYPES).contains(type) && type != AppType.UNKNOWN;
    }

    boolean permitsCallbackURL(String url) {
        return orElse(written.callbackURLs(), List.of()).stream()
                .anyMatch(pattern -> UrlPattern.matches(pattern, namespace, url));
    }

    boolean permitsLogoutURL(String url) {
        return orElse(written.logoutURLs(), List.of()).stream()
                .anyMatch(pattern -> UrlPattern.matches(pattern, namespace, url));
    }

    boolean permitsOAuthFlow(String flow) {
        return orElse(written.oauthFlows(), List.of(machine ? "client_credentials" : "code"))
                .contains(flow);
    }

    boolean permitsScope(String scope) {
        List<String> minimum = machine ? List.of() : List.of("openid", "email", "profile");
        return orElse(written.oauthScopes(), minimum).stream()
                .anyMatch(pattern -> ScopePattern.matches(pattern, namespace, scope));
    }

    boolean permitsAuthFlow(String flow) {
        List<String> minimum = machine ? List.of(REFRESH_FLOW) : List.of("ALLOW_USER_SRP_AUTH", REFRESH_FLOW);
        return orElse(written.authFlows(), minimum).contains(flow);
    }

    boolean permitsProvider(String provider) {
        return orElse(written.identityProviders(), machine ? List.of() : List.of("COGNITO"))
                .contains(provider);
    }

    /** An absent list permits every attribute that the client names. */
    boolean permitsReading(String attribute) {
        return written.readAttributes() == null || written.readAttributes().contains(attribute);
    }

    /** An absent list permits every attribute that the client names. */
    boolean permitsWriting(String attribute) {
        return written.writeAttributes() == null || written.writeAttributes().contains(attribute);
    }

    boolean permitsAnalytics(String arn) {
        return orElse(written.analyticsARNs(), List.of()).contains(arn);
    }

    /** Whether the pool lists a setting that weakens security. */
    boolean permitsSetting(String name) {
        return orElse(written.settings(), List.of()).contains(name);
    }

    /** The longest validity of each token. */
    TokenValidity longest() {
        TokenLimits limits = Objects.requireNonNullElse(written.maxTokenValidity(), NO_TOKEN_LIMITS);
        TokenValidity minimum = TokenValidity.COGNITO_DEFAULT;
        return new TokenValidity(
                orElse(limits.access(), minimum.access()),
                orElse(limits.id(), minimum.id()),
                orElse(limits.refresh(), minimum.refresh()));
    }

    private static Duration orElse(@Nullable String written, Duration absent) {
        return Durations.parseOr(written, absent);
    }

    private static <T> List<T> orElse(@Nullable List<T> written, List<T> absent) {
        return written == null ? absent : written;
    }
}
