package dev.appclients.cognito.rotation;

import static dev.appclients.cognito.rotation.Facts.A;
import static dev.appclients.cognito.rotation.Facts.ADDED_AT;
import static dev.appclients.cognito.rotation.Facts.B;
import static dev.appclients.cognito.rotation.Facts.NOW;
import static dev.appclients.cognito.rotation.Facts.carried;
import static dev.appclients.cognito.rotation.Facts.overlap;
import static dev.appclients.cognito.rotation.Facts.secret;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.appclients.cognito.model.Reason;
import dev.appclients.cognito.model.SecretId;
import dev.appclients.cognito.rotation.RotationFacts.Published.State;
import dev.appclients.cognito.rotation.RotationState.Overlap;
import dev.appclients.cognito.rotation.RotationStep.AwaitSettlement;
import dev.appclients.cognito.rotation.RotationStep.Blocked;
import dev.appclients.cognito.rotation.RotationStep.ClearCarried;
import dev.appclients.cognito.rotation.RotationStep.DeleteNamed;
import dev.appclients.cognito.rotation.RotationStep.Finish;
import dev.appclients.cognito.rotation.RotationStep.Idle;
import dev.appclients.cognito.rotation.RotationStep.ListSecrets;
import dev.appclients.cognito.rotation.RotationStep.Problem;
import dev.appclients.cognito.rotation.RotationStep.Promote;
import dev.appclients.cognito.rotation.RotationStep.ReadCarriers;
import dev.appclients.cognito.rotation.RotationStep.RecordCarried;
import dev.appclients.cognito.rotation.RotationStep.Refusal;
import dev.appclients.cognito.rotation.RotationStep.Retire;
import dev.appclients.cognito.rotation.RotationStep.RetirementRefused;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of decisions while two secrets are valid. The overlap is 7 days, and the longest one 14. */
class OverlapPlannerTest {

    private static final Duration OVERLAP = Duration.ofDays(7);
    private static final Instant DEADLINE = ADDED_AT.plus(Duration.ofDays(14));
    private static final Blocked LAGGING = new Blocked(Reason.COPIES_LAGGING, Problem.LAGGING);
    private static final Blocked NOT_PUBLISHED = new Blocked(Reason.COPIES_LAGGING, Problem.NOT_PUBLISHED);
    private static final SecretId X = secret("X", NOW.minus(Duration.ofDays(10)));

    @ParameterizedTest(name = "{0}")
    @MethodSource({"copies", "retirement", "deadline", "mounts", "named", "missing"})
    void onePictureIsOneStep(String sentence, Facts facts, RotationStep step) {
        assertThat(facts.step()).isEqualTo(step);
    }

    static Stream<Arguments> copies() {
        return Stream.of(
                arguments("published, no copies: the overlap begins", overlap(), new RecordCarried()),
                arguments(
                        "published, all copies have B: the overlap begins",
                        overlap().copies(10, 10),
                        new RecordCarried()),
                arguments(
                        "Cognito's time is not known: list first",
                        overlap().copies(1, 1).beforeTheFirstAnswer(),
                        new ListSecrets()),
                arguments("a copy lags: wait until the deadline", overlap().copies(9, 10), new Idle(DEADLINE)),
                arguments(
                        "a copy of a paused claim lags: the overlap does not begin",
                        overlap().copies(10, 10).othersBehind(1),
                        new Idle(DEADLINE)),
                arguments(
                        "a copy of a paused claim falls back: the overlap begins again",
                        carried(Duration.ofDays(1)).copies(10, 10).othersBehind(1),
                        new ClearCarried()),
                arguments("copies cannot be counted: wait", overlap().copiesUnknown(), new Idle(DEADLINE)),
                arguments("the Secret is to be written: wait", overlap().published(State.OUTDATED), new Idle(DEADLINE)),
                arguments(
                        "the Secret cannot be written: wait", overlap().published(State.CONTESTED), new Idle(DEADLINE)),
                arguments(
                        "all have it for a day: wait for the rest",
                        carried(Duration.ofDays(1)).copies(10, 10),
                        new Idle(NOW.plus(Duration.ofDays(6)))),
                arguments(
                        "a copy falls back, or a new one has A: the overlap begins again",
                        carried(Duration.ofDays(1)).copies(9, 10),
                        new ClearCarried()),
                arguments(
                        "a copy falls back at the last moment: the overlap begins again",
                        carried(OVERLAP).copies(9, 10),
                        new ClearCarried()),
                arguments(
                        "the Secret has A again: the overlap begins again",
                        carried(Duration.ofDays(1)).published(State.CONTESTED),
                        new ClearCarried()),
                arguments(
                        "copies cannot be counted for a while: wait",
                        carried(Duration.ofDays(1)).copiesUnknown(),
                        new Idle(NOW.plus(Duration.ofDays(6)))),
                arguments(
                        "the slot of a list: list", carried(Duration.ofDays(1)).listIsDue(), new ListSecrets()),
                arguments(
                        "listed in this slot: wait",
                        carried(Duration.ofDays(1)).listIsDue().listed(A, B),
                        new Idle(NOW.plus(Duration.ofDays(6)))));
    }

    static Stream<Arguments> retirement() {
        return Stream.of(
                arguments(
                        "a moment before the overlap ends: wait",
                        carried(OVERLAP.minusNanos(1)),
                        new Idle(NOW.plusNanos(1))),
                arguments("the overlap ends: list", carried(OVERLAP), new ListSecrets()),
                arguments("listed: read the Secrets", carried(OVERLAP).listed(A, B), new ReadCarriers()),
                arguments(
                        "no Secret carries A: delete it",
                        carried(OVERLAP).listed(A, B).theSecretCarries("B").copiesCarry("B"),
                        new Retire("A", false)),
                arguments(
                        "a copy that does not count carries A: blocked",
                        carried(OVERLAP).listed(A, B).copiesCarry("A"),
                        LAGGING),
                arguments(
                        "a Secret of the client under a former name carries A: blocked",
                        carried(OVERLAP).listed(A, B).theSecretCarries("A"),
                        LAGGING),
                arguments(
                        "A is gone already: the end", carried(OVERLAP).listed(B).nothingCarries(), new Finish()),
                arguments(
                        "copies cannot be counted, but no Secret carries A: delete it",
                        carried(OVERLAP).copiesUnknown().listed(A, B).nothingCarries(),
                        new Retire("A", false)),
                arguments("A was never known: the end", withoutPrevious(), new Finish()),
                arguments(
                        "A was never known, and the Secret is not written: wait",
                        withoutPrevious().published(State.OUTDATED),
                        new Idle(null)));
    }

    static Stream<Arguments> deadline() {
        return Stream.of(
                arguments(
                        "a copy lags a moment before maxOverlap ends: wait",
                        overlap().now(DEADLINE.minusNanos(1)).copies(9, 10),
                        new Idle(DEADLINE)),
                arguments(
                        "a copy lags when maxOverlap ends: list",
                        overlap().now(DEADLINE).copies(9, 10),
                        new ListSecrets()),
                arguments(
                        "a copy carries A: delete it, with a warning",
                        overlap().now(DEADLINE).copies(9, 10).listed(A, B).copiesCarry("A"),
                        new Retire("A", true)),
                arguments(
                        "a copy falls back, and a moment is left: the overlap begins again",
                        carriedBeforeDeadline().now(DEADLINE.minusNanos(1)).copies(9, 10),
                        new ClearCarried()),
                arguments(
                        "a copy falls back when maxOverlap ends: the overlap does not begin again",
                        carriedBeforeDeadline().now(DEADLINE).copies(9, 10),
                        new ListSecrets()),
                arguments(
                        "the Secret is not at B when maxOverlap ends: blocked",
                        overlap().now(DEADLINE).published(State.CONTESTED),
                        NOT_PUBLISHED),
                arguments(
                        "the Secret carries A when maxOverlap ends: blocked",
                        overlap().now(DEADLINE).copies(9, 10).listed(A, B).theSecretCarries("A"),
                        NOT_PUBLISHED),
                arguments(
                        "carried late: the deadline comes first",
                        carriedBeforeDeadline().now(DEADLINE.minusNanos(1)),
                        new Idle(DEADLINE)));
    }

    /** The Secret was found outdated, or this process has just begun to see it. */
    static Stream<Arguments> mounts() {
        Instant late = DEADLINE.plus(Duration.ofDays(3));
        Facts seen = overlap().now(late).copies(9, 10).publishedSince(late.minusSeconds(119));
        Instant end = late.plusSeconds(1);
        return Stream.of(
                arguments(
                        "found outdated after maxOverlap: the record says so",
                        carriedBeforeDeadline().now(late).published(State.OUTDATED),
                        new ClearCarried()),
                arguments(
                        "outdated after maxOverlap: it is written in this pass",
                        overlap().now(late).published(State.OUTDATED),
                        new Idle(late.plusSeconds(120))),
                arguments(
                        "written after maxOverlap, all copies have B: record it",
                        overlap().now(late).copies(10, 10).publishedSince(late),
                        new RecordCarried()),
                arguments(
                        "recorded after maxOverlap a moment ago: wait for the mounts",
                        recorded(new Overlap(A, ADDED_AT, late, Cause.SCHEDULE))
                                .now(late)
                                .publishedSince(late),
                        new Idle(late.plusSeconds(120))),
                arguments("a copy lags, written less than two minutes ago: wait for the mounts", seen, new Idle(end)),
                arguments(
                        "listed meanwhile: wait for the mounts",
                        overlap()
                                .now(late)
                                .copies(9, 10)
                                .publishedSince(late)
                                .listed(A, B)
                                .nothingCarries(),
                        new Idle(late.plusSeconds(120))),
                arguments(
                        "Cognito's time is not known: list first",
                        overlap().now(late).copies(9, 10).publishedSince(null).beforeTheFirstAnswer(),
                        new ListSecrets()),
                arguments(
                        "it is known, and the Secret was not seen before: wait for the mounts",
                        overlap().now(late).copies(9, 10).publishedSince(null).listed(A, B),
                        new Idle(late.plusSeconds(120))),
                arguments(
                        "written two minutes ago: list",
                        overlap().now(late).copies(9, 10).publishedSince(late.minusSeconds(120)),
                        new ListSecrets()),
                arguments(
                        "a last copy follows at maxOverlap, the Secret was written before: list",
                        recorded(new Overlap(A, ADDED_AT, DEADLINE, Cause.SCHEDULE))
                                .now(DEADLINE)
                                .publishedSince(ADDED_AT),
                        new ListSecrets()),
                arguments(
                        "a restart during the overlap, the record knows when it was written: list",
                        carried(OVERLAP).publishedSince(NOW),
                        new ListSecrets()),
                arguments(
                        "A named, written a moment ago: delete at once",
                        overlap()
                                .now(late)
                                .copies(9, 10)
                                .publishedSince(late)
                                .retire("A")
                                .listed(A, B)
                                .nothingCarries(),
                        new Retire("A", false)));
    }

    static Stream<Arguments> named() {
        Facts waiting = carried(Duration.ofDays(1)).copies(10, 10);
        return Stream.of(
                arguments("A named: list", waiting.retire("A"), new ListSecrets()),
                arguments("A named, listed: read the Secrets", naming("A").listed(A, B), new ReadCarriers()),
                arguments(
                        "A named, no Secret carries it: delete at once",
                        naming("A").listed(A, B).nothingCarries(),
                        new Retire("A", false)),
                arguments(
                        "A named, a copy carries it: refused",
                        naming("A").listed(A, B).copiesCarry("A"),
                        refused("A", Refusal.CARRIED)),
                arguments(
                        "A named, a Secret of the client carries it: refused",
                        naming("A").listed(A, B).theSecretCarries("A"),
                        refused("A", Refusal.CARRIED)),
                arguments("A named, and gone: the end", naming("A").listed(B).nothingCarries(), new Finish()),
                arguments(
                        "A named, the Secret is written in this pass: wait for that",
                        overlap().retire("A").published(State.OUTDATED),
                        new Idle(DEADLINE)),
                arguments(
                        "A named, the Secret cannot be written: refused",
                        overlap().retire("A").published(State.CONTESTED),
                        refused("A", Refusal.CARRIED)),
                arguments("B named: refused without a call", naming("B"), refused("B", Refusal.PUBLISHED)),
                arguments("another id named: list", naming("X"), new ListSecrets()),
                arguments("an unknown id named: refused", naming("X").listed(A, B), refused("X", Refusal.UNKNOWN)),
                arguments(
                        "A is gone, a foreign one named: delete",
                        naming("X").listed(X, B).theSecretCarries("B"),
                        new DeleteNamed("X")));
    }

    static Stream<Arguments> missing() {
        return Stream.of(
                arguments("B is missing: list again later", overlap().listed(A), new AwaitSettlement()),
                arguments(
                        "B is missing twice: publish A again",
                        overlap().listed(A).absenceConfirmed(),
                        new Promote()),
                arguments(
                        "B is missing twice at the end of the overlap: A is not deleted",
                        carried(OVERLAP).listed(A).nothingCarries().absenceConfirmed(),
                        new Promote()),
                arguments(
                        "B is missing, and A named: A is not deleted",
                        naming("A").listed(A).nothingCarries(),
                        new AwaitSettlement()),
                arguments(
                        "nothing is listed twice: the list lags",
                        overlap().listed().absenceConfirmed(),
                        new AwaitSettlement()));
    }

    private static Facts naming(String id) {
        return carried(Duration.ofDays(1)).copies(10, 10).retire(id);
    }

    private static Facts carriedBeforeDeadline() {
        return recorded(new Overlap(A, ADDED_AT, DEADLINE.minusSeconds(60), Cause.SCHEDULE));
    }

    private static Facts withoutPrevious() {
        return recorded(new Overlap(null, ADDED_AT, null, Cause.NEED));
    }

    private static Facts recorded(Overlap state) {
        return overlap().record(new RotationRecord(2, B, "A", RotationRecord.Handled.NOTHING, state));
    }

    private static RetirementRefused refused(String id, Refusal why) {
        return new RetirementRefused(id, why);
    }
}
