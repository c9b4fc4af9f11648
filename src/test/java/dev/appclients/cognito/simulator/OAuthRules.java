package dev.appclients.cognito.simulator;

import java.util.List;
import java.util.stream.Stream;

/** Rules for OAuth flows and scopes. */
final class OAuthRules {

    static final List<Rules.Rule> ALL = List.of(
            OAuthRules::clientCredentialsStandsAlone,
            OAuthRules::clientCredentialsNeedsSecret,
            OAuthRules::clientCredentialsNeedsCustomScopes,
            OAuthRules::flagNeedsFlowsAndScopes,
            OAuthRules::settingsNeedFlag,
            OAuthRules::redirectFlowsNeedCallback,
            OAuthRules::oidcScopesNeedOpenid);

    private static final String CLIENT_CREDENTIALS = "client_credentials";

    private OAuthRules() {}

    private static void clientCredentialsStandsAlone(Proposal proposal) {
        var flows = proposal.list(Setting.ALLOWED_OAUTH_FLOWS);
        if (flows.contains(CLIENT_CREDENTIALS) && flows.size() > 1) {
            throw Refusal.invalidOAuthFlow(
                    "client_credentials flow can not be selected along with code flow or implicit flow.");
        }
    }

    private static void clientCredentialsNeedsSecret(Proposal proposal) {
        if (usesClientCredentials(proposal) && !proposal.secret()) {
            throw Refusal.invalidOAuthFlow(
                    "client_credentials flow can not be selected if client does not have a client secret.");
        }
    }

    private static void clientCredentialsNeedsCustomScopes(Proposal proposal) {
        if (!usesClientCredentials(proposal)
                || !proposal.isOn(Switch.CLIENT_CREDENTIALS_NEEDS_CUSTOM_SCOPES)
                || proposal.customScopes().size()
                        == proposal.list(Setting.ALLOWED_OAUTH_SCOPES).size()) {
            return;
        }
        var message =
                "client_credentials flow can not be selected with a scope that is not defined by a resource server.";
        throw proposal.isOn(Switch.CLIENT_CREDENTIALS_SCOPES_ARE_A_PARAMETER)
                ? Refusal.invalidParameter(message)
                : Refusal.invalidOAuthFlow(message);
    }

    private static void flagNeedsFlowsAndScopes(Proposal proposal) {
        if (proposal.flag(Setting.ALLOWED_OAUTH_FLOWS_USER_POOL_CLIENT)
                && (proposal.list(Setting.ALLOWED_OAUTH_FLOWS).isEmpty()
                        || proposal.list(Setting.ALLOWED_OAUTH_SCOPES).isEmpty())) {
            throw Refusal.invalidParameter(
                    "AllowedOAuthFlows and AllowedOAuthScopes are required if user pool client is"
                            + " allowed to use OAuth flows.");
        }
    }

    private static void settingsNeedFlag(Proposal proposal) {
        boolean any = Stream.of(
                        Setting.ALLOWED_OAUTH_FLOWS,
                        Setting.ALLOWED_OAUTH_SCOPES,
                        Setting.CALLBACK_URLS,
                        Setting.LOGOUT_URLS)
                .anyMatch(setting -> !proposal.list(setting).isEmpty());
        if (any
                && proposal.isOn(Switch.OAUTH_SETTINGS_NEED_THE_FLAG)
                && !proposal.flag(Setting.ALLOWED_OAUTH_FLOWS_USER_POOL_CLIENT)) {
            throw Refusal.invalidParameter("AllowedOAuthFlowsUserPoolClient must be true before OAuth flows, scopes,"
                    + " callback URLs or logout URLs are set.");
        }
    }

    private static void redirectFlowsNeedCallback(Proposal proposal) {
        var flows = proposal.list(Setting.ALLOWED_OAUTH_FLOWS);
        if ((flows.contains("code") || flows.contains("implicit"))
                && proposal.list(Setting.CALLBACK_URLS).isEmpty()) {
            throw Refusal.invalidOAuthFlow("CallbackUrls can not be empty when code flow or implicit flow is selected");
        }
    }

    private static void oidcScopesNeedOpenid(Proposal proposal) {
        var scopes = proposal.list(Setting.ALLOWED_OAUTH_SCOPES);
        boolean dependent = Stream.of("phone", "email", "profile").anyMatch(scopes::contains);
        if (dependent && !scopes.contains("openid") && proposal.isOn(Switch.OIDC_SCOPES_NEED_OPENID)) {
            throw Refusal.invalidParameter("The scopes phone, email and profile need the scope openid.");
        }
    }

    private static boolean usesClientCredentials(Proposal proposal) {
        return proposal.list(Setting.ALLOWED_OAUTH_FLOWS).contains(CLIENT_CREDENTIALS);
    }
}
