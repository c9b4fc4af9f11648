package dev.appclients.cognito.drift;

import dev.appclients.cognito.api.v1beta1.UserPoolClientSpec;
import dev.appclients.cognito.model.AppClientSettings;
import dev.appclients.cognito.model.OAuth;
import dev.appclients.cognito.plan.DesiredClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The desired client of the manifest {@code shop/web} with a given spec. */
public final class Desired {

    static final String UID = "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0";
    private static final Set<String> NEED_OPENID = Set.of("email", "phone", "profile");

    private Desired() {}

    public static DesiredClient of(Map<String, Object> spec) {
        Map<String, Object> whole = new LinkedHashMap<>(spec);
        whole.put("userPoolRef", Map.of("name", "customers"));
        return DesiredClient.of(
                Serialization.unmarshal(Serialization.asJson(whole), UserPoolClientSpec.class), "shop", "web", UID);
    }

    /** Returns an equal spec that omits no field. */
    static Map<String, Object> written(DesiredClient client, Map<String, Object> original) {
        AppClientSettings settings = client.settings();
        OAuth oauth = settings.oauth();
        Map<String, Object> spec = new LinkedHashMap<>();
        spec.put("appType", original.get("appType"));
        if (original.containsKey("generateSecret")) {
            spec.put("generateSecret", client.confidential());
        }
        spec.put(
                "clientName",
                settings.clientName().substring(0, settings.clientName().lastIndexOf('.')));
        spec.put("explicitAuthFlows", List.copyOf(settings.explicitAuthFlows()));
        spec.put("authSessionValidity", seconds(settings.authSessionValidity()));
        spec.put("accessTokenValidity", seconds(settings.tokenValidity().access()));
        spec.put("idTokenValidity", seconds(settings.tokenValidity().id()));
        spec.put("refreshTokenValidity", seconds(settings.tokenValidity().refresh()));
        spec.put(
                "refreshTokenRotation",
                Map.of(
                        "feature",
                        settings.refreshTokenRotation().enabled() ? "ENABLED" : "DISABLED",
                        "retryGracePeriod",
                        seconds(settings.refreshTokenRotation().retryGracePeriod())));
        spec.put("enableTokenRevocation", settings.enableTokenRevocation());
        spec.put("preventUserExistenceErrors", settings.preventUserExistenceErrors());
        spec.put("enablePropagateAdditionalUserContextData", settings.enablePropagateAdditionalUserContextData());
        spec.put("allowedOAuthFlows", List.copyOf(oauth.flows()));
        spec.put("allowedOAuthScopes", List.copyOf(oauth.scopes()));
        spec.put("allowedOAuthFlowsUserPoolClient", oauth.enabled());
        spec.put("callbackURLs", List.copyOf(oauth.callbackURLs()));
        spec.put("logoutURLs", List.copyOf(oauth.logoutURLs()));
        if (oauth.defaultRedirectURI() != null) {
            spec.put("defaultRedirectURI", oauth.defaultRedirectURI());
        }
        spec.put("supportedIdentityProviders", List.copyOf(settings.supportedIdentityProviders()));
        spec.put("readAttributes", List.copyOf(settings.readAttributes()));
        spec.put("writeAttributes", List.copyOf(settings.writeAttributes()));
        if (original.containsKey("analyticsConfiguration")) {
            spec.put("analyticsConfiguration", original.get("analyticsConfiguration"));
        }
        return spec;
    }

    /** Whether sources disagree that Cognito accepts the client. Every other client must be accepted with any value of any switch. */
    public static boolean isDisputed(DesiredClient client) {
        AppClientSettings settings = client.settings();
        OAuth oauth = settings.oauth();
        Set<String> flows = settings.explicitAuthFlows();
        boolean refreshes = flows.isEmpty() || flows.contains("ALLOW_REFRESH_TOKEN_AUTH");
        return flows.contains("ALLOW_CLIENT_TOKEN_AUTH")
                || (settings.refreshTokenRotation().enabled() && refreshes)
                || (oauth.scopes().stream().anyMatch(NEED_OPENID::contains)
                        && !oauth.scopes().contains("openid"))
                || (!oauth.enabled()
                        && !(oauth.scopes().isEmpty() && oauth.flows().isEmpty()));
    }

    private static String seconds(Duration duration) {
        return duration.toSeconds() + "s";
    }
}
