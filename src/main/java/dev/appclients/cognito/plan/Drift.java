package dev.appclients.cognito.plan;

import dev.appclients.cognito.model.Analytics;
import dev.appclients.cognito.model.AppClientSettings;
import dev.appclients.cognito.model.Durations;
import dev.appclients.cognito.model.RefreshTokenRotation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Compares the settings of two app clients. Settings have the names of the spec. */
public final class Drift {

    /** The name and the accessor of each setting. A test compares them with the record's components. */
    private static final Map<String, Function<AppClientSettings, @Nullable Object>> FIELDS = fields();

    private Drift() {}

    /** The settings that differ, in the order of the spec; empty when both are equal. */
    public static List<FieldDifference> between(AppClientSettings desired, AppClientSettings observed) {
        List<FieldDifference> differences = new ArrayList<>();
        FIELDS.forEach((field, read) -> {
            Object wanted = read.apply(desired);
            Object found = read.apply(observed);
            if (!Objects.equals(wanted, found)) {
                differences.add(new FieldDifference(field, show(wanted), show(found)));
            }
        });
        return List.copyOf(differences);
    }

    /** The accessor of each setting, by its name in the spec. */
    static Map<String, Function<AppClientSettings, @Nullable Object>> settings() {
        return FIELDS;
    }

    private static Map<String, Function<AppClientSettings, @Nullable Object>> fields() {
        Map<String, Function<AppClientSettings, @Nullable Object>> fields = new LinkedHashMap<>();
        fields.put("clientName", AppClientSettings::clientName);
        fields.put("explicitAuthFlows", AppClientSettings::explicitAuthFlows);
        fields.put("authSessionValidity", AppClientSettings::authSessionValidity);
        fields.put("accessTokenValidity", s -> s.tokenValidity().access());
        fields.put("idTokenValidity", s -> s.tokenValidity().id());
        fields.put("refreshTokenValidity", s -> s.tokenValidity().refresh());
        fields.put("refreshTokenRotation", AppClientSettings::refreshTokenRotation);
        fields.put("enableTokenRevocation", AppClientSettings::enableTokenRevocation);
        fields.put("preventUserExistenceErrors", AppClientSettings::preventUserExistenceErrors);
        fields.put(
                "enablePropagateAdditionalUserContextData",
                AppClientSettings::enablePropagateAdditionalUserContextData);
        fields.put("allowedOAuthFlows", s -> s.oauth().flows());
        fields.put("allowedOAuthScopes", s -> s.oauth().scopes());
        fields.put("allowedOAuthFlowsUserPoolClient", s -> s.oauth().enabled());
        fields.put("callbackURLs", s -> s.oauth().callbackURLs());
        fields.put("logoutURLs", s -> s.oauth().logoutURLs());
        fields.put("defaultRedirectURI", s -> s.oauth().defaultRedirectURI());
        fields.put("supportedIdentityProviders", AppClientSettings::supportedIdentityProviders);
        fields.put("readAttributes", AppClientSettings::readAttributes);
        fields.put("writeAttributes", AppClientSettings::writeAttributes);
        fields.put("analyticsConfiguration", AppClientSettings::analytics);
        return Collections.unmodifiableMap(fields);
    }

    private static String show(@Nullable Object value) {
        return switch (value) {
            case null -> "(none)";
            case Duration duration -> Durations.text(duration);
            case RefreshTokenRotation rotation ->
                rotation.enabled()
                        ? "ENABLED, grace period " + Durations.text(rotation.retryGracePeriod())
                        : "DISABLED";
            case String text when text.isEmpty() -> "(none)";
            // Leaves out the external id, which may be a shared secret between account and role.
            case Analytics analytics ->
                Objects.requireNonNullElse(analytics.applicationArn(), "application " + analytics.applicationId());
            default -> value.toString();
        };
    }
}
