package dev.appclients.cognito.simulator;

import java.util.List;

/** Rules for analytics and context data. */
final class FeatureRules {

    static final List<Rules.Rule> ALL =
            List.of(FeatureRules::analyticsByArnOrById, FeatureRules::contextDataNeedsSecret);

    private FeatureRules() {}

    private static void analyticsByArnOrById(Proposal proposal) {
        var analytics = proposal.get(Setting.ANALYTICS_CONFIGURATION);
        if (analytics.isMissingNode()) {
            return;
        }
        boolean byArn = analytics.has("ApplicationArn");
        boolean anyOfId = analytics.has("ApplicationId") || analytics.has("ExternalId");
        boolean byId =
                analytics.has("ApplicationId") && analytics.has("ExternalId") && analytics.has("RoleArn") && !byArn;
        if (byArn ? anyOfId : !byId) {
            throw Refusal.invalidParameter(
                    "AnalyticsConfiguration needs either ApplicationArn, or ApplicationId together"
                            + " with ExternalId and RoleArn.");
        }
    }

    private static void contextDataNeedsSecret(Proposal proposal) {
        if (proposal.flag(Setting.ENABLE_PROPAGATE_ADDITIONAL_USER_CONTEXT_DATA)
                && !proposal.secret()
                && proposal.isOn(Switch.CONTEXT_DATA_NEEDS_SECRET)) {
            throw Refusal.invalidParameter(
                    "EnablePropagateAdditionalUserContextData can only be enabled for a client that has a secret.");
        }
    }
}
