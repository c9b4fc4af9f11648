package dev.appclients.cognito.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.api.v1beta1.UserPoolClientStatus;
import dev.appclients.cognito.controller.OperatorSettings;
import dev.appclients.cognito.controller.RunningOperator;
import dev.appclients.cognito.controller.Stage;
import dev.appclients.cognito.plan.ClientName;
import dev.appclients.cognito.simulator.AppClient;
import dev.appclients.cognito.simulator.JournalEntry;
import dev.appclients.cognito.simulator.LiveSecret;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A stage whose operator lives behind a border, dies there and is succeeded; with what belongs to others all around. */
final class Scene implements AutoCloseable {

    /** How long a create may still turn up: short, so that nobody waits, and long enough for timers of a busy machine. */
    static final Duration SETTLES_AFTER = Duration.ofSeconds(2);

    private static final OperatorSettings SETTINGS = Stage.SETTINGS.withCreateSettlesAfter(SETTLES_AFTER);

    private final Stage stage;
    private final List<AppClient> foreignClients = new ArrayList<>();
    private final HandMade handMade;
    private final Secret foreignSecret;
    private final OperatorSettings settings;
    private final Birth birth;
    private final Mood mood;
    private final SetClock clock;
    private Border border;
    private Life operator;
    private @Nullable Border rivalBorder;
    private @Nullable Life rival;

    /** Brings an operator to life behind a border. */
    @FunctionalInterface
    interface Birth {
        Life behind(Border border, OperatorSettings settings);
    }

    /** An operator that lives. */
    interface Life {

        /** It can reach nobody any more: what is left of it goes. */
        void bury();

        /** An orderly stop. */
        void stop();

        /** It leads no longer, and has been told. */
        default void loseLead() {
            throw new UnsupportedOperationException("An operator of its own process hears of it by its lease.");
        }
    }

    private Scene(OperatorSettings settings, Birth birth, Mood mood, SetClock clock) {
        this.settings = settings;
        this.birth = birth;
        this.mood = mood;
        this.clock = clock;
        stage = Stage.withoutOperator(settings);
        handMade = new HandMade(stage);
        foreignClient("by-hand");
        foreignClient(stage.namespace() + ".web");
        foreignSecret = stage.admin()
                .resource(new SecretBuilder()
                        .withNewMetadata()
                        .withName("somebody-elses")
                        .withNamespace(stage.namespace())
                        .endMetadata()
                        .addToStringData("password", "theirs")
                        .build())
                .create();
        border = new Border(stage.simulator().endpoint(), mood);
        operator = birth.behind(border, settings);
        try {
            stage.applyPool();
            stage.eventually().until(() -> stage.pool().getStatus().userPoolARN() != null);
            awaitQuiet();
        } catch (RuntimeException failed) {
            close();
            throw failed;
        }
    }

    /** With the operator running and the pool Ready. */
    static Scene open() {
        return inThisProcess(SETTLES_AFTER, Mood.GOOD);
    }

    /** As {@link #open()}, with watches of this mood. */
    static Scene open(Mood mood) {
        return inThisProcess(SETTLES_AFTER, mood);
    }

    /** As {@link #open()}, where a create may turn up for so long. */
    static Scene open(Duration settlesAfter) {
        return inThisProcess(settlesAfter, Mood.GOOD);
    }

    static Scene open(OperatorSettings settings, Birth birth) {
        return new Scene(settings, birth, Mood.GOOD, new SetClock());
    }

    /** As {@link #open()}, with operators that are processes of their own. */
    static Scene ofProcesses() {
        return open(SETTINGS, Killable::new);
    }

    private static Scene inThisProcess(Duration settlesAfter, Mood mood) {
        SetClock clock = new SetClock();
        return new Scene(
                SETTINGS.withCreateSettlesAfter(settlesAfter),
                (border, settings) -> inThisProcess(border, settings, clock),
                mood,
                clock);
    }

    static Life inThisProcess(Border border, OperatorSettings settings) {
        return inThisProcess(border, settings, new SetClock());
    }

    private static Life inThisProcess(Border border, OperatorSettings settings, SetClock clock) {
        RunningOperator operator = RunningOperator.start(
                border.cognito(),
                RunningOperator.SetUp.of(settings, border.kubernetesConfig()).withClock(clock));
        return new Life() {
            @Override
            public void loseLead() {
                operator.tenure().lose();
            }

            @Override
            public void bury() {
                operator.abandon();
            }

            @Override
            public void stop() {
                operator.close();
            }
        };
    }

    Stage stage() {
        return stage;
    }

    Border border() {
        return border;
    }

    /** The operator is dead, if it was not; another one starts. */
    void succeed() {
        border.die();
        operator.bury();
        replace();
    }

    /** The operator is stopped as it should be, and nobody takes its place. */
    void stopOrderly() {
        operator.stop();
    }

    /** Another operator starts. */
    void replace() {
        Border former = border;
        border = new Border(stage.simulator().endpoint(), mood);
        operator = birth.behind(border, settings);
        former.close();
    }

    /** The operator leads no longer, and knows it. */
    void loseLead() {
        operator.loseLead();
    }

    /** Another operator leads from now on, and the one before does not know; returns when the new one is at rest. */
    void addRival() {
        rivalBorder = border;
        rival = operator;
        border = new Border(stage.simulator().endpoint(), mood);
        operator = birth.behind(border, settings);
        awaitQuiet();
    }

    /** The one who does not know that he leads no longer dies. */
    void endRival() {
        if (rivalBorder != null && rival != null) {
            rivalBorder.die();
            rival.bury();
            rivalBorder.close();
            rivalBorder = null;
            rival = null;
        }
    }

    /** The clock of the operator's machine. */
    SetClock clock() {
        return clock;
    }

    /** Waits until the operator has nothing more to say, and has heard of everything. */
    void awaitQuiet() {
        Border watched = border;
        int[] passed = {-1};
        await().during(Duration.ofMillis(150).plus(mood.late().multipliedBy(2)))
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(25))
                .until(() -> {
                    int before = passed[0];
                    passed[0] = watched.passed();
                    return before == passed[0];
                });
    }

    /** Waits until the operator has nothing more to say, and forgets what it has said. */
    void calm() {
        awaitQuiet();
        stage.simulator().journal().clear();
        border.begin();
    }

    /** Somebody else's client, which must never be touched. */
    AppClient foreignClient(String name) {
        AppClient client = stage.simulator().createForeignClient(Stage.POOL_ID, name);
        foreignClients.add(client);
        return client;
    }

    /** Clients that the objects may adopt. */
    HandMade handMade() {
        return handMade;
    }

    /** From now on the object's client is nobody's business any more, and stays as it is. */
    void keep(String name) {
        foreignClients.add(clientOf(name));
    }

    /** The clients in Cognito that bear this object's name. */
    List<AppClient> clientsOf(UserPoolClient object) {
        String suffix = ClientName.suffix(object.getMetadata().getUid());
        return stage.cognito().stream()
                .filter(client -> client.name().endsWith(suffix))
                .toList();
    }

    /** The one client of this object. */
    AppClient clientOf(String name) {
        if (handMade.isFor(name)) {
            return handMade.of(name);
        }
        List<AppClient> clients = clientsOf(stage.client(name));
        assertThat(clients).as("clients of " + name).hasSize(1);
        return clients.getFirst();
    }

    /** The settings of a client without its name, which differs from object to object. */
    Map<String, String> settingsOf(String name) {
        return clientOf(name).settings().entrySet().stream()
                .filter(setting -> !setting.getKey().equals("ClientName"))
                .collect(Collectors.toMap(
                        Map.Entry::getKey, setting -> setting.getValue().toString()));
    }

    /** Ready, one client that equals the expected one, its Secret right, nothing in doubt, nothing left over. */
    void assertRight(String name, Map<String, String> expectedSettings) {
        UserPoolClientStatus status = stage.awaitReady(name);
        assertThat(status.pendingCreate()).as("intent").isNull();
        AppClient client = clientOf(name);
        assertThat(client.clientId()).isEqualTo(status.clientId());
        assertThat(settingsOf(name)).isEqualTo(expectedSettings);
        assertSecretRight(secretOf(name), client);
        assertNoOrphan();
        assertForeignUntouched();
    }

    /** The names of an object's Secrets, by the owner reference. */
    String secretOf(String name) {
        String uid = stage.client(name).getMetadata().getUid();
        List<String> owned = stage.admin().secrets().inNamespace(stage.namespace()).list().getItems().stream()
                .filter(secret -> secret.getMetadata().getOwnerReferences().stream()
                        .anyMatch(owner -> owner.getUid().equals(uid)))
                .map(secret -> secret.getMetadata().getName())
                .toList();
        assertThat(owned).as("Secrets of " + name).hasSize(1);
        return owned.getFirst();
    }

    private void assertSecretRight(String secret, AppClient client) {
        Map<String, String> data = stage.data(secret);
        assertThat(data)
                .containsEntry("client-id", client.clientId())
                .containsEntry("user-pool-id", Stage.POOL_ID)
                .containsKeys("issuer", "jwks-uri", "token-uri");
        assertThat(client.secrets())
                .as("the published secret is the client's")
                .extracting(LiveSecret::value)
                .containsExactly(data.get("client-secret"));
    }

    /** Every client in the pool belongs to an object that is there, or to somebody else. */
    void assertNoOrphan() {
        List<String> suffixes =
                stage.admin().resources(UserPoolClient.class).inNamespace(stage.namespace()).list().getItems().stream()
                        .map(object -> ClientName.suffix(object.getMetadata().getUid()))
                        .toList();
        Predicate<AppClient> foreign = client ->
                foreignClients.stream().anyMatch(known -> known.clientId().equals(client.clientId()));
        assertThat(stage.cognito().stream()
                        .filter(foreign.or(handMade::contains).negate())
                        .filter(client -> suffixes.stream().noneMatch(client.name()::endsWith))
                        .map(AppClient::name))
                .as("orphans")
                .isEmpty();
    }

    /** Not changed, and not even asked for. */
    void assertForeignUntouched() {
        for (AppClient foreign : foreignClients) {
            assertThat(stage.simulator().client(Stage.POOL_ID, foreign.clientId()))
                    .isEqualTo(foreign);
        }
        assertThat(stage.simulator().journal().entries())
                .extracting(JournalEntry::clientId)
                .doesNotContainAnyElementsOf(
                        foreignClients.stream().map(AppClient::clientId).toList());
        assertThat(stage.secret("somebody-elses")).isEqualTo(foreignSecret);
    }

    /** How many clients have been created for the object of this name since the journal was cleared. */
    long creates(String name) {
        return stage.simulator().journal().of("CreateUserPoolClient").stream()
                .filter(JournalEntry::committed)
                .filter(create -> String.valueOf(create.clientName()).startsWith(stage.namespace() + "." + name + "."))
                .count();
    }

    /** The object goes, and with it everything that was made for it. */
    void remove(String name) {
        UserPoolClient object = stage.client(name);
        stage.delete(name);
        stage.awaitGone(name);
        assertThat(clientsOf(object)).isEmpty();
    }

    @Override
    public void close() {
        endRival();
        border.die();
        operator.bury();
        border.close();
        stage.close();
    }
}
