package dev.appclients.cognito.simulator;

import java.util.List;
import java.util.stream.Stream;

/** Every rule across settings, in the order in which the service is assumed to check them. */
final class Rules {

    /** Throws a {@link Refusal} if the proposal breaks the rule. */
    interface Rule {
        void check(Proposal proposal);
    }

    private static final List<Rule> ALL = Stream.of(
                    AuthFlowRules.ALL,
                    TokenRules.ALL,
                    OAuthRules.ALL,
                    UrlRules.ALL,
                    AttributeRules.ALL,
                    FeatureRules.ALL,
                    DependencyRules.ALL)
            .flatMap(List::stream)
            .toList();

    private Rules() {}

    static void check(Proposal proposal) {
        ALL.forEach(rule -> rule.check(proposal));
    }
}
