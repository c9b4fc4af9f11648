package dev.appclients.cognito.plan;

import dev.appclients.cognito.api.v1beta1.AnalyticsConfiguration;
import dev.appclients.cognito.api.v1beta1.AppType;
import dev.appclients.cognito.api.v1beta1.UserPoolClientSpec;
import dev.appclients.cognito.model.Analytics;
import dev.appclients.cognito.model.AppClientSettings;
import dev.appclients.cognito.model.Durations;
import dev.appclients.cognito.model.OAuth;
import dev.appclients.cognito.model.RefreshTokenRotation;
import dev.appclients.cognito.model.Sets;
import dev.appclients.cognito.model.TokenValidity;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * The client that a manifest asks for, with defaults for every setting that it leaves out.
 *
 * @param settings every setting, in normal form; the name is empty when an adopted client keeps its own
 * @param confidential whether the client has a secret
 */
public record DesiredClient(AppClientSettings settings, boolean confidential) {

    private static final Duration AUTH_SESSION_DEFAULT = Duration.ofMinutes(3);

    /** The secure value: it hides which users exist. Cognito has changed its own default over time. */
    private static final String PREVENT_USER_EXISTENCE_ERRORS = "ENABLED";

    private static final Duration GRACE_PERIOD_DEFAULT = Duration.ZERO;

    /**
     * Combines the spec, the defaults of its {@code appType} and Cognito's own defaults.
     *
     * @param uid makes the suffix of the client's name, unless the client is adopted
     */
    public static DesiredClient of(UserPoolClientSpec spec, String namespace, String name, String uid) {
        AppTypeDefaults defaults = AppTypeDefaults.of(spec.appType());
        RefreshTokenRotation rotation = rotation(spec);
        OAuth oauth = oauth(spec, defaults);
        AppClientSettings settings = new AppClientSettings(
                clientName(spec, namespace, name, uid),
                authFlows(spec, defaults, rotation.enabled()),
                Durations.parseOr(spec.authSessionValidity(), AUTH_SESSION_DEFAULT),
                tokenValidity(spec),
                rotation,
                orElse(spec.enableTokenRevocation(), true),
                orElse(spec.preventUserExistenceErrors(), PREVENT_USER_EXISTENCE_ERRORS),
                orElse(spec.enablePropagateAdditionalUserContextData(), false),
                oauth,
                providers(spec, defaults, oauth),
                normal(spec.readAttributes()),
                normal(spec.writeAttributes()),
                analytics(spec.analyticsConfiguration()));
        return new DesiredClient(settings, isConfidential(spec));
    }

    /**
     * Fills in the attribute lists that the manifest leaves out, where Cognito would permit more than the pool. A list that the
     * manifest has stays as it is.
     *
     * @param read the pool's list; null or empty fills in nothing, because Cognito treats an empty list as an absent one
     * @param write as {@code read}
     */
    public DesiredClient withAbsentAttributes(@Nullable List<String> read, @Nullable List<String> write) {
        boolean fillsRead = settings.readAttributes().isEmpty() && isWritten(read);
        boolean fillsWrite = settings.writeAttributes().isEmpty() && isWritten(write);
        return !fillsRead && !fillsWrite
                ? this
                : new DesiredClient(
                        settings.withAttributes(
                                fillsRead ? normal(read) : settings.readAttributes(),
                                fillsWrite ? normal(write) : settings.writeAttributes()),
                        confidential);
    }

    /** The settings for an existing client. An adopted client keeps its name unless the manifest sets one. */
    public AppClientSettings settingsFor(AppClientSettings observed) {
        return settings.clientName().isEmpty() ? settings.withClientName(observed.clientName()) : settings;
    }

    /** An adopted client needs no suffix: the operator finds it by its id, and other users know it by its name. */
    private static String clientName(UserPoolClientSpec spec, String namespace, String name, String uid) {
        return spec.adopt() == null
                ? ClientName.of(spec.clientName(), namespace, name, uid)
                : Objects.requireNonNullElse(spec.clientName(), "");
    }

    /** Whether the client has a secret. The type decides it; for {@code Other} the manifest does. */
    public static boolean isConfidential(UserPoolClientSpec spec) {
        return spec.appType() == AppType.OTHER
                ? orElse(spec.generateSecret(), false)
                : AppTypeDefaults.of(spec.appType()).generateSecret();
    }

    private static SortedSet<String> authFlows(
            UserPoolClientSpec spec, AppTypeDefaults defaults, boolean rotationEnabled) {
        if (isWritten(spec.explicitAuthFlows())) {
            return normal(spec.explicitAuthFlows());
        }
        List<String> filled = defaults.explicitAuthFlows();
        return normal(
                rotationEnabled
                        ? filled.stream()
                                .filter(flow -> !flow.equals(AppTypeDefaults.REFRESH_FLOW))
                                .toList()
                        : filled);
    }

    private static TokenValidity tokenValidity(UserPoolClientSpec spec) {
        TokenValidity cognito = TokenValidity.COGNITO_DEFAULT;
        return new TokenValidity(
                Durations.parseOr(spec.accessTokenValidity(), cognito.access()),
                Durations.parseOr(spec.idTokenValidity(), cognito.id()),
                Durations.parseOr(spec.refreshTokenValidity(), cognito.refresh()));
    }

    private static RefreshTokenRotation rotation(UserPoolClientSpec spec) {
        var written = spec.refreshTokenRotation();
        return written == null
                ? RefreshTokenRotation.DISABLED
                : new RefreshTokenRotation(
                        "ENABLED".equals(written.feature()), gracePeriod(written.retryGracePeriod()));
    }

    /** Zero is allowed for this duration only, in any unit. */
    private static Duration gracePeriod(@Nullable String written) {
        return written != null && written.startsWith("0")
                ? Duration.ZERO
                : Durations.parseOr(written, GRACE_PERIOD_DEFAULT);
    }

    private static OAuth oauth(UserPoolClientSpec spec, AppTypeDefaults defaults) {
        SortedSet<String> flows =
                normal(isWritten(spec.allowedOAuthFlows()) ? spec.allowedOAuthFlows() : defaults.allowedOAuthFlows());
        return new OAuth(
                flows,
                normal(spec.allowedOAuthScopes()),
                orElse(spec.allowedOAuthFlowsUserPoolClient(), !flows.isEmpty()),
                normal(spec.callbackURLs()),
                normal(spec.logoutURLs()),
                spec.defaultRedirectURI());
    }

    private static SortedSet<String> providers(UserPoolClientSpec spec, AppTypeDefaults defaults, OAuth oauth) {
        boolean filled = !isWritten(spec.supportedIdentityProviders()) && oauth.hasRedirectFlow();
        return normal(filled ? defaults.loginProviders() : spec.supportedIdentityProviders());
    }

    private static @Nullable Analytics analytics(@Nullable AnalyticsConfiguration written) {
        return written == null
                ? null
                : new Analytics(
                        written.applicationARN(),
                        written.applicationId(),
                        written.externalId(),
                        written.roleARN(),
                        orElse(written.userDataShared(), false));
    }

    private static SortedSet<String> normal(@Nullable Collection<String> written) {
        return written == null
                ? Sets.sorted(null)
                : Sets.sorted(written.stream().map(String::strip).toList());
    }

    /** Cognito treats an empty list as an absent one. */
    private static boolean isWritten(@Nullable List<String> list) {
        return list != null && !list.isEmpty();
    }

    private static <T> T orElse(@Nullable T written, T absent) {
        return written == null ? absent : written;
    }
}
