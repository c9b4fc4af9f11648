package dev.appclients.cognito.controller.rotation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.controller.reconcile.CheckMemory;
import dev.appclients.cognito.model.PoolId;
import dev.appclients.cognito.model.SecretId;
import dev.appclients.cognito.model.SecretListing;
import dev.appclients.cognito.rotation.Cause;
import dev.appclients.cognito.rotation.RotationFacts.Demand;
import dev.appclients.cognito.rotation.RotationFacts.Published;
import dev.appclients.cognito.rotation.RotationPolicy;
import dev.appclients.cognito.rotation.RotationRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What asks for a rotation, in virtual time. */
class RotationDemandsTest {

    private static final PoolId POOL = new PoolId("eu-west-1_AbCdEfGhI");
    private static final Duration EVERY = Duration.ofDays(90);
    private static final Duration TICK = Duration.ofDays(9);
    private static final RotationPolicy SCHEDULED = new RotationPolicy(EVERY, Duration.ofDays(7), Duration.ofDays(14));
    private static final String ROTATE = "cognito.appclients.dev/rotate-requested-at: ";
    private static final String RETIRE = "cognito.appclients.dev/retire-secret: ";

    private final RotationPasses time = new RotationPasses();
    private final RotationDemands demands = new RotationDemands(
            new CheckMemory(() -> time.now, new Random(1)),
            new CheckMemory(() -> time.now, new Random(1)),
            new StartPacer(() -> time.nanos),
            new CognitoClock(() -> time.now));

    private final SecretId fresh = new SecretId("A", time.now);
    private final SecretId old = new SecretId("A", time.now.minus(Duration.ofDays(100)));

    @Test
    void withoutScheduleOrRequestNothingIsDue() {
        assertThat(of(pass(RotationRecord.original(old), ""), RotationPolicy.DEFAULT))
                .isEqualTo(new Demand(null, false, null));
        assertThat(of(pass(null, ""), RotationPolicy.DEFAULT)).isEqualTo(new Demand(null, false, null));
    }

    @Test
    void aNewRequestIsDueUntilTheRecordShowsIt() {
        RotationRecord handled = RotationRecord.original(fresh)
                .staged(Cause.REQUEST, "monday", new SecretListing(List.of(fresh), time.now))
                .added(new SecretId("B", time.now))
                .retired();

        assertThat(due(RotationRecord.original(fresh), ROTATE + "monday")).isEqualTo(Cause.REQUEST);
        assertThat(due(null, ROTATE + "monday")).isEqualTo(Cause.REQUEST);
        assertThat(due(handled, ROTATE + "monday")).isNull();
        assertThat(due(handled, ROTATE + "tuesday")).isEqualTo(Cause.REQUEST);
    }

    @Test
    void aRequestWaitsForTheEndOfTheRotationInProgress() {
        RotationRecord staged = RotationRecord.original(fresh)
                .staged(Cause.SCHEDULE, null, new SecretListing(List.of(fresh), time.now));

        assertThat(due(staged, ROTATE + "monday")).isNull();
        assertThat(due(staged.added(new SecretId("B", time.now)), ROTATE + "monday"))
                .isNull();
    }

    @Test
    void aLostValueIsDueByNeed() {
        RotationPass pass = pass(null, "");
        assertThat(demands.of(pass, RotationPolicy.DEFAULT, Published.State.LOST)
                        .due())
                .isEqualTo(Cause.NEED);
    }

    @Test
    void aRotationThatFailedIsDueAgain() {
        SecretListing listing = new SecretListing(List.of(fresh), time.now);
        RotationRecord refused = RotationRecord.original(fresh)
                .staged(Cause.REQUEST, "monday", listing)
                .unstaged();
        RotationRecord reverted = RotationRecord.original(fresh)
                .staged(Cause.REQUEST, "monday", listing)
                .added(new SecretId("B", time.now))
                .promoted();

        assertThat(due(refused, ROTATE + "monday")).isEqualTo(Cause.REQUEST);
        assertThat(due(reverted, ROTATE + "monday")).isEqualTo(Cause.NEED);
        assertThat(due(reverted, ROTATE + "tuesday")).isEqualTo(Cause.NEED);
    }

    @Test
    void aFailedRotationOfARemovedScheduleIsNotRepeated() {
        RotationRecord refused = RotationRecord.original(fresh)
                .staged(Cause.SCHEDULE, null, new SecretListing(List.of(fresh), time.now))
                .unstaged();

        assertThat(of(pass(refused, ""), SCHEDULED).due()).isEqualTo(Cause.SCHEDULE);
        assertThat(of(pass(refused, ""), RotationPolicy.DEFAULT).due()).isNull();
    }

    @Test
    void theAgeIsComparedOncePerTick() {
        RotationPass pass = pass(RotationRecord.original(old), "");
        assertThat(of(pass, SCHEDULED).due())
                .as("the tick in which the process started")
                .isNull();

        time.pass(TICK);

        assertThat(of(pass, SCHEDULED).due()).isEqualTo(Cause.SCHEDULE);
        demands.compared(pass, SCHEDULED);
        assertThat(of(pass, SCHEDULED).due()).as("the same tick").isNull();
    }

    @Test
    void aYoungSecretIsNotDue() {
        RotationPass pass = pass(RotationRecord.original(fresh), "");
        of(pass, SCHEDULED);
        time.pass(TICK);
        assertThat(of(pass, SCHEDULED).due()).isNull();
        time.pass(EVERY);
        assertThat(of(pass, SCHEDULED).due()).isEqualTo(Cause.SCHEDULE);
    }

    @Test
    void theAgeOfAnOriginalNeedsOneListing() {
        RotationPass pass = pass(null, "");
        of(pass, SCHEDULED);
        time.pass(TICK);
        assertThat(of(pass, SCHEDULED)).isEqualTo(new Demand(null, true, null));

        pass.memory().originalListed(old);

        assertThat(of(pass, SCHEDULED)).isEqualTo(new Demand(Cause.SCHEDULE, false, null));
    }

    @Test
    void theClientIsWokenWhenItsSecretIsDue() {
        RotationPass pass = pass(RotationRecord.original(fresh), "");

        assertThat(demands.untilCheck(pass, SCHEDULED)).isEqualTo(EVERY);
        time.pass(EVERY.plusDays(1));
        assertThat(demands.untilCheck(pass, SCHEDULED)).isBetween(Duration.ZERO, TICK);
        assertThat(demands.untilCheck(pass, RotationPolicy.DEFAULT)).isNull();
    }

    @Test
    void aSuspectedAbsenceIsListedAgainSoon() {
        RotationPass pass = pass(RotationRecord.original(fresh), "");
        assertThat(of(pass, RotationPolicy.DEFAULT).isListDue()).isFalse();

        pass.memory().listed("A");

        assertThat(of(pass, RotationPolicy.DEFAULT).isListDue()).isTrue();
    }

    @Test
    void theSecretsOfARotatedClientAreListedInEachSlot() {
        RotationPass pass = pass(RotationRecord.original(fresh), "");
        of(pass, RotationPolicy.DEFAULT);
        time.pass(RotationDemands.LISTING);
        assertThat(of(pass, RotationPolicy.DEFAULT).isListDue()).isTrue();
        demands.listed(pass);
        assertThat(of(pass, RotationPolicy.DEFAULT).isListDue()).isFalse();
    }

    @Test
    void anAnsweredRetirementAsksForNothing() {
        RotationRecord rotation = RotationRecord.original(fresh);
        assertThat(of(pass(rotation, RETIRE + "X"), RotationPolicy.DEFAULT).retire())
                .isEqualTo("X");
        assertThat(of(pass(rotation.withRetired("X"), RETIRE + "X"), RotationPolicy.DEFAULT)
                        .retire())
                .isNull();
        RotationPass withoutRecord = pass(null, RETIRE + "X");
        withoutRecord.memory().answeredRetirement("X");
        assertThat(of(withoutRecord, RotationPolicy.DEFAULT).retire()).isNull();
    }

    @Test
    void aThousandClientsStartTwiceAMinuteWhileARequestStartsAtOnce() {
        List<RotationPass> clients = new ArrayList<>();
        for (int client = 0; client < 1_000; client++) {
            clients.add(time.pass(RotationPasses.uid(client), POOL, RotationRecord.original(old), "", ""));
            of(clients.getLast(), SCHEDULED);
        }
        time.pass(TICK);

        assertThat(clients.stream().filter(client -> of(client, SCHEDULED).due() != null))
                .hasSize(1);
        assertThat(due(RotationRecord.original(old), ROTATE + "monday")).isEqualTo(Cause.REQUEST);
        assertThat(demands.of(pass(null, ""), SCHEDULED, Published.State.LOST).due())
                .isEqualTo(Cause.NEED);
        assertThat(demands.untilTurn(clients.get(999), SCHEDULED)).isEqualTo(Duration.ofSeconds(30 * 999));
        clients.forEach(client -> demands.forget(client.target().uid()));
        demands.forget(RotationPasses.UID);
        assertThat(demands.size()).isZero();
    }

    @Test
    void onlyAUsersDemandIsUrgent() {
        RotationRecord rotation = RotationRecord.original(old);
        assertThat(demands.isUrgent(pass(rotation, ""))).isFalse();
        assertThat(demands.isUrgent(pass(rotation, ROTATE + "monday"))).isTrue();
        assertThat(demands.isUrgent(pass(rotation, RETIRE + "X"))).isTrue();
        RotationPass suspected = pass(rotation, "");
        suspected.memory().listed("A");
        assertThat(demands.isUrgent(suspected)).isTrue();
    }

    private RotationPass pass(@Nullable RotationRecord rotation, String annotations) {
        return time.pass(RotationPasses.UID, POOL, rotation, annotations, "");
    }

    private Demand of(RotationPass pass, RotationPolicy policy) {
        return demands.of(pass, policy, Published.State.CURRENT);
    }

    private @Nullable Cause due(@Nullable RotationRecord rotation, String annotations) {
        return of(pass(rotation, annotations), RotationPolicy.DEFAULT).due();
    }
}
