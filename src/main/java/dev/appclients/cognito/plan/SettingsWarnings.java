package dev.appclients.cognito.plan;

import static dev.appclients.cognito.model.RuleSource.AWS_DOCUMENTATION;
import static dev.appclients.cognito.model.RuleSource.OBSERVED;
import static dev.appclients.cognito.model.RuleSource.OPERATOR;

import dev.appclients.cognito.model.AppClientSettings;
import dev.appclients.cognito.model.OAuth;
import dev.appclients.cognito.model.PoolAttributes;
import dev.appclients.cognito.plan.Warning.ClientInPool;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The warnings about settings that Cognito may accept, but that probably do not do what the author of the manifest wants. They
 * depend only on the effective settings and the attributes of the pool, so every reconciliation returns the same warnings.
 */
public final class SettingsWarnings {

    private static final Set<String> NEED_OPENID = Set.of("email", "phone", "profile");
    private static final String CLIENT_CREDENTIALS = "client_credentials";
    private static final String CLIENT_TOKEN_FLOW = "ALLOW_CLIENT_TOKEN_AUTH";

    /** Flows that sign no user in. */
    private static final Set<String> FLOWS_WITHOUT_SIGN_IN = Set.of(AppTypeDefaults.REFRESH_FLOW, CLIENT_TOKEN_FLOW);

    private static final List<Warning> AUTHENTICATION = List.of(
            Warning.when(
                    "explicitAuthFlows",
                    "explicitAuthFlows has no ALLOW_REFRESH_TOKEN_AUTH, so users must sign in again when their access token"
                            + " expires. Add the flow, or enable refreshTokenRotation",
                    AWS_DOCUMENTATION,
                    desired -> lacksRefreshFlow(desired.settings())),
            Warning.when(
                    "refreshTokenRotation",
                    "refreshTokenRotation excludes ALLOW_REFRESH_TOKEN_AUTH, which Cognito's"
                            + " default flows contain. List the flows in explicitAuthFlows",
                    AWS_DOCUMENTATION,
                    desired -> desired.settings().refreshTokenRotation().enabled()
                            && desired.settings().explicitAuthFlows().isEmpty()),
            Warning.when(
                    "enablePropagateAdditionalUserContextData",
                    "enablePropagateAdditionalUserContextData needs a client secret, and this client has none. Remove it,"
                            + " or use a client with a secret",
                    AWS_DOCUMENTATION,
                    desired ->
                            desired.settings().enablePropagateAdditionalUserContextData() && !desired.confidential()));

    private static final List<Warning> OAUTH = List.of(
            Warning.when(
                    "allowedOAuthScopes",
                    "allowedOAuthScopes has email, phone or profile without openid, which they need. Add openid",
                    OBSERVED,
                    desired -> oauth(desired).scopes().stream().anyMatch(NEED_OPENID::contains)
                            && !oauth(desired).scopes().contains("openid")),
            Warning.when(
                    "allowedOAuthScopes",
                    "allowedOAuthScopes has no scope of a resource server, so the tokens of client_credentials grant"
                            + " no access. Add a scope such as orders/read",
                    AWS_DOCUMENTATION,
                    desired -> isForMachines(desired)
                            && oauth(desired).scopes().stream().noneMatch(scope -> scope.contains("/"))),
            Warning.when(
                    "allowedOAuthFlowsUserPoolClient",
                    "allowedOAuthFlowsUserPoolClient is false, so the OAuth flows, scopes and URLs have no effect, and"
                            + " Cognito may refuse them. Name a flow in allowedOAuthFlows and remove"
                            + " allowedOAuthFlowsUserPoolClient, or remove the flows, scopes and URLs",
                    AWS_DOCUMENTATION,
                    desired -> !oauth(desired).enabled() && hasOAuthSettings(oauth(desired))),
            Warning.when(
                    "supportedIdentityProviders",
                    "supportedIdentityProviders is empty, so no user can sign in on the login page. Add COGNITO, or a"
                            + " provider of the pool",
                    OBSERVED,
                    desired -> oauth(desired).usesLoginPage()
                            && desired.settings().supportedIdentityProviders().isEmpty()));

    private static final List<Warning> ATTRIBUTES = List.of(Warning.naming(
            "writeAttributes",
            "writeAttributes is absent, so users can change every mutable attribute through this client, custom ones"
                    + " too. List the attributes that users may change",
            OBSERVED,
            ". Mutable custom attributes of the pool: ",
            SettingsWarnings::openAttributes));

    private static final List<Warning> ALL = Stream.of(
                    AUTHENTICATION,
                    OAUTH,
                    urls("callbackURLs", OAuth::callbackURLs),
                    urls("logoutURLs", OAuth::logoutURLs),
                    List.of(capitals("defaultRedirectURI", SettingsWarnings::defaultRedirect)),
                    ATTRIBUTES)
            .flatMap(List::stream)
            .toList();

    private SettingsWarnings() {}

    /** Every warning, in the order of display. */
    public static List<Warning> all() {
        return ALL;
    }

    /**
     * The warnings about this client, each with its remedy. No text ends in a full stop.
     *
     * @param attributes the attributes of the pool that the client's namespace may read; null when unknown
     */
    public static List<String> about(DesiredClient desired, @Nullable PoolAttributes attributes) {
        ClientInPool client = new ClientInPool(desired, attributes);
        return ALL.stream()
                .map(warning -> warning.about(client))
                .flatMap(Optional::stream)
                .toList();
    }

    private static List<Warning> urls(String field, Function<OAuth, SortedSet<String>> list) {
        return List.of(
                Warning.when(
                        field,
                        field + " has a URL with http, which is for development on the same machine only. Use https",
                        AWS_DOCUMENTATION,
                        desired -> RiskyUrls.hasPlainHttp(list.apply(oauth(desired)))),
                Warning.when(
                        field,
                        field + " has a URL with the scheme javascript, data or vbscript, which a browser may run as"
                                + " code. Use https, or a scheme of the application",
                        OPERATOR,
                        desired -> RiskyUrls.hasCode(list.apply(oauth(desired)))),
                capitals(field, list));
    }

    private static Warning capitals(String field, Function<OAuth, ? extends Collection<String>> urls) {
        return Warning.naming(
                field,
                field
                        + " has a capital letter in the host of a URL. Cognito compares URLs letter by letter, and browsers"
                        + " send hosts in lower case. Write the host in lower case",
                OBSERVED,
                ": ",
                input -> RiskyUrls.inLowerCase(urls.apply(oauth(input.client()))));
    }

    private static List<String> defaultRedirect(OAuth oauth) {
        String uri = oauth.defaultRedirectURI();
        return uri == null ? List.of() : List.of(uri);
    }

    private static boolean lacksRefreshFlow(AppClientSettings settings) {
        return !settings.explicitAuthFlows().isEmpty()
                && !settings.refreshTokenRotation().enabled()
                && settings.explicitAuthFlows().stream().allMatch(flow -> flow.startsWith("ALLOW_"))
                && !settings.explicitAuthFlows().contains(AppTypeDefaults.REFRESH_FLOW)
                && !settings.explicitAuthFlows().contains(CLIENT_TOKEN_FLOW);
    }

    /** The custom attributes that users can change because the manifest has no writeAttributes. */
    private static Collection<String> openAttributes(ClientInPool input) {
        DesiredClient client = input.client();
        PoolAttributes pool = input.attributes();
        boolean open = client.settings().writeAttributes().isEmpty() && signsUsersIn(client);
        return open && pool != null ? pool.mutableCustom() : List.of();
    }

    private static boolean signsUsersIn(DesiredClient desired) {
        SortedSet<String> flows = desired.settings().explicitAuthFlows();
        return oauth(desired).usesLoginPage() || flows.isEmpty() || !FLOWS_WITHOUT_SIGN_IN.containsAll(flows);
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

    private static OAuth oauth(DesiredClient desired) {
        return desired.settings().oauth();
    }
}
