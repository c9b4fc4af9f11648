package dev.appclients.cognito.simulator;

import java.util.List;

/** Rules for resources that must exist in the pool: scopes and identity providers. */
final class DependencyRules {

    static final List<Rules.Rule> ALL = List.of(DependencyRules::scopesExist, DependencyRules::providersExist);

    private DependencyRules() {}

    private static void scopesExist(Proposal proposal) {
        var missing = proposal.customScopes().stream()
                .filter(scope -> !proposal.pool().customScopes().contains(scope))
                .toList();
        if (!missing.isEmpty()) {
            throw new Refusal(
                    "ScopeDoesNotExistException", 400, "Scope does not exist: " + String.join(", ", missing) + ".");
        }
    }

    private static void providersExist(Proposal proposal) {
        for (var provider : proposal.list(Setting.SUPPORTED_IDENTITY_PROVIDERS)) {
            if (!provider.equals("COGNITO")
                    && !proposal.pool().identityProviders().containsKey(provider)) {
                throw Refusal.invalidParameter("The provider " + provider + " does not exist for User Pool "
                        + proposal.pool().id());
            }
        }
    }
}
