package dev.appclients.cognito.simulator;

import java.time.Duration;
import java.util.List;

/** Rules for the validity of tokens. */
final class TokenRules {

    static final List<Rules.Rule> ALL = List.of(TokenRules::withinTheirRanges, TokenRules::notLongerThanRefresh);

    private static final Duration LONGEST_REFRESH = Duration.ofDays(3650);

    private TokenRules() {}

    private static void withinTheirRanges(Proposal proposal) {
        require(proposal.get(Setting.ACCESS_TOKEN_VALIDITY).isMissingNode() || shortLived(access(proposal)));
        require(proposal.get(Setting.ID_TOKEN_VALIDITY).isMissingNode() || shortLived(id(proposal)));
        var refresh = refresh(proposal);
        require(refresh.compareTo(Duration.ofMinutes(60)) >= 0 && refresh.compareTo(LONGEST_REFRESH) <= 0);
    }

    private static void notLongerThanRefresh(Proposal proposal) {
        var refresh = refresh(proposal);
        require(access(proposal).compareTo(refresh) <= 0 && id(proposal).compareTo(refresh) <= 0);
    }

    private static Duration access(Proposal proposal) {
        return duration(proposal, Setting.ACCESS_TOKEN_VALIDITY, "AccessToken");
    }

    private static Duration id(Proposal proposal) {
        return duration(proposal, Setting.ID_TOKEN_VALIDITY, "IdToken");
    }

    /** An omitted number is one hour, whatever the unit. */
    private static Duration duration(Proposal proposal, Setting number, String unit) {
        var value = proposal.get(number);
        return value.isMissingNode() ? Duration.ofHours(1) : of(value.asLong(), unit(proposal, unit, "hours"));
    }

    /** An omitted number reads back as 30, in the unit that is set. */
    private static Duration refresh(Proposal proposal) {
        var value = proposal.get(Setting.REFRESH_TOKEN_VALIDITY);
        return of(value.isMissingNode() ? 30 : value.asLong(), unit(proposal, "RefreshToken", "days"));
    }

    private static String unit(Proposal proposal, String token, String otherwise) {
        return proposal.get(Setting.TOKEN_VALIDITY_UNITS).path(token).asText(otherwise);
    }

    static Duration of(long number, String unit) {
        return switch (unit) {
            case "seconds" -> Duration.ofSeconds(number);
            case "minutes" -> Duration.ofMinutes(number);
            case "days" -> Duration.ofDays(number);
            default -> Duration.ofHours(number);
        };
    }

    private static boolean shortLived(Duration duration) {
        return duration.compareTo(Duration.ofMinutes(5)) >= 0 && duration.compareTo(Duration.ofDays(1)) <= 0;
    }

    private static void require(boolean holds) {
        if (!holds) {
            throw Refusal.invalidParameter("Invalid range for token validity.");
        }
    }
}
