package dev.appclients.cognito.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.appclients.cognito.api.v1beta1.DriftedField;
import dev.appclients.cognito.api.v1beta1.UserPoolClientStatus;
import dev.appclients.cognito.model.Reason;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The files in {@code golden/status} show the whole status of each outcome. */
class ClientStatusTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");
    private static final Instant LATER = Instant.parse("2026-01-02T04:00:00Z");
    private static final DriftedField CALLBACK =
            new DriftedField("callbackURLs", "[https://a.example.com/]", "[https://b.example.com/]");
    private static final StatusFields NOTHING = StatusFields.NOTHING;
    private static final Set<Step> ALL = EnumSet.allOf(Step.class);
    private static final Set<Step> NONE = EnumSet.noneOf(Step.class);

    private static final LoginPage NO_DOMAIN = new LoginPage(LoginPage.Verdict.NO_DOMAIN, "The pool has no domain");

    private static final Outcome SYNCED = new Outcome.Synced("App client 3abc is in sync");

    static Stream<Arguments> outcomes() {
        return Stream.of(
                arguments("synced", SYNCED, ALL),
                arguments("paused", new Outcome.Paused(), NONE),
                arguments(
                        "waiting",
                        new Outcome.Waiting(Step.CLIENT, Reason.THROTTLED, "The operator retries"),
                        EnumSet.of(Step.AUTHORIZATION)),
                arguments(
                        "refused",
                        new Outcome.Refused(Step.SECRET, Reason.SECRET_CONFLICT, "Rename the other Secret"),
                        EnumSet.of(Step.AUTHORIZATION, Step.CLIENT)),
                arguments("unexpected", new Outcome.Unexpected(), NONE),
                arguments("deleting", new Outcome.Deleting("Cognito still has the client"), NONE),
                arguments(
                        "deletion-refused",
                        new Outcome.DeletionRefused(Reason.ACCESS_DENIED, "Set deletionPolicy: Retain"),
                        NONE));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("outcomes")
    void eachOutcomeHasTheStatusOfItsGoldenFile(String name, Outcome outcome, Set<Step> done) throws IOException {
        UserPoolClientStatus status = ClientStatus.compose(null, report(3, outcome, done), NOW);

        assertThat(Serialization.asYaml(status))
                .isEqualTo(Files.readString(Path.of("src/test/resources/golden/status/" + name + ".yaml")));
    }

    @Test
    void aRetryOfACreateThatFailedKeepsTheConditions() {
        Outcome missing = new Outcome.Refused(Step.CLIENT, Reason.DEPENDENCY_MISSING, "No such scope");
        Outcome creating = new Outcome.Waiting(Step.CLIENT, Reason.CREATING, "Creating");
        UserPoolClientStatus failed = ClientStatus.compose(null, report(3, missing, NONE), NOW);

        assertThat(ClientStatus.creating(failed, report(3, creating, NONE), LATER)
                        .conditions())
                .isEqualTo(failed.conditions());
        assertThat(ClientStatus.creating(failed, report(4, creating, NONE), LATER)
                        .conditions())
                .as("of another manifest")
                .extracting(Condition::getReason)
                .contains("Creating")
                .doesNotContain("DependencyMissing");
    }

    @Test
    void everyOutcomeHasAGoldenFile() {
        Set<Class<?>> shown = outcomes().map(row -> row.get()[1].getClass()).collect(Collectors.toSet());

        assertThat(shown).isEqualTo(Set.of(Outcome.class.getPermittedSubclasses()));
    }

    /** For each outcome at each step, whichever steps succeeded. */
    @Test
    void theConditionsFollowTheKstatusConventions() {
        for (Outcome outcome : everyConclusion()) {
            for (Set<Step> done : List.of(NONE, EnumSet.of(Step.AUTHORIZATION), ALL)) {
                var conditions = byType(ClientStatus.compose(null, report(3, outcome, done), NOW));
                boolean reconciling = conditions.containsKey("Reconciling");
                boolean stalled = conditions.containsKey("Stalled");
                boolean ready = conditions.get("Ready").getStatus().equals("True");

                assertThat(reconciling && stalled).as("both: %s", outcome).isFalse();
                assertThat(ready && (reconciling || stalled))
                        .as("Ready and not: %s", outcome)
                        .isFalse();
                assertThat(Stream.of("Reconciling", "Stalled")
                                .map(conditions::get)
                                .filter(Objects::nonNull)
                                .map(Condition::getStatus))
                        .as("present only while true: %s", outcome)
                        .allMatch("True"::equals);
                assertThat(conditions.values()).allSatisfy(condition -> {
                    assertThat(condition.getObservedGeneration()).isEqualTo(3);
                    assertThat(condition.getReason()).isNotBlank();
                    assertThat(condition.getMessage()).isNotBlank();
                    assertThat(condition.getLastTransitionTime()).isEqualTo("2026-01-02T03:04:05Z");
                });
            }
        }
    }

    @Test
    void anUnchangedStatusIsEqualSoThatItIsNotWritten() {
        UserPoolClientStatus first = ClientStatus.compose(null, report(3, SYNCED, ALL), NOW);

        assertThat(ClientStatus.compose(first, report(3, SYNCED, ALL), LATER)).isEqualTo(first);
    }

    @Test
    void onlyAChangeOfStatusIsATransition() {
        var before = ClientStatus.compose(null, report(3, waiting(Reason.THROTTLED), NONE), NOW);

        var otherReason = ClientStatus.compose(before, report(4, waiting(Reason.COGNITO_UNREACHABLE), NONE), LATER);
        assertThat(ready(otherReason).getLastTransitionTime()).isEqualTo("2026-01-02T03:04:05Z");
        assertThat(ready(otherReason).getReason()).isEqualTo("CognitoUnreachable");

        var ready = ClientStatus.compose(otherReason, report(4, SYNCED, ALL), LATER);
        assertThat(ready(ready).getLastTransitionTime()).isEqualTo("2026-01-02T04:00:00Z");
    }

    @Test
    void aStepThatWasNotReachedKeepsItsConditionAndGeneration() {
        var before = ClientStatus.compose(null, report(3, SYNCED, ALL), NOW);
        var after = byType(ClientStatus.compose(
                before, report(4, waiting(Reason.THROTTLED), EnumSet.of(Step.AUTHORIZATION)), LATER));

        assertThat(after.get("SecretSynced").getStatus()).isEqualTo("True");
        assertThat(after.get("SecretSynced").getObservedGeneration()).isEqualTo(3);
        assertThat(after.get("ClientSynced").getStatus()).isEqualTo("False");
        assertThat(after.get("Authorized").getObservedGeneration()).isEqualTo(4);
    }

    @Test
    void aWarningLeavesReadyTrue() {
        StatusReport report = new StatusReport(
                3,
                SYNCED,
                ALL,
                NOTHING,
                LoginPage.NOT_REQUIRED,
                List.of("callbackURLs has plain http", "and more"),
                null);

        Condition ready = ready(ClientStatus.compose(null, report, NOW));
        assertThat(ready.getStatus()).isEqualTo("True");
        assertThat(ready.getMessage())
                .isEqualTo("App client 3abc is in sync. Warning: callbackURLs has plain http. Warning: and more");
    }

    @Test
    void aWarningIsReportedWithEachReadyButNotDuringDeletionOrPause() {
        for (Outcome outcome : everyConclusion()) {
            boolean warns = !(outcome instanceof Outcome.Deleting
                    || outcome instanceof Outcome.DeletionRefused
                    || outcome instanceof Outcome.Paused);
            Condition ready = ready(ClientStatus.compose(null, warned(outcome), NOW));

            assertThat(ready.getMessage().endsWith(". Warning: callbackURLs has plain http"))
                    .as("%s: %s", outcome, ready.getMessage())
                    .isEqualTo(warns);
        }
    }

    @Test
    void onlyReadyContainsAWarning() {
        var refused = new Outcome.Refused(Step.CLIENT, Reason.INVALID_SETTINGS, "Change the manifest.");
        var conditions = byType(ClientStatus.compose(null, warned(refused), NOW));

        assertThat(conditions.get("Ready").getMessage())
                .isEqualTo("Change the manifest. Warning: callbackURLs has plain http");
        assertThat(conditions.get("Stalled").getMessage()).isEqualTo("Change the manifest.");
        assertThat(conditions.get("ClientSynced").getMessage()).isEqualTo("Change the manifest.");
    }

    @Test
    void aWarningFitsAfterAMessageOfAnyLength() {
        var refused = new Outcome.Refused(Step.CLIENT, Reason.INVALID_SETTINGS, "x".repeat(40_000));

        assertThat(ready(ClientStatus.compose(null, warned(refused), NOW)).getMessage())
                .hasSize(32_768)
                .endsWith("x…. Warning: callbackURLs has plain http");
    }

    @Test
    void aMessageIsOneLineWhateverItContains() {
        var refused = new Outcome.Refused(
                Step.CLIENT, Reason.INVALID_SETTINGS, "refused\r\nWARN forged\tand\u2028more\u0085and\u001b[31mred");

        assertThat(ready(ClientStatus.compose(null, report(3, refused, NONE), NOW))
                        .getMessage())
                .isEqualTo("refused WARN forged and more and [31mred");
    }

    private static StatusReport warned(Outcome outcome) {
        return new StatusReport(
                3, outcome, NONE, NOTHING, LoginPage.NOT_REACHED, List.of("callbackURLs has plain http"), null);
    }

    @Test
    void driftIsReportedOfAnObservedClientAndDoesNotGateReady() {
        var drifted = ClientStatus.compose(null, observed(List.of(CALLBACK)), NOW);
        var equal = ClientStatus.compose(drifted, observed(List.of()), LATER);
        var managed = ClientStatus.compose(drifted, report(3, SYNCED, ALL), LATER);

        assertThat(byType(drifted).get("Drifted"))
                .satisfies(condition -> assertThat(condition.getStatus()).isEqualTo("True"))
                .satisfies(condition -> assertThat(condition.getMessage()).contains("callbackURLs", "mode: Manage"));
        assertThat(ready(drifted).getStatus()).isEqualTo("True");
        assertThat(drifted.drift()).containsExactly(CALLBACK);
        assertThat(byType(equal).get("Drifted").getStatus()).isEqualTo("False");
        assertThat(equal.drift()).isNull();
        assertThat(byType(managed)).doesNotContainKey("Drifted");
        assertThat(managed.drift()).isNull();
    }

    @Test
    void driftStaysWhileTheClientIsNotReached() {
        var before = ClientStatus.compose(null, observed(List.of(CALLBACK)), NOW);
        StatusReport denied = new StatusReport(
                4,
                new Outcome.Refused(Step.AUTHORIZATION, Reason.ADOPTION_NOT_ALLOWED, "not allowed"),
                NONE,
                fields(StatusFields.driftIn(before)),
                LoginPage.NOT_REQUIRED,
                List.of(),
                null);

        var after = ClientStatus.compose(before, denied, LATER);

        assertThat(after.drift()).isEqualTo(before.drift());
        assertThat(byType(after).get("Drifted")).isEqualTo(byType(before).get("Drifted"));
    }

    private static StatusReport observed(List<DriftedField> drift) {
        return new StatusReport(3, SYNCED, ALL, fields(drift), LoginPage.NOT_REQUIRED, List.of(), null);
    }

    @Test
    void theLoginPageIsReportedOnlyForARedirectFlow() {
        assertThat(loginPage(LoginPage.NOT_REQUIRED)).isEmpty();
        assertThat(loginPage(LoginPage.NOT_REACHED)).isEmpty();
        assertThat(loginPage(NO_DOMAIN))
                .hasValueSatisfying(page -> assertThat(page.getReason()).isEqualTo("NoDomain"));
    }

    /** For each outcome that ends a reconciliation early. */
    @Test
    void everyConditionThatWasNotReachedStays() {
        StatusReport whole = new StatusReport(
                3,
                SYNCED,
                ALL,
                fields(List.of(CALLBACK)),
                NO_DOMAIN,
                List.of(),
                new RotationReport(null, Reason.ROTATING, "Both secrets are valid"));
        var before = ClientStatus.compose(null, whole, NOW);
        for (Outcome outcome : everyConclusion()) {
            StatusReport ended = new StatusReport(
                    4, outcome, NONE, fields(StatusFields.driftIn(before)), LoginPage.NOT_REACHED, List.of(), null);
            var after = byType(ClientStatus.compose(before, ended, LATER));

            byType(before).forEach((type, condition) -> {
                boolean reached = type.equals("Ready") || type.equals(stepOf(outcome));
                if (!reached) {
                    assertThat(after.get(type)).as("%s after %s", type, outcome).isEqualTo(condition);
                }
            });
        }
    }

    @Test
    void aClientThatNoLongerNeedsALoginPageLosesTheCondition() {
        var before =
                ClientStatus.compose(null, new StatusReport(3, SYNCED, ALL, NOTHING, NO_DOMAIN, List.of(), null), NOW);

        assertThat(byType(ClientStatus.compose(before, report(4, SYNCED, ALL), LATER)))
                .doesNotContainKey("LoginPage");
    }

    private static @Nullable String stepOf(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Waiting(Step step, var reason, var message) -> step.condition();
            case Outcome.Refused(Step step, var reason, var message) -> step.condition();
            default -> null;
        };
    }

    @Test
    void aMessageOfAnyLengthFitsIntoACondition() {
        var status = ClientStatus.compose(
                null,
                report(3, new Outcome.Refused(Step.CLIENT, Reason.INVALID_SETTINGS, "x".repeat(40_000)), NONE),
                NOW);

        assertThat(ready(status).getMessage()).hasSize(32_768);
    }

    private static Optional<Condition> loginPage(LoginPage page) {
        var status = ClientStatus.compose(null, new StatusReport(3, SYNCED, ALL, NOTHING, page, List.of(), null), NOW);
        return Optional.ofNullable(byType(status).get("LoginPage"));
    }

    private static List<Outcome> everyConclusion() {
        Stream<Outcome> atSteps = Stream.of(Step.values())
                .flatMap(step -> Stream.of(
                        new Outcome.Waiting(step, Reason.PENDING, "waits"),
                        new Outcome.Refused(step, Reason.ACCESS_DENIED, "refused")));
        return Stream.concat(outcomes().map(row -> (Outcome) row.get()[1]), atSteps)
                .toList();
    }

    private static Outcome waiting(Reason reason) {
        return new Outcome.Waiting(Step.CLIENT, reason, "The operator retries");
    }

    @Test
    void settingsThatThisVersionDoesNotKnowAreAWarningThatNamesThem() {
        StatusFields fields = new StatusFields(
                RecordedClient.NONE.withUnknownSettings(List.of("QuantumFlow")),
                PublishedEndpoints.NONE,
                null,
                null,
                null,
                null,
                null,
                null);
        var status = ClientStatus.compose(
                null,
                new StatusReport(3, SYNCED, ALL, fields, LoginPage.NOT_REQUIRED, List.of("This is doubtful"), null),
                NOW);

        assertThat(status.unknownSettings()).containsExactly("QuantumFlow");
        assertThat(ready(status).getMessage())
                .contains(". Warning: This is doubtful. Warning: Cognito shows settings")
                .contains("does not know: QuantumFlow. An update by the operator would reset them.");
    }

    private static StatusReport report(long generation, Outcome outcome, Set<Step> done) {
        return new StatusReport(generation, outcome, done, fields(null), LoginPage.NOT_REQUIRED, List.of(), null);
    }

    private static StatusFields fields(@Nullable List<DriftedField> drift) {
        RecordedClient client = RecordedClient.NONE
                .found("3abc", "arn:aws:cognito-idp:eu-west-1:111122223333:userpool/eu-west-1_Shop")
                .withAppliedSettings("0011223344556677");
        return new StatusFields(client, PublishedEndpoints.NONE, null, null, drift, null, null, null);
    }

    private static Condition ready(UserPoolClientStatus status) {
        return byType(status).get("Ready");
    }

    private static Map<String, Condition> byType(UserPoolClientStatus status) {
        return status.conditions().stream().collect(Collectors.toMap(Condition::getType, Function.identity()));
    }
}
