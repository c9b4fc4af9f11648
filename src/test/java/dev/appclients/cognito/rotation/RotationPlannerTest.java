package dev.appclients.cognito.rotation;

import static dev.appclients.cognito.rotation.Facts.A;
import static dev.appclients.cognito.rotation.Facts.B;
import static dev.appclients.cognito.rotation.Facts.NOW;
import static dev.appclients.cognito.rotation.Facts.STAGED_AT;
import static dev.appclients.cognito.rotation.Facts.secret;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.appclients.cognito.model.Reason;
import dev.appclients.cognito.model.SecretId;
import dev.appclients.cognito.rotation.RotationFacts.Progress;
import dev.appclients.cognito.rotation.RotationFacts.Published;
import dev.appclients.cognito.rotation.RotationStep.Add;
import dev.appclients.cognito.rotation.RotationStep.AwaitSettlement;
import dev.appclients.cognito.rotation.RotationStep.Blocked;
import dev.appclients.cognito.rotation.RotationStep.CompareOriginal;
import dev.appclients.cognito.rotation.RotationStep.DeleteNamed;
import dev.appclients.cognito.rotation.RotationStep.DeleteStray;
import dev.appclients.cognito.rotation.RotationStep.Idle;
import dev.appclients.cognito.rotation.RotationStep.ListSecrets;
import dev.appclients.cognito.rotation.RotationStep.Problem;
import dev.appclients.cognito.rotation.RotationStep.ReadCarriers;
import dev.appclients.cognito.rotation.RotationStep.Rebuild;
import dev.appclients.cognito.rotation.RotationStep.Refusal;
import dev.appclients.cognito.rotation.RotationStep.Resume;
import dev.appclients.cognito.rotation.RotationStep.RetirementRefused;
import dev.appclients.cognito.rotation.RotationStep.Stage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of decisions before a new secret is added: no record, steady, and staged. */
class RotationPlannerTest {

    private static final Blocked FOREIGN = new Blocked(Reason.FOREIGN_SECRET, Problem.FOREIGN_SECRET);

    /** Another secret, which existed before the rotation was staged. */
    private static final SecretId X = secret("X", NOW.minus(Duration.ofDays(10)));

    /** A secret that the attempt to add the next value can have added. */
    private static final SecretId STRAY = secret("X", STAGED_AT.plusSeconds(1));

    @ParameterizedTest(name = "{0}")
    @MethodSource({"original", "unrecorded", "steady", "staged", "strays", "spent", "named", "lost"})
    void onePictureIsOneStep(String sentence, Facts facts, RotationStep step) {
        assertThat(facts.step()).isEqualTo(step);
    }

    static Stream<Arguments> original() {
        return Stream.of(
                arguments("no record, nothing due: nothing to do", Facts.original(), new Idle(null)),
                arguments("no record, the age is needed: list", Facts.original().listIsDue(), new ListSecrets()),
                arguments(
                        "no record, the age is known: nothing to do",
                        Facts.original().listed(A),
                        new Idle(null)),
                arguments("no record, due: list", due(Facts.original()), new ListSecrets()),
                arguments(
                        "no record, due, nothing listed: the list lags",
                        due(Facts.original()).listed(),
                        new AwaitSettlement()),
                arguments(
                        "no record, due, two listed: blocked",
                        due(Facts.original()).listed(A, X),
                        FOREIGN),
                arguments(
                        "no record, due, one listed: compare",
                        due(Facts.original()).listed(A),
                        new CompareOriginal()),
                arguments(
                        "the described value is the published one: stage",
                        compared(Cause.SCHEDULE, Published.Original.EQUAL),
                        new Stage(Cause.SCHEDULE, A)),
                arguments(
                        "the described value is another one: blocked",
                        compared(Cause.REQUEST, Published.Original.DIFFERENT),
                        new Blocked(Reason.SECRET_UNREADABLE, Problem.DIFFERENT)),
                arguments(
                        "no value is described, on schedule: blocked",
                        compared(Cause.SCHEDULE, Published.Original.UNREADABLE),
                        new Blocked(Reason.SECRET_UNREADABLE, Problem.UNREADABLE)),
                arguments(
                        "no value is described, on request: stage",
                        compared(Cause.REQUEST, Published.Original.UNREADABLE),
                        new Stage(Cause.REQUEST, A)),
                arguments(
                        "no value is described, by need: stage",
                        compared(Cause.NEED, Published.Original.UNREADABLE),
                        new Stage(Cause.NEED, A)),
                arguments(
                        "the Secret is contested: blocked",
                        due(Facts.original()).listed(A).published(Published.State.CONTESTED),
                        new Blocked(Reason.SECRET_CONTESTED, Problem.CONTESTED)),
                arguments(
                        "an adopted client without a published value, on request: stage",
                        compared(Cause.REQUEST, Published.Original.UNREADABLE).published(Published.State.OUTDATED),
                        new Stage(Cause.REQUEST, A)));
    }

    static Stream<Arguments> unrecorded() {
        return Stream.of(
                arguments("the record is lost: list", lostRecord("B"), new ListSecrets()),
                arguments("the record is lost, and a request: list", due(lostRecord("B")), new ListSecrets()),
                arguments(
                        "the record is lost, and an id is named: list",
                        lostRecord("B").retire("A"),
                        new ListSecrets()),
                arguments(
                        "the named secret is listed: rebuild",
                        lostRecord("B").listed(A, B),
                        new Rebuild(new PublishedSecretId(5, "B", "A"))),
                arguments(
                        "it is listed, and a request: rebuild first",
                        due(lostRecord("B")).listed(A, B),
                        new Rebuild(new PublishedSecretId(5, "B", "A"))),
                arguments("it is missing: list again later", lostRecord("B").listed(X), new AwaitSettlement()),
                arguments(
                        "it is missing twice: compare",
                        lostRecord("B").listed(X).absenceConfirmed(),
                        new CompareOriginal()),
                arguments(
                        "it is missing twice, and no value is described: stage by need",
                        lostRecord("B").listed(X).absenceConfirmed().original(Published.Original.UNREADABLE),
                        new Stage(Cause.NEED, X)),
                arguments(
                        "it is missing twice, and the operator added neither of two others: blocked",
                        lostRecord("B").listed(A, X).absenceConfirmed(),
                        FOREIGN),
                arguments(
                        "the Secret names a secret, but is not current: nothing to rebuild from",
                        lostRecord("B").published(Published.State.CONTESTED),
                        new Idle(null)),
                arguments(
                        "a record, and the Secret names a secret: nothing to do",
                        Facts.steady().naming("A"),
                        new Idle(null)));
    }

    static Stream<Arguments> spent() {
        Instant next = NOW.plusSeconds(1800);
        return Stream.of(
                arguments(
                        "three failed attempts, staged by another pass: wait without a call",
                        Facts.staged().settled().addsFrom(next),
                        new Idle(next)),
                arguments(
                        "three failed attempts, resumed by this pass: add",
                        Facts.staged().resumed().addsFrom(next).listed(A),
                        new Add()),
                arguments(
                        "the third attempt is staged by this pass: add",
                        Facts.staged().listed(A).progress(Progress.STAGED).addsFrom(next),
                        new Add()),
                arguments(
                        "three failed attempts, due: wait",
                        due(Facts.steady()).listed(A).addsFrom(next),
                        new Idle(next)),
                arguments(
                        "three failed attempts, due without a record: wait",
                        compared(Cause.REQUEST, Published.Original.EQUAL).addsFrom(next),
                        new Idle(next)),
                arguments(
                        "three failed attempts, and a foreign secret: blocked",
                        due(Facts.steady()).listed(A, X).addsFrom(next),
                        FOREIGN));
    }

    static Stream<Arguments> steady() {
        return Stream.of(
                arguments("steady, nothing due: nothing to do", Facts.steady(), new Idle(null)),
                arguments("steady, the slot of a list: list", Facts.steady().listIsDue(), new ListSecrets()),
                arguments(
                        "steady, the current one is listed: nothing to do",
                        Facts.steady().listed(A),
                        new Idle(null)),
                arguments(
                        "steady, a second secret and nothing due: nothing to do",
                        Facts.steady().listed(A, X),
                        new Idle(null)),
                arguments("steady, due: list", due(Facts.steady()), new ListSecrets()),
                arguments(
                        "steady, due, one listed: stage without a comparison",
                        due(Facts.steady()).listed(A),
                        new Stage(Cause.REQUEST, A)),
                arguments(
                        "steady, due, a second secret: blocked",
                        due(Facts.steady()).listed(A, X),
                        FOREIGN),
                arguments(
                        "steady, due, and the secret that the last rotation deleted: the list lags",
                        due(Facts.steady()
                                        .record(new RotationRecord(
                                                3, A, "X", RotationRecord.Handled.NOTHING, new RotationState.Steady())))
                                .listed(A, X),
                        new AwaitSettlement()),
                arguments(
                        "steady, nothing listed: the list lags", Facts.steady().listed(), new AwaitSettlement()),
                arguments(
                        "steady, nothing listed twice: the list lags",
                        Facts.steady().listed().absenceConfirmed(),
                        new AwaitSettlement()),
                arguments(
                        "steady, the current one is missing: list again later",
                        Facts.steady().listed(X),
                        new AwaitSettlement()),
                arguments(
                        "steady, the current one is missing, and a request: list again later",
                        due(Facts.steady()).listed(X),
                        new AwaitSettlement()),
                arguments(
                        "steady, the current one is missing twice: stage by need",
                        Facts.steady().listed(X).absenceConfirmed(),
                        new Stage(Cause.NEED, A)),
                arguments(
                        "steady, the current one is missing twice, and a request: stage by need",
                        due(Facts.steady()).listed(X).absenceConfirmed(),
                        new Stage(Cause.NEED, A)),
                arguments(
                        "steady, the current one is missing twice, and two others: blocked",
                        Facts.steady().listed(X, B).absenceConfirmed(),
                        FOREIGN),
                arguments(
                        "steady, due, the Secret is contested: blocked",
                        due(Facts.steady()).listed(A).published(Published.State.CONTESTED),
                        new Blocked(Reason.SECRET_CONTESTED, Problem.CONTESTED)));
    }

    static Stream<Arguments> staged() {
        return Stream.of(
                arguments("staged by this pass: add", Facts.staged().listed(A).progress(Progress.STAGED), new Add()),
                arguments("staged by another pass: wait", Facts.staged(), new AwaitSettlement()),
                arguments(
                        "staged, and a list does not help: wait", Facts.staged().listed(A), new AwaitSettlement()),
                arguments("settled: list", Facts.staged().settled(), new ListSecrets()),
                arguments(
                        "settled, nothing listed: the list lags",
                        Facts.staged().settled().listed(),
                        new AwaitSettlement()),
                arguments(
                        "settled, one listed: fence first",
                        Facts.staged().settled().listed(A),
                        new Resume()),
                arguments(
                        "settled, two listed: read the Secrets",
                        Facts.staged().settled().listed(A, STRAY),
                        new ReadCarriers()),
                arguments(
                        "settled, a stray that no Secret carries: fence first",
                        Facts.staged().settled().listed(A, STRAY).nothingCarries(),
                        new Resume()),
                arguments("resumed, one listed: add", Facts.staged().resumed().listed(A), new Add()),
                arguments(
                        "resumed, only another one listed: add",
                        Facts.staged().resumed().listed(STRAY),
                        new Add()),
                arguments("resumed, after a deletion: list", Facts.staged().resumed(), new ListSecrets()));
    }

    static Stream<Arguments> strays() {
        Instant from = STAGED_AT.minusSeconds(30);
        Instant to = STAGED_AT.plusSeconds(60);
        return Stream.of(
                arguments("A and a stray: read the Secrets", resumed(STRAY), new ReadCarriers()),
                arguments(
                        "no Secret carries the stray: delete it",
                        resumed(STRAY).nothingCarries(),
                        new DeleteStray(STRAY)),
                arguments("a copy carries the stray: blocked", resumed(STRAY).copiesCarry("X"), FOREIGN),
                arguments(
                        "the Secret carries the stray: blocked", resumed(STRAY).theSecretCarries("X"), FOREIGN),
                arguments(
                        "copies carry A, which is no obstacle: delete the stray",
                        resumed(STRAY).copiesCarry("A").theSecretCarries("A"),
                        new DeleteStray(STRAY)),
                stray("30 s before it was staged: a stray", from, true),
                stray("30 s and a moment before it was staged: foreign", from.minusNanos(1), false),
                stray("60 s after the last attempt: a stray", to, true),
                stray("60 s and a moment after the last attempt: foreign", to.plusNanos(1), false),
                arguments(
                        "listed before it was staged: foreign",
                        firstListed("A", "X").listed(A, STRAY).nothingCarries(),
                        FOREIGN),
                arguments(
                        "two that the attempt can have added, without A: foreign",
                        Facts.staged()
                                .resumed()
                                .listed(STRAY, secret("Y", STAGED_AT.plusSeconds(2)))
                                .nothingCarries(),
                        FOREIGN),
                arguments(
                        "a stray and one from later, without A: foreign",
                        Facts.staged()
                                .resumed()
                                .listed(STRAY, secret("Y", STAGED_AT.plusSeconds(90)))
                                .nothingCarries(),
                        FOREIGN),
                arguments(
                        "the published one, which the first list lacked: foreign",
                        firstListed("X").listed(secret("A", STAGED_AT), X).nothingCarries(),
                        FOREIGN),
                arguments(
                        "a later attempt: its stray",
                        laterAttempt()
                                .listed(A, secret("X", STAGED_AT.plusSeconds(150)))
                                .nothingCarries(),
                        new DeleteStray(secret("X", STAGED_AT.plusSeconds(150)))));
    }

    static Stream<Arguments> named() {
        return Stream.of(
                arguments(
                        "the published id: refused without a call",
                        Facts.steady().retire("A"),
                        refused("A", Refusal.PUBLISHED)),
                arguments("another id: list", Facts.steady().retire("X"), new ListSecrets()),
                arguments(
                        "an unknown id: refused",
                        Facts.steady().retire("Z").listed(A, X),
                        refused("Z", Refusal.UNKNOWN)),
                arguments(
                        "a listed id: read the Secrets",
                        Facts.steady().retire("X").listed(A, X),
                        new ReadCarriers()),
                arguments(
                        "an id that no Secret carries: delete",
                        Facts.steady().retire("X").listed(A, X).theSecretCarries("A"),
                        new DeleteNamed("X")),
                arguments(
                        "an id that a copy carries: refused",
                        Facts.steady().retire("X").listed(A, X).copiesCarry("X"),
                        refused("X", Refusal.CARRIED)),
                arguments(
                        "an id that a Secret of the client carries: refused",
                        Facts.steady().retire("X").listed(A, X).theSecretCarries("X"),
                        refused("X", Refusal.CARRIED)),
                arguments(
                        "the only one that Cognito lists: refused",
                        Facts.steady().retire("X").listed(X).nothingCarries(),
                        refused("X", Refusal.LAST)),
                arguments(
                        "no record, the only one: refused",
                        Facts.original().retire("A").listed(A),
                        refused("A", Refusal.PUBLISHED)),
                arguments(
                        "no record, the older of two, which may be the original: refused",
                        Facts.original().retire("A").listed(A, X),
                        refused("A", Refusal.PUBLISHED)),
                arguments(
                        "no record, the newer of two: delete",
                        Facts.original().retire("X").listed(A, X).theSecretCarries("A"),
                        new DeleteNamed("X")),
                arguments(
                        "blocked, the foreign one named: delete",
                        firstListed("A", "X").listed(A, X).retire("X").theSecretCarries("A"),
                        new DeleteNamed("X")),
                arguments(
                        "blocked, the published one named: refused",
                        firstListed("A", "X").listed(A, X).retire("A"),
                        refused("A", Refusal.PUBLISHED)),
                arguments(
                        "a stray and a named id: the stray first",
                        resumed(STRAY).retire("Z").nothingCarries(),
                        new DeleteStray(STRAY)));
    }

    static Stream<Arguments> lost() {
        Instant end = X.created().plus(Duration.ofDays(7));
        Instant last = X.created().plus(Duration.ofDays(14));
        return Stream.of(
                arguments("every value is lost: list", allLost(NOW), new ListSecrets()),
                arguments(
                        "no record, the Secret's one is gone, two others listed: blocked",
                        due(Facts.original())
                                .listed(A, X)
                                .published(Published.State.GONE)
                                .now(last)
                                .nothingCarries(),
                        FOREIGN),
                arguments(
                        "no record, the Secret's one is gone, and the older one named: delete",
                        Facts.original()
                                .retire("A")
                                .listed(A, X)
                                .published(Published.State.GONE)
                                .nothingCarries(),
                        new DeleteNamed("A")),
                arguments(
                        "every value is lost, one listed: compare", allLost(NOW).listed(A), new CompareOriginal()),
                arguments(
                        "every value is lost, one listed, no value described: stage",
                        allLost(NOW).listed(A).original(Published.Original.UNREADABLE),
                        new Stage(Cause.NEED, A)),
                arguments(
                        "two listed, a moment before the overlap ends: wait",
                        allLost(end.minusNanos(1)).listed(A, X),
                        new Idle(end)),
                arguments(
                        "two listed, the overlap has ended: read the Secrets",
                        allLost(end).listed(A, X),
                        new ReadCarriers()),
                arguments(
                        "no Secret carries the older one: delete it",
                        allLost(end).listed(A, X).nothingCarries(),
                        new DeleteStray(A)),
                arguments(
                        "a copy carries the older one: wait",
                        allLost(end).listed(A, X).copiesCarry("A"),
                        new Idle(last)),
                arguments(
                        "a copy carries it at the end of maxOverlap: delete it",
                        allLost(last).listed(A, X).copiesCarry("A"),
                        new DeleteStray(A)),
                arguments(
                        "the client's own Secret may carry it: blocked for good",
                        allLost(last).listed(A, X).theSecretCarries("A"),
                        FOREIGN),
                arguments(
                        "the older one named: delete it at once",
                        allLost(X.created()).listed(A, X).retire("A").nothingCarries(),
                        new DeleteNamed("A")));
    }

    private static Arguments stray(String sentence, Instant created, boolean isDeleted) {
        SecretId found = secret("X", created);
        return arguments(sentence, resumed(found).nothingCarries(), isDeleted ? new DeleteStray(found) : FOREIGN);
    }

    /** A client whose record is lost, and whose Secret names this secret. */
    private static Facts lostRecord(String id) {
        return Facts.original().naming(id);
    }

    private static Facts due(Facts facts) {
        return facts.due(Cause.REQUEST);
    }

    private static Facts compared(Cause cause, Published.Original result) {
        return Facts.original().due(cause).listed(A).original(result);
    }

    private static Facts resumed(SecretId found) {
        return Facts.staged().resumed().listed(A, found);
    }

    /** A resumed rotation whose first list had these. */
    private static Facts firstListed(String... baseline) {
        RotationState state = new RotationState.Staged(List.of(baseline), STAGED_AT, STAGED_AT, 1, Cause.REQUEST);
        return Facts.original()
                .record(new RotationRecord(1, A, null, RotationRecord.Handled.NOTHING, state))
                .resumed();
    }

    private static Facts laterAttempt() {
        RotationState state =
                new RotationState.Staged(List.of("A"), STAGED_AT, STAGED_AT.plusSeconds(100), 1, Cause.REQUEST);
        return Facts.original()
                .record(new RotationRecord(1, A, null, RotationRecord.Handled.NOTHING, state))
                .resumed();
    }

    private static Facts allLost(Instant now) {
        return Facts.original().now(now).due(Cause.NEED).published(Published.State.LOST);
    }

    private static RetirementRefused refused(String id, Refusal why) {
        return new RetirementRefused(id, why);
    }
}
