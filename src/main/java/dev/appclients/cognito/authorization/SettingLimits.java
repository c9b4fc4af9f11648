package dev.appclients.cognito.authorization;

import dev.appclients.cognito.api.v1beta1.AppType;
import dev.appclients.cognito.model.Analytics;
import dev.appclients.cognito.model.AppClientSettings;
import dev.appclients.cognito.model.Durations;
import dev.appclients.cognito.model.OAuth;
import dev.appclients.cognito.model.TokenValidity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Compares the effective settings of a client with the limits of a Restricted pool. OAuth settings count even while OAuth is off. */
final class SettingLimits {

    private static final String ENABLED = "ENABLED";

    private final ClientLimits limits;
    private final List<Violation> violations = new ArrayList<>();

    private SettingLimits(ClientLimits limits) {
        this.limits = limits;
    }

    /** Each field that exceeds a limit, in the order of the spec. */
    static List<Violation> violations(ClientLimits limits, AppType appType, AppClientSettings settings) {
        SettingLimits comparison = new SettingLimits(limits);
        if (!limits.permitsAppType(appType)) {
            comparison.add("appType", text(appType), "allow.appTypes");
        }
        comparison.authFlows(settings);
        comparison.tokens(settings.tokenValidity(), limits.longest());
        comparison.weakSettings(settings);
        comparison.oauth(settings.oauth());
        comparison.all(
                "supportedIdentityProviders",
                settings.supportedIdentityProviders(),
                limits::permitsProvider,
                "allow.identityProviders");
        if (AuthFlows.signUsersIn(settings)) {
            comparison.attributes(
                    "readAttributes", settings.readAttributes(), limits::permitsReading, "all standard attributes");
            comparison.attributes(
                    "writeAttributes",
                    settings.writeAttributes(),
                    limits::permitsWriting,
                    "every mutable attribute of the pool");
        } else {
            comparison.all("readAttributes", settings.readAttributes(), limits::permitsReading, "allow.readAttributes");
            comparison.all(
                    "writeAttributes", settings.writeAttributes(), limits::permitsWriting, "allow.writeAttributes");
        }
        comparison.analytics(settings.analytics());
        return List.copyOf(comparison.violations);
    }

    private void authFlows(AppClientSettings settings) {
        List<String> refused = AuthFlows.effective(settings).entrySet().stream()
                .filter(flow -> !limits.permitsAuthFlow(flow.getKey()))
                .map(flow -> flow.getKey().equals(flow.getValue())
                        ? flow.getKey()
                        : flow.getKey() + " in " + flow.getValue())
                .toList();
        if (!refused.isEmpty()) {
            violations.add(Violation.of("explicitAuthFlows", refused, "allow.authFlows"));
        }
        // Rotation takes the place of the refresh flow, which Cognito then excludes.
        if (settings.refreshTokenRotation().enabled() && !limits.permitsAuthFlow(ClientLimits.REFRESH_FLOW)) {
            add("refreshTokenRotation", ENABLED, "allow.authFlows");
        }
    }

    private void tokens(TokenValidity asked, TokenValidity longest) {
        token("accessTokenValidity", asked.access(), longest.access(), "allow.maxTokenValidity.access");
        token("idTokenValidity", asked.id(), longest.id(), "allow.maxTokenValidity.id");
        token("refreshTokenValidity", asked.refresh(), longest.refresh(), "allow.maxTokenValidity.refresh");
    }

    private void token(String field, Duration asked, Duration longest, String limit) {
        if (asked.compareTo(longest) > 0) {
            add(field, Durations.text(asked), limit);
        }
    }

    private void weakSettings(AppClientSettings settings) {
        if (!settings.enableTokenRevocation() && !limits.permitsSetting("NoTokenRevocation")) {
            add("enableTokenRevocation", "false", "allow.settings");
        }
        String errors = settings.preventUserExistenceErrors();
        if (!errors.equals(ENABLED) && !limits.permitsSetting("LegacyUserExistenceErrors")) {
            add("preventUserExistenceErrors", errors, "allow.settings");
        }
        if (settings.enablePropagateAdditionalUserContextData() && !limits.permitsSetting("ContextData")) {
            add("enablePropagateAdditionalUserContextData", "true", "allow.settings");
        }
    }

    private void oauth(OAuth oauth) {
        all("allowedOAuthFlows", oauth.flows(), limits::permitsOAuthFlow, "allow.oauthFlows");
        all("allowedOAuthScopes", oauth.scopes(), limits::permitsScope, "allow.oauthScopes");
        all("callbackURLs", oauth.callbackURLs(), limits::permitsCallbackURL, "allow.callbackURLs");
        all("logoutURLs", oauth.logoutURLs(), limits::permitsLogoutURL, "allow.logoutURLs");
        String redirect = oauth.defaultRedirectURI();
        if (redirect != null) {
            all("defaultRedirectURI", List.of(redirect), limits::permitsCallbackURL, "allow.callbackURLs");
        }
    }

    /** An empty list is an absent one to Cognito, and then means more than the pool can limit. */
    private void attributes(String field, SortedSet<String> asked, Predicate<String> permitted, String meaning) {
        if (asked.isEmpty()) {
            violations.add(new Violation(field, "an absent " + field + ", which means " + meaning, "allow." + field));
        }
        all(field, asked, permitted, "allow." + field);
    }

    /** An application id names no account, so only an ARN can be compared. */
    private void analytics(@Nullable Analytics analytics) {
        if (analytics == null) {
            return;
        }
        String arn = analytics.applicationArn();
        if (arn == null) {
            add(
                    "analyticsConfiguration.applicationId",
                    String.valueOf(analytics.applicationId()),
                    "allow.analyticsARNs");
        } else if (!limits.permitsAnalytics(arn)) {
            add("analyticsConfiguration.applicationARN", arn, "allow.analyticsARNs");
        }
    }

    private static String text(AppType appType) {
        return switch (appType) {
            case PUBLIC -> "Public";
            case CONFIDENTIAL -> "Confidential";
            case MACHINE_TO_MACHINE -> "MachineToMachine";
            case OTHER -> "Other";
            case UNKNOWN -> "of another version";
        };
    }

    private void all(String field, Collection<String> values, Predicate<String> permitted, String limit) {
        List<String> refused = values.stream().filter(permitted.negate()).toList();
        if (!refused.isEmpty()) {
            violations.add(Violation.of(field, refused, limit));
        }
    }

    private void add(String field, String value, String limit) {
        violations.add(Violation.of(field, List.of(value), limit));
    }
}
