package dev.appclients.cognito.plan;

import static dev.appclients.cognito.model.RuleSource.AWS_DOCUMENTATION;
import static dev.appclients.cognito.model.RuleSource.OBSERVED;

import dev.appclients.cognito.model.AppClientSettings;
import dev.appclients.cognito.model.OAuth;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * What Cognito may accept and yet will hardly do what its author wants: never refused, only said. Judged on the effective
 * settings, and on nothing else, so that the same manifest always gets the same sentences.
 */
public final class Doubts {

    private static final Set<String> NEED_OPENID = Set.of("email", "phone", "profile");

    /** Not the scope of any resource server. */
    private static final Set<String> COGNITOS_OWN_SCOPES =
            Set.of("openid", "email", "phone", "profile", "aws.cognito.signin.user.admin");

    private static final String CLIENT_CREDENTIALS = "client_credentials";
    private static final String CLIENT_TOKEN_FLOW = "ALLOW_CLIENT_TOKEN_AUTH";
    private static final Set<String> SET_BY_COGNITO = Set.of("sub", "email_verified", "phone_number_verified");

    private static final List<Doubt> ALL = List.of(
            new Doubt(
                    "explicitAuthFlows",
                    "explicitAuthFlows has no ALLOW_REFRESH_TOKEN_AUTH, so users must sign in again when their access token"
                            + " ends, and Cognito has been seen to refuse it: add the flow, or enable refreshTokenRotation",
                    OBSERVED,
                    desired -> lacksRefreshFlow(desired.settings())),
            new Doubt(
                    "refreshTokenRotation",
                    "refreshTokenRotation is ENABLED while explicitAuthFlows is left to Cognito, whose own choice contains"
                            + " ALLOW_REFRESH_TOKEN_AUTH, which rotation excludes: list the flows in explicitAuthFlows",
                    AWS_DOCUMENTATION,
                    desired -> desired.settings().refreshTokenRotation().enabled()
                            && desired.settings().explicitAuthFlows().isEmpty()),
            new Doubt(
                    "enablePropagateAdditionalUserContextData",
                    "enablePropagateAdditionalUserContextData needs a client secret, and this client has none: remove it, or"
                            + " use a client with a secret",
                    AWS_DOCUMENTATION,
                    desired ->
                            desired.settings().enablePropagateAdditionalUserContextData() && !desired.confidential()),
            new Doubt(
                    "allowedOAuthScopes",
                    "allowedOAuthScopes has email, phone or profile without openid, which they need: add openid",
                    OBSERVED,
                    desired -> contains(oauth(desired).scopes(), NEED_OPENID)
                            && !oauth(desired).scopes().contains("openid")),
            new Doubt(
                    "allowedOAuthScopes",
                    "client_credentials without a scope of a resource server gives tokens that allow nothing: add a"
                            + " scope such as orders/read to allowedOAuthScopes",
                    AWS_DOCUMENTATION,
                    desired -> isForMachines(desired)
                            && COGNITOS_OWN_SCOPES.containsAll(oauth(desired).scopes())),
            new Doubt(
                    "allowedOAuthScopes",
                    "allowedOAuthScopes has openid, email, phone, profile or aws.cognito.signin.user.admin, which speak of"
                            + " a user, and client_credentials has none: remove them",
                    AWS_DOCUMENTATION,
                    desired -> isForMachines(desired)
                            && contains(oauth(desired).scopes(), COGNITOS_OWN_SCOPES)
                            && !COGNITOS_OWN_SCOPES.containsAll(oauth(desired).scopes())),
            new Doubt(
                    "allowedOAuthFlowsUserPoolClient",
                    "allowedOAuthFlowsUserPoolClient is false, so the OAuth flows, scopes and URLs have no effect, and"
                            + " Cognito is said to refuse them: name a flow in allowedOAuthFlows and remove"
                            + " allowedOAuthFlowsUserPoolClient, or remove the flows, scopes and URLs",
                    AWS_DOCUMENTATION,
                    desired -> !oauth(desired).enabled() && hasOAuthSettings(oauth(desired))),
            new Doubt(
                    "callbackURLs",
                    "callbackURLs has plain http, which is for development on the same machine only: use https",
                    AWS_DOCUMENTATION,
                    desired -> hasPlainHttp(oauth(desired).callbackURLs())),
            new Doubt(
                    "logoutURLs",
                    "logoutURLs has plain http, which is for development on the same machine only: use https",
                    AWS_DOCUMENTATION,
                    desired -> hasPlainHttp(oauth(desired).logoutURLs())),
            new Doubt(
                    "writeAttributes",
                    "writeAttributes has sub, email_verified or phone_number_verified, which only Cognito itself sets: remove"
                            + " them",
                    AWS_DOCUMENTATION,
                    desired -> contains(desired.settings().writeAttributes(), SET_BY_COGNITO)));

    private Doubts() {}

    /** Every doubt that there is, in the order in which a person should hear of them. */
    public static List<Doubt> all() {
        return ALL;
    }

    /** One sentence for each doubt about this client, naming the field and the remedy. */
    public static List<String> about(DesiredClient desired) {
        return ALL.stream()
                .filter(doubt -> doubt.applies().test(desired))
                .map(Doubt::sentence)
                .toList();
    }

    private static boolean lacksRefreshFlow(AppClientSettings settings) {
        return !settings.explicitAuthFlows().isEmpty()
                && !settings.refreshTokenRotation().enabled()
                && settings.explicitAuthFlows().stream().allMatch(flow -> flow.startsWith("ALLOW_"))
                && !settings.explicitAuthFlows().contains(AppTypeDefaults.REFRESH_FLOW)
                && !settings.explicitAuthFlows().contains(CLIENT_TOKEN_FLOW);
    }

    private static boolean isForMachines(DesiredClient desired) {
        return oauth(desired).enabled() && oauth(desired).flows().contains(CLIENT_CREDENTIALS);
    }

    private static boolean hasOAuthSettings(OAuth oauth) {
        return !oauth.flows().isEmpty()
                || !oauth.scopes().isEmpty()
                || !oauth.callbackURLs().isEmpty()
                || !oauth.logoutURLs().isEmpty();
    }

    private static boolean hasPlainHttp(Collection<String> urls) {
        return urls.stream().anyMatch(url -> url.regionMatches(true, 0, "http://", 0, 7));
    }

    private static boolean contains(Collection<String> values, Set<String> some) {
        return values.stream().anyMatch(some::contains);
    }

    private static OAuth oauth(DesiredClient desired) {
        return desired.settings().oauth();
    }
}
