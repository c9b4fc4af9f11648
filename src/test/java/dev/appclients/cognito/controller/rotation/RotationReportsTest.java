package dev.appclients.cognito.controller.rotation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.appclients.cognito.api.v1beta1.RotationStatus;
import dev.appclients.cognito.model.PoolId;
import dev.appclients.cognito.model.Reason;
import dev.appclients.cognito.model.SecretId;
import dev.appclients.cognito.rotation.Cause;
import dev.appclients.cognito.rotation.RotationFacts.Copies;
import dev.appclients.cognito.rotation.RotationPolicy;
import dev.appclients.cognito.rotation.RotationRecord;
import dev.appclients.cognito.rotation.RotationRecord.Handled;
import dev.appclients.cognito.rotation.RotationState;
import dev.appclients.cognito.rotation.RotationState.Overlap;
import dev.appclients.cognito.rotation.RotationState.Staged;
import dev.appclients.cognito.rotation.RotationState.Steady;
import dev.appclients.cognito.rotation.RotationStep;
import dev.appclients.cognito.rotation.RotationStep.Blocked;
import dev.appclients.cognito.rotation.RotationStep.Idle;
import dev.appclients.cognito.rotation.RotationStep.Problem;
import dev.appclients.cognito.rotation.RotationStep.Refusal;
import dev.appclients.cognito.rotation.RotationStep.RetirementRefused;
import dev.appclients.cognito.status.RotationReport;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The status of a rotation. The overlap is 7 days, and the longest one 14. */
class RotationReportsTest {

    private static final PoolId POOL = new PoolId("eu-west-1_AbCdEfGhI");
    private static final Instant ADDED_AT = Instant.parse("2027-01-05T10:20:30Z");
    private static final SecretId A = new SecretId("client--1", Instant.parse("2026-10-01T00:00:00Z"));
    private static final SecretId B = new SecretId("client--2", ADDED_AT);
    private static final Copies NONE = new Copies(0, 0, true);
    private static final RotationStep.Ending IDLE = new Idle(null);

    private final RotationPasses time = new RotationPasses();

    @ParameterizedTest(name = "{0}")
    @MethodSource("states")
    void aStateIsShownAs(
            String sentence,
            @Nullable RotationState state,
            Copies copies,
            Instant now,
            @Nullable RotationStatus shown,
            @Nullable Reason pending) {
        RotationReport report = reports(pass(state, ""), copies, now, null).after(IDLE);

        assertThat(report.status()).isEqualTo(shown);
        assertThat(report.pending()).isEqualTo(pending);
    }

    static Stream<Arguments> states() {
        Instant soon = ADDED_AT.plus(Duration.ofHours(1));
        Instant half = ADDED_AT.plus(Duration.ofDays(7));
        return Stream.of(
                arguments("no record and no rotation in the spec: nothing", null, NONE, soon, null, null),
                arguments("one secret", new Steady(), NONE, soon, new RotationStatus("Steady", null, null, null), null),
                arguments(
                        "staged",
                        new Staged(List.of(), ADDED_AT, ADDED_AT, 0, Cause.REQUEST),
                        NONE,
                        soon,
                        new RotationStatus("Staged", "2027-01-05T10:20:30Z", null, "Staged"),
                        Reason.ROTATING),
                arguments(
                        "an overlap without copies",
                        overlap(ADDED_AT),
                        NONE,
                        soon,
                        inOverlap("2027-01-12T10:20:30Z", "Overlap until 2027-01-12"),
                        Reason.ROTATING),
                arguments(
                        "a copy lags",
                        overlap(null),
                        new Copies(10, 9, true),
                        soon,
                        inOverlap("2027-01-19T10:20:30Z", "Overlap 9/10 until 2027-01-19"),
                        Reason.ROTATING),
                arguments(
                        "a copy lags a moment before half of maxOverlap",
                        overlap(null),
                        new Copies(10, 9, true),
                        half.minusNanos(1),
                        inOverlap("2027-01-19T10:20:30Z", "Overlap 9/10 until 2027-01-19"),
                        Reason.ROTATING),
                arguments(
                        "a copy lags from half of maxOverlap",
                        overlap(null),
                        new Copies(10, 9, true),
                        half,
                        inOverlap("2027-01-19T10:20:30Z", "Overlap 9/10 until 2027-01-19"),
                        Reason.COPIES_LAGGING),
                arguments(
                        "every copy follows late",
                        overlap(half),
                        new Copies(10, 10, true),
                        half,
                        inOverlap("2027-01-19T10:20:30Z", "Overlap 10/10 until 2027-01-19"),
                        Reason.ROTATING),
                arguments(
                        "the end is two days away",
                        overlap(ADDED_AT),
                        NONE,
                        ADDED_AT.plus(Duration.ofDays(5)),
                        inOverlap("2027-01-12T10:20:30Z", "Overlap until 2027-01-12"),
                        Reason.ROTATING),
                arguments(
                        "the end is nearer than two days",
                        overlap(ADDED_AT),
                        NONE,
                        ADDED_AT.plus(Duration.ofDays(5)).plusSeconds(1),
                        inOverlap("2027-01-12T10:20:30Z", "Overlap until 2027-01-12 10:20Z"),
                        Reason.ROTATING));
    }

    @Test
    void aScheduledRotationIsShownByItsDay() {
        RotationReport report = reports(pass(new Steady(), ""), NONE, ADDED_AT, Instant.parse("2027-04-05T10:20:30Z"))
                .after(IDLE);

        assertThat(report.status())
                .isEqualTo(new RotationStatus("Steady", null, "2027-04-05T10:20:30Z", "due 2027-04-05"));
    }

    @Test
    void anOverlapNamesThePreviousSecretItsEndAndTheCopies() {
        assertThat(message(overlap(ADDED_AT), new Copies(10, 10, true), ADDED_AT, ""))
                .contains("10 of 10 copies have it.", A.id(), "on 2027-01-12", "environment variables");
        assertThat(message(overlap(null), new Copies(10, 8, true), ADDED_AT.plus(Duration.ofDays(13)), ""))
                .startsWith("2 of 10 copies do not have the new client secret yet.")
                .contains("at 2027-01-19 10:20Z at the latest", "kubectl get csc -A");
    }

    @Test
    void afterTheOverlapTheMessageHasTheTimeAtWhichMountsHaveTheNewSecret() {
        Instant end = ADDED_AT.plus(Duration.ofDays(14));
        RotationStep.Ending mounts = new Idle(end.plusSeconds(180));

        assertThat(reports(pass(overlap(end), ""), NONE, end.plusSeconds(60), null)
                        .after(mounts)
                        .message())
                .contains("deletes it at 2027-01-19 10:23Z");
        assertThat(reports(pass(overlap(null), ""), new Copies(10, 8, true), end.plusSeconds(60), null)
                        .after(mounts)
                        .message())
                .contains("at 2027-01-19 10:23Z at the latest");
    }

    @Test
    void severalFailedAttemptsAreShownWithTheTimeOfTheNextOne() {
        RotationState staged = new Staged(List.of(), ADDED_AT, ADDED_AT, 2, Cause.REQUEST);
        RotationReport report =
                reports(pass(staged, ""), NONE, ADDED_AT, null).after(new Idle(ADDED_AT.plusSeconds(3600)));

        assertThat(report.message())
                .contains("tried three times within an hour", "It tries again at 2027-01-05 11:20Z.");
        assertPlain(report);
        assertThat(message(staged, NONE, ADDED_AT, "")).contains("within a few minutes");
    }

    @Test
    void aRequestDuringAnOverlapWaitsAndSaysUntilWhen() {
        String request = "cognito.appclients.dev/rotate-requested-at: tuesday";
        Copies lagging = new Copies(10, 8, true);

        assertThat(message(overlap(ADDED_AT), NONE, ADDED_AT, request))
                .contains("on 2027-01-12", "requested meanwhile");
        assertThat(message(overlap(null), lagging, ADDED_AT.plus(Duration.ofDays(8)), request))
                .contains("on 2027-01-19", "requested meanwhile");
        assertThat(message(overlap(ADDED_AT), NONE, ADDED_AT, "cognito.appclients.dev/rotate-requested-at: monday"))
                .doesNotContain("requested meanwhile");
    }

    @Test
    void aRequestWhileTheNextSecretIsStagedWaitsForTheOverlap() {
        Staged staged = new Staged(List.of(A.id()), ADDED_AT, ADDED_AT, 0, Cause.REQUEST);

        assertThat(message(staged, NONE, ADDED_AT, "cognito.appclients.dev/rotate-requested-at: tuesday"))
                .contains("starts the rotation that was requested meanwhile after the overlap");
        assertThat(message(staged, NONE, ADDED_AT, "cognito.appclients.dev/rotate-requested-at: monday"))
                .doesNotContain("requested meanwhile");
    }

    @Test
    void aStagedRotationWithoutAnAttemptLeftSaysWhenTheOperatorTriesAgain() {
        Staged staged = new Staged(List.of(A.id()), ADDED_AT, ADDED_AT, 2, Cause.REQUEST);
        Staged gone = new Staged(List.of("client--9"), ADDED_AT, ADDED_AT, 2, Cause.NEED);
        Idle spent = new Idle(ADDED_AT.plus(Duration.ofHours(1)));

        for (Staged state : List.of(staged, gone)) {
            RotationReport report =
                    reports(pass(state, ""), NONE, ADDED_AT, null).after(spent);
            assertThat(report.message())
                    .contains("tried three times within an hour", "It tries again at 2027-01-05 11:20Z.")
                    .doesNotContain("minutes");
            assertPlain(report);
        }
    }

    @Test
    void aDueRotationWithoutAnAttemptLeftIsPendingAndSaysWhenTheOperatorTriesAgain() {
        RotationReport report = reports(pass(new Steady(Cause.REQUEST), ""), NONE, ADDED_AT, null)
                .after(new Idle(ADDED_AT.plus(Duration.ofHours(1))));

        assertThat(report.pending()).isEqualTo(Reason.ROTATING);
        assertThat(report.message()).contains("tries again at 2027-01-05 11:20Z.");
        assertPlain(report);
    }

    @Test
    void aLongNameInARefusalIsCut() {
        RotationPass pass = pass(new Steady(), "");
        pass.refused(new RetirementRefused("x".repeat(100_000), Refusal.UNKNOWN));

        assertThat(reports(pass, NONE, ADDED_AT, null).after(IDLE).message())
                .hasSizeLessThan(500)
                .contains("which Cognito does not list");
    }

    @Test
    void aRefusedRetirementOfThePublishedSecretWarnsOfItsEffectAfterTheNextRotation() {
        RotationPass pass = pass(new Steady(), "");
        pass.refused(new RetirementRefused("client--9", Refusal.PUBLISHED));

        assertThat(reports(pass, NONE, ADDED_AT, null).after(IDLE).message())
                .contains("Remove the annotation", "without an overlap");
    }

    @ParameterizedTest
    @EnumSource
    void aBlockedRotationSaysItsProblemAndWhenTheOperatorRetries(Problem problem) {
        RotationReport report = reports(pass(overlap(null), ""), NONE, ADDED_AT, null)
                .after(new Blocked(Reason.FOREIGN_SECRET, problem));

        assertThat(report.status()).isEqualTo(new RotationStatus("Blocked", "2027-01-05T10:20:30Z", null, "Blocked"));
        assertThat(report.pending()).isEqualTo(Reason.FOREIGN_SECRET);
        assertThat(report.message()).matches("(?s).*The operator [^.]*(hour|hourly)[^.]*\\.");
        assertPlain(report);
    }

    @ParameterizedTest
    @EnumSource
    void aRefusedRetirementNamesTheIdAndTheAnnotation(Refusal refusal) {
        RotationPass pass = pass(overlap(ADDED_AT), "");
        pass.refused(new RetirementRefused("client--9", refusal));

        RotationReport report = reports(pass, NONE, ADDED_AT, null).after(IDLE);

        assertThat(report.pending()).isEqualTo(Reason.RETIREMENT_REFUSED);
        assertThat(report.message())
                .startsWith("The annotation cognito.appclients.dev/retire-secret names client--9, which ");
        assertThat(report.status().summary()).isEqualTo("Overlap until 2027-01-12");
        assertPlain(report);
    }

    @Test
    void aForeignSecretIsShownWithTheCommandThatListsTheSecrets() {
        RotationReport report = reports(pass(null, ""), NONE, ADDED_AT, null)
                .after(new Blocked(Reason.FOREIGN_SECRET, Problem.FOREIGN_SECRET));

        assertThat(report.status()).isEqualTo(new RotationStatus("Blocked", null, null, "Blocked"));
        assertThat(report.message())
                .contains("aws cognito-idp list-user-pool-client-secrets --user-pool-id eu-west-1_AbCdEfGhI"
                        + " --client-id client.");
    }

    @Test
    void aFailedCallKeepsThePhase() {
        RotationReport report = reports(pass(overlap(ADDED_AT), ""), NONE, ADDED_AT, null)
                .failed(Reason.ACCESS_DENIED, "The operator lacks a permission.");

        assertThat(report.status().phase()).isEqualTo("Overlap");
        assertThat(report.pending()).isEqualTo(Reason.ACCESS_DENIED);
    }

    private static void assertPlain(RotationReport report) {
        assertThat(report.message())
                .endsWith(".")
                .doesNotContain("omebody", "hoever", "obody", "by itself", "anew", "  ", "..");
    }

    private @Nullable String message(RotationState state, Copies copies, Instant now, String annotations) {
        RotationReport report =
                reports(pass(state, annotations), copies, now, null).after(IDLE);
        assertPlain(report);
        return report.message();
    }

    private static RotationReports reports(RotationPass pass, Copies copies, Instant now, @Nullable Instant dueAt) {
        return new RotationReports(pass, RotationPolicy.DEFAULT, copies, now, dueAt);
    }

    private RotationPass pass(@Nullable RotationState state, String annotations) {
        RotationRecord rotation =
                state == null ? null : new RotationRecord(2, B, A.id(), new Handled("monday", null, false), state);
        return time.pass(RotationPasses.UID, POOL, rotation, annotations, "");
    }

    private static Overlap overlap(@Nullable Instant carriedAt) {
        return new Overlap(A, ADDED_AT, carriedAt, Cause.REQUEST);
    }

    private static RotationStatus inOverlap(String nextAt, String summary) {
        return new RotationStatus("Overlap", "2027-01-05T10:20:30Z", nextAt, summary);
    }
}
