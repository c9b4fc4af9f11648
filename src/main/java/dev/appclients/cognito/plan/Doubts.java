package dev.appclients.cognito.plan;

import dev.appclients.cognito.model.AppClientSettings;
import dev.appclients.cognito.model.OAuth;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;

/**
 * What Cognito may accept and yet will hardly do what its author wants: never refused, only said. Judged on the effective
 * settings, and on nothing else, so that the same manifest always gets the same sentences.
 */
public final class Doubts {

    private static final Set<String> NEED_OPENID = Set.of("email", "phone", "profile");
    private static final Set<String> SIGN_IN = Set.of("code", "implicit");

    private Doubts() {}

    /** One sentence for each doubt, naming the field and the remedy. */
    public static List<String> about(DesiredClient desired) {
        AppClientSettings settings = desired.settings();
        OAuth oauth = settings.oauth();
        List<String> doubts = new ArrayList<>();
        if (oauth.scopes().stream().anyMatch(NEED_OPENID::contains)
                && !oauth.scopes().contains("openid")) {
            doubts.add("allowedOAuthScopes has email, phone or profile without openid, which they need: add openid");
        }
        if (settings.enablePropagateAdditionalUserContextData() && !desired.confidential()) {
            doubts.add("enablePropagateAdditionalUserContextData needs a client secret, and this client has none");
        }
        if (oauth.flows().contains("client_credentials")
                && oauth.scopes().stream().noneMatch(scope -> scope.contains("/"))) {
            doubts.add("client_credentials without a scope of a resource server gives tokens that allow nothing: add a"
                    + " scope such as orders/read to allowedOAuthScopes");
        }
        if (!settings.explicitAuthFlows().isEmpty()
                && !settings.refreshTokenRotation().enabled()
                && settings.explicitAuthFlows().stream().allMatch(flow -> flow.startsWith("ALLOW_"))
                && !settings.explicitAuthFlows().contains(AppTypeDefaults.REFRESH_FLOW)) {
            doubts.add("explicitAuthFlows has no ALLOW_REFRESH_TOKEN_AUTH, so users must sign in again when their"
                    + " access token ends");
        }
        if (!oauth.enabled() && hasOAuthSettings(oauth)) {
            doubts.add("allowedOAuthFlowsUserPoolClient is false, so the OAuth flows, scopes and URLs have no effect");
        }
        addPlainHttp(doubts, "callbackURLs", oauth.callbackURLs());
        addPlainHttp(doubts, "logoutURLs", oauth.logoutURLs());
        return List.copyOf(doubts);
    }

    private static boolean hasOAuthSettings(OAuth oauth) {
        return oauth.flows().stream().anyMatch(SIGN_IN::contains)
                || !oauth.callbackURLs().isEmpty()
                || !oauth.logoutURLs().isEmpty();
    }

    private static void addPlainHttp(List<String> doubts, String field, SortedSet<String> urls) {
        if (urls.stream().anyMatch(url -> url.startsWith("http://"))) {
            doubts.add(field + " has plain http, which is for development on the same machine only");
        }
    }
}
