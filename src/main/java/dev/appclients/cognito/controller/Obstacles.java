package dev.appclients.cognito.controller;

import dev.appclients.cognito.failure.Failure;
import dev.appclients.cognito.failure.FailureKind.Pace;
import dev.appclients.cognito.model.Reason;
import dev.appclients.cognito.status.Conclusion;
import dev.appclients.cognito.status.FailureText;
import dev.appclients.cognito.status.Step;
import java.util.Optional;

/** What stands in the way of asking Cognito: something that the pool does not have, or a refusal that still holds. */
final class Obstacles {

    private final PoolFit fit;
    private final Refusals refusals;

    Obstacles(PoolFit fit, Refusals refusals) {
        this.fit = fit;
        this.refusals = refusals;
    }

    /**
     * Why Cognito is not asked.
     *
     * @param stop ends the pass with it
     */
    record Obstacle(Conclusion.Refused refusal, Stop stop) {

        /** What is missing may appear, and all who wait for it share one look at the pool, so the next may be soon. */
        private static Obstacle missing(Conclusion.Refused refusal) {
            Pace pace = refusal.reason() == Reason.INVALID_SETTINGS ? Pace.HOURLY : Pace.SOON;
            return new Obstacle(refusal, Stop.with(refusal, pace));
        }

        /** An earlier pass was told so. */
        private static Obstacle held(Conclusion.Refused refusal) {
            return new Obstacle(refusal, Stop.stillRefused(refusal, Pace.HOURLY));
        }
    }

    /** What is in the way of this client; empty when Cognito may be asked. */
    Optional<Obstacle> inTheWayOf(Subject subject) {
        if (subject.observes()) {
            return heldAgainst(subject);
        }
        return switch (fit.judge(subject)) {
            case PoolFit.Verdict.Missing(Conclusion.Refused refusal) -> Optional.of(Obstacle.missing(refusal));
            // Where Cognito refused although the pool had everything, that the pool has it is no news.
            case PoolFit.Verdict.Mended() ->
                heldAgainst(subject)
                        .filter(held ->
                                held.refusal().reason() == Reason.INVALID_SETTINGS || refusals.isLagOver(subject));
            case PoolFit.Verdict.Unopposed() -> heldAgainst(subject);
        };
    }

    /** A tier can be raised at any time, and all who wait for it share one look at the pool. */
    private Optional<Obstacle> tier(Subject subject, Obstacle held) {
        return switch (fit.judgeTier(subject)) {
            case PoolFit.Verdict.Missing(Conclusion.Refused refusal) -> Optional.of(Obstacle.missing(refusal));
            case PoolFit.Verdict.Mended() -> refusals.isLagOver(subject) ? Optional.of(held) : Optional.empty();
            case PoolFit.Verdict.Unopposed() -> Optional.of(held);
        };
    }

    /** The refusal that still holds against this client. */
    Optional<Obstacle> heldAgainst(Subject subject) {
        return refusals.holding(subject)
                .map(Obstacle::held)
                .flatMap(held ->
                        held.refusal().reason() == Reason.TIER_TOO_LOW ? tier(subject, held) : Optional.of(held));
    }

    /**
     * Explains a refusal by Cognito from the contents of the pool; empty when Cognito's own words must do.
     *
     * <p>Cognito may refuse for some minutes what was just added to the pool. Such a refusal is retried within minutes at first.
     */
    Optional<Stop> explain(Subject subject, Failure refused) {
        return switch (fit.explain(subject, refused)) {
            case PoolFit.Verdict.Missing(Conclusion.Refused refusal) ->
                Optional.of(Obstacle.missing(refusal).stop());
            case PoolFit.Verdict.Mended()
            when refusals.countLag(subject) ->
                Optional.of(Stop.waiting(
                        Step.CLIENT,
                        Reason.DEPENDENCY_MISSING,
                        FailureText.refusedAlthoughThere(
                                refused, subject.pool().access().pool().value(), Refusals.SOON_RETRIES),
                        Pace.MINUTES));
            case PoolFit.Verdict.Mended() -> Optional.empty();
            case PoolFit.Verdict.Unopposed() -> Optional.empty();
        };
    }
}
