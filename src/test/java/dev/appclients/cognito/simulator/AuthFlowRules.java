package dev.appclients.cognito.simulator;

import java.util.List;
import java.util.function.Predicate;

/** Rules for the ways to sign in. */
final class AuthFlowRules {

    static final List<Rules.Rule> ALL = List.of(
            AuthFlowRules::legacyNamesStandAlone,
            AuthFlowRules::choiceBasedSignInNeedsEssentials,
            AuthFlowRules::clientTokenStandsAlone,
            AuthFlowRules::rotationNeedsEssentials,
            AuthFlowRules::rotationExcludesRefreshFlow);

    private static final String REFRESH = "ALLOW_REFRESH_TOKEN_AUTH";
    private static final String CLIENT_TOKEN = "ALLOW_CLIENT_TOKEN_AUTH";
    private static final Predicate<String> MODERN = flow -> flow.startsWith("ALLOW_");

    private AuthFlowRules() {}

    private static void legacyNamesStandAlone(Proposal proposal) {
        var flows = proposal.list(Setting.EXPLICIT_AUTH_FLOWS);
        if (flows.stream().anyMatch(MODERN) && flows.stream().anyMatch(MODERN.negate())) {
            throw Refusal.invalidParameter("The legacy values of ExplicitAuthFlows can not be used together with the"
                    + " values that start with ALLOW_.");
        }
    }

    private static void choiceBasedSignInNeedsEssentials(Proposal proposal) {
        if (proposal.list(Setting.EXPLICIT_AUTH_FLOWS).contains("ALLOW_USER_AUTH")
                && proposal.pool().tier().equals("LITE")) {
            throw new Refusal(
                    "FeatureUnavailableInTierException",
                    400,
                    "ALLOW_USER_AUTH is not available in the LITE feature plan.");
        }
    }

    private static void clientTokenStandsAlone(Proposal proposal) {
        var flows = proposal.list(Setting.EXPLICIT_AUTH_FLOWS);
        if (!flows.contains(CLIENT_TOKEN)) {
            return;
        }
        if (!proposal.isOn(Switch.CLIENT_TOKEN_AUTH_KNOWN)) {
            throw Refusal.invalidParameter("1 validation error detected: Value '" + flows
                    + "' at 'explicitAuthFlows' failed to satisfy constraint: Member must satisfy enum value set");
        }
        if (flows.size() > 1 || !proposal.secret()) {
            throw Refusal.invalidParameter(
                    "ALLOW_CLIENT_TOKEN_AUTH must be the only auth flow of a client that has a secret.");
        }
    }

    private static void rotationNeedsEssentials(Proposal proposal) {
        if (proposal.rotates() && proposal.pool().tier().equals("LITE")) {
            throw new Refusal(
                    proposal.isOn(Switch.ROTATION_ON_LITE_IS_A_PARAMETER)
                            ? "InvalidParameterException"
                            : "FeatureUnavailableInTierException",
                    400,
                    "The following features need to be disabled for the LITE pricing tier configured: "
                            + "Refresh Token Rotation");
        }
    }

    private static void rotationExcludesRefreshFlow(Proposal proposal) {
        if (proposal.rotates()
                && proposal.effectiveAuthFlows().contains(REFRESH)
                && proposal.isOn(Switch.ROTATION_REFUSED_WITH_REFRESH_FLOW)) {
            throw Refusal.invalidParameter(
                    "ALLOW_REFRESH_TOKEN_AUTH can not be used while refresh token rotation is enabled.");
        }
    }
}
