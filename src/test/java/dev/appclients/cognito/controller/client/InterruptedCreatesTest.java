package dev.appclients.cognito.controller.client;

import static dev.appclients.cognito.controller.Stage.POOL_ID;
import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.aws.AwsConfiguration;
import dev.appclients.cognito.aws.CallListener;
import dev.appclients.cognito.aws.Quotas;
import dev.appclients.cognito.aws.cognito.CognitoConnection;
import dev.appclients.cognito.controller.TestClock;
import dev.appclients.cognito.controller.cluster.Informers;
import dev.appclients.cognito.controller.reconcile.CheckMemory;
import dev.appclients.cognito.controller.reconcile.OperatorSettings;
import dev.appclients.cognito.plan.ClientName;
import dev.appclients.cognito.plan.Observation;
import dev.appclients.cognito.simulator.Simulator;
import dev.appclients.cognito.simulator.Switch;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Finds the outcome of creates whose intent has no result, with the real adapter against the simulator. */
class InterruptedCreatesTest {

    private static final Duration SETTLES = OperatorSettings.DEFAULT.createSettlesAfter();

    private final TestClock clock = new TestClock();
    private final Instant start = clock.instant();
    private final Random random = new Random(11);
    private final Simulator simulator = Simulator.start();
    private final CreateHistory creates = new CreateHistory(
            SETTLES, clock, () -> Duration.between(start, clock.instant()).toNanos());
    private CognitoConnection connection;
    private ClientObserver observer;

    @BeforeEach
    void connect() {
        // The simulator accepts any key.
        System.setProperty("aws.accessKeyId", "AKIDOPERATOR");
        System.setProperty("aws.secretAccessKey", "unused");
        simulator.pool(POOL_ID);
        simulator.quotas().off();
        simulator.switches().set(Switch.EMPTY_LIST_PAGES, false);
        connection = CognitoConnection.open(
                AwsConfiguration.DEFAULT.withEndpoint(simulator.endpoint()).withQuotas(Quotas.UNLIMITED),
                CallListener.NONE,
                clock);
        CheckMemory checkMemory = new CheckMemory(clock, random);
        Informers nothingKnown = new Informers();
        ClientOwnership clientOwnership = new ClientOwnership(nothingKnown);
        observer = new ClientObserver(
                connection.appClients(),
                clientOwnership,
                new ListedSecrets(connection.appClients(), nothingKnown),
                checkMemory,
                new PreflightCheck(
                        new PoolCompatibility(connection.appClients(), clock),
                        new HeldRefusals(checkMemory, clientOwnership, nothingKnown.roomTries())),
                creates,
                (resource, pool, found, created) -> null,
                OperatorSettings.DEFAULT,
                clock);
    }

    @AfterEach
    void close() {
        connection.close();
        simulator.close();
    }

    @Test
    void oneListFindsAThousandClientsAndAnotherProvesTheAbsenceOfTheRest() throws Exception {
        List<ReconcileInput> subjects = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            ReconcileInput input = intended(clock.instant().minusSeconds(i));
            subjects.add(input);
            // The response to every other create was lost after Cognito had created the client.
            if (i % 2 == 0) {
                make(input);
            }
        }
        List<Observation> found = new ArrayList<>(observe(subjects.subList(0, 600)));
        clock.advance(Duration.ofMillis(700));
        found.addAll(observe(subjects.subList(600, 1_000)));

        assertThat(found).filteredOn(Observation.Present.class::isInstance).hasSize(500);
        assertThat(found)
                .filteredOn(Observation.CreateOutcomeUnknown.class::isInstance)
                .hasSize(500);
        assertThat(simulator.journal().of("ListUserPoolClients"))
                .as("pages of 500 clients")
                .hasSize(9);

        clock.advance(SETTLES.plus(SETTLES.dividedBy(12)));
        List<Observation> givenUp = observe(IntStream.range(0, 1_000)
                .filter(i -> i % 2 == 1)
                .mapToObj(subjects::get)
                .toList());
        assertThat(givenUp).hasSize(500).allMatch(Observation.NotCreated.class::isInstance);
        assertThat(simulator.journal().of("ListUserPoolClients"))
                .as("pages of both lists")
                .hasSize(18);
    }

    /** A list that began before the own create does not prove absence, even with a forged status. */
    @Test
    void aListBegunBeforeTheOwnCreateProvesNoAbsence() throws Exception {
        observe(List.of(intended(start)));
        clock.advance(Duration.ofSeconds(10));
        ReconcileInput own = intended(clock.instant());
        creates.beginCreate(own.uid(), clock.instant());
        make(own);
        clock.advance(Duration.ofSeconds(1));

        assertThat(observe(List.of(own))).singleElement().isInstanceOf(Observation.Present.class);
    }

    @Test
    void createsThatSettleWithinSecondsAreListedAtTheSameTime() {
        // One of them settles a microsecond after such a time.
        Instant listing = Instant.ofEpochSecond(Math.ceilDiv(clock.instant().getEpochSecond() + 2, 5) * 5);
        clock.advance(Duration.between(clock.instant(), listing.minusSeconds(1).plusNanos(1_000)));
        List<Instant> moments = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            String uid = "uid" + i;
            CreateHistory.Settling settling = creates.settling(uid, start);
            Instant now = clock.instant();
            Duration delay = settling.retryAfter(now);
            assertThat(delay).isBetween(settling.left(), settling.left().plusSeconds(5));
            moments.add(now.plus(delay));
            clock.advance(Duration.ofMillis(20));
        }
        assertThat(moments.stream().distinct()).hasSizeLessThanOrEqualTo(2);
    }

    private List<Observation> observe(List<ReconcileInput> subjects) throws InterruptedException, ExecutionException {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Observation>> all = new ArrayList<>();
            for (ReconcileInput input : subjects) {
                all.add(threads.submit(
                        () -> observer.observe(input, PassState.from(input.resource()), SecretNeed.NOTHING)));
            }
            List<Observation> observed = new ArrayList<>();
            for (Future<Observation> one : all) {
                observed.add(one.get());
            }
            return observed;
        }
    }

    private void make(ReconcileInput input) {
        simulator.createForeignClient(POOL_ID, "web" + ClientName.suffix(input.uid()));
    }

    private ReconcileInput intended(Instant since) {
        String uid = new UUID(random.nextLong(), random.nextLong()).toString();
        UserPoolClient client = Serialization.unmarshal("""
                apiVersion: cognito.appclients.dev/v1beta1
                kind: UserPoolClient
                metadata: {name: web, namespace: shop, uid: %s, generation: 1}
                spec: {userPoolRef: {name: customers}, appType: Confidential}
                """.formatted(uid), UserPoolClient.class);
        client.setStatus(Intents.status(client, since.toString()));
        return ReconcileInputs.of(client, 1);
    }
}
