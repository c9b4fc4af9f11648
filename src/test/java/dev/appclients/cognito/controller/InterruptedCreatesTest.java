package dev.appclients.cognito.controller;

import static dev.appclients.cognito.controller.Stage.POOL_ID;
import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.api.v1beta1.PendingCreate;
import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.api.v1beta1.UserPoolClientStatus;
import dev.appclients.cognito.aws.AwsConfiguration;
import dev.appclients.cognito.aws.CallListener;
import dev.appclients.cognito.aws.CognitoConnection;
import dev.appclients.cognito.aws.Quotas;
import dev.appclients.cognito.model.PoolAccess;
import dev.appclients.cognito.model.PoolArn;
import dev.appclients.cognito.model.PoolFacts;
import dev.appclients.cognito.model.PoolId;
import dev.appclients.cognito.model.Sets;
import dev.appclients.cognito.plan.ClientName;
import dev.appclients.cognito.plan.DesiredClient;
import dev.appclients.cognito.plan.Observation;
import dev.appclients.cognito.plan.SettingsDigest;
import dev.appclients.cognito.simulator.Simulator;
import dev.appclients.cognito.simulator.Switch;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Intents without a result, as a look at them finds out what became of them; the real adapter against the simulator. */
class InterruptedCreatesTest {

    private static final String ARN = "arn:aws:cognito-idp:eu-west-1:123456789012:userpool/" + POOL_ID;
    private static final Duration SETTLES = OperatorSettings.DEFAULT.createSettlesAfter();

    private final TestClock clock = new TestClock();
    private final Random random = new Random(11);
    private final Simulator simulator = Simulator.start();
    private final RecentIntents recent = new RecentIntents();
    private CognitoConnection connection;
    private ClientObserver observer;

    @BeforeEach
    void connect() {
        // Any key will do for the simulator.
        System.setProperty("aws.accessKeyId", "AKIDOPERATOR");
        System.setProperty("aws.secretAccessKey", "unused");
        simulator.pool(POOL_ID);
        simulator.quotas().off();
        simulator.switches().set(Switch.EMPTY_LIST_PAGES, false);
        connection = CognitoConnection.open(
                AwsConfiguration.DEFAULT.withEndpoint(simulator.endpoint()).withQuotas(Quotas.UNLIMITED),
                CallListener.NONE,
                clock);
        LookMemory memory = new LookMemory(clock, random);
        observer = new ClientObserver(
                connection.appClients(),
                memory,
                recent,
                new Refusals(memory, new Informers()),
                OperatorSettings.DEFAULT,
                clock);
    }

    @AfterEach
    void close() {
        connection.close();
        simulator.close();
    }

    @Test
    void aThousandAreRecoveredWithOneWalkHoweverLateTheyCome() throws Exception {
        List<Subject> subjects = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            Subject subject = intended(clock.instant().minus(SETTLES).minusSeconds(i));
            subjects.add(subject);
            // The answer to every other one was lost after the client had been made.
            if (i % 2 == 0) {
                make(subject);
            }
        }
        List<Observation> observed = new ArrayList<>(observe(subjects.subList(0, 600)));
        clock.advance(Duration.ofSeconds(20));
        observed.addAll(observe(subjects.subList(600, 1_000)));

        assertThat(observed).filteredOn(Observation.Present.class::isInstance).hasSize(500);
        assertThat(observed)
                .filteredOn(Observation.NotCreated.class::isInstance)
                .hasSize(500);
        assertThat(simulator.journal().of("ListUserPoolClients"))
                .as("500 clients are nine pages")
                .hasSize(9);
    }

    @Test
    void oneThatMayStillTurnUpIsLookedForAtOnceAndNotGivenUp() throws Exception {
        Subject subject = intended(clock.instant().minusSeconds(5));

        assertThat(observe(List.of(subject)))
                .containsExactly(new Observation.Unresolved(Instant.parse(
                                subject.resource().getStatus().pendingCreate().since())
                        .plus(SETTLES)));
        make(subject);
        clock.advance(Duration.ofSeconds(1));
        assertThat(observe(List.of(subject))).singleElement().isInstanceOf(Observation.Present.class);
    }

    /** Somebody wipes the status, or writes an old date into it, right after our create: the kept walk is too old for that. */
    @Test
    void aWalkFromBeforeOurOwnCreateDoesNotProveThatThereIsNone() throws Exception {
        observe(List.of(intended(Instant.EPOCH)));
        clock.advance(Duration.ofSeconds(10));
        Subject forged = intended(Instant.EPOCH);
        recent.add(forged.uid(), clock.instant());
        make(forged);
        clock.advance(Duration.ofSeconds(1));

        assertThat(observe(List.of(forged))).singleElement().isInstanceOf(Observation.Present.class);
    }

    private List<Observation> observe(List<Subject> subjects) throws InterruptedException, ExecutionException {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Observation>> all = new ArrayList<>();
            for (Subject subject : subjects) {
                all.add(threads.submit(
                        () -> observer.observe(subject, Progress.from(subject.resource()), SecretNeed.NOTHING)));
            }
            List<Observation> observed = new ArrayList<>();
            for (Future<Observation> one : all) {
                observed.add(one.get());
            }
            return observed;
        }
    }

    private void make(Subject subject) {
        simulator.createForeignClient(POOL_ID, "web" + ClientName.suffix(subject.uid()));
    }

    private Subject intended(Instant since) {
        String uid = new UUID(random.nextLong(), random.nextLong()).toString();
        UserPoolClient client = Serialization.unmarshal("""
                apiVersion: cognito.appclients.dev/v1beta1
                kind: UserPoolClient
                metadata: {name: web, namespace: shop, uid: %s, generation: 1}
                spec: {userPoolRef: {name: customers}, appType: Confidential}
                """.formatted(uid), UserPoolClient.class);
        client.setStatus(new UserPoolClientStatus(
                1L, null, ARN, new PendingCreate(since.toString()), null, null, null, null, null, null, List.of()));
        DesiredClient desired = DesiredClient.of(client.getSpec(), "shop", "web", uid);
        Admission pool = new Admission(
                "customers",
                1,
                new PoolAccess(new PoolId(POOL_ID), null, null, "shop"),
                new PoolFacts(new PoolArn(ARN), "https://issuer", null, "ESSENTIALS", Sets.sorted(Set.of())));
        return new Subject(client, null, pool, desired, SettingsDigest.of(desired));
    }
}
