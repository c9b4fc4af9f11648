package dev.appclients.cognito.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.api.v1beta1.UserPoolClientStatus;
import dev.appclients.cognito.controller.RunningOperator;
import dev.appclients.cognito.controller.Stage;
import dev.appclients.cognito.controller.reconcile.OperatorSettings;
import dev.appclients.cognito.model.SecretTypes;
import dev.appclients.cognito.plan.ClientName;
import dev.appclients.cognito.simulator.AppClient;
import dev.appclients.cognito.simulator.JournalEntry;
import dev.appclients.cognito.simulator.LiveSecret;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A stage with foreign clients and Secrets, whose operator runs behind a fault proxy, crashes and is restarted. */
final class Scene implements AutoCloseable {

    /** The settling time of a create: short, so that tests are fast, and long enough for the timers of a busy machine. */
    static final Duration SETTLES_AFTER = Duration.ofSeconds(2);

    private static final OperatorSettings SETTINGS = Stage.SETTINGS.withCreateSettlesAfter(SETTLES_AFTER);

    private final Stage stage;
    private final List<AppClient> foreignClients = new ArrayList<>();
    private final HandMade handMade;
    private final Secret foreignSecret;
    private final OperatorSettings settings;
    private final Launcher launcher;
    private final WatchBehavior watches;
    private final AdjustableClock clock;
    private final SecretDeletions deletions;
    private FaultProxy proxy;
    private Handle operator;
    private @Nullable FaultProxy firstProxy;
    private @Nullable Handle firstLeader;
    private @Nullable String otherNamespace;

    /** Starts an operator behind a proxy. */
    @FunctionalInterface
    interface Launcher {
        Handle start(FaultProxy proxy, OperatorSettings settings);
    }

    /** A started operator. */
    interface Handle {

        /** Discards an operator whose connections are cut. */
        void discard();

        /** Stops the operator in order. */
        void stop();

        /** Whether no reconciliation is in flight. An operator process does not tell. */
        default boolean isIdle() {
            return true;
        }

        /** Whether the operator's caches have this version of the object. An operator process does not tell. */
        default boolean hasSeen(HasMetadata object) {
            return true;
        }

        /** Ends the operator's leadership, and notifies it. */
        default void loseLeadership() {
            throw new UnsupportedOperationException("An operator process loses leadership only by its lease.");
        }

        /** Starts no reconciliation from now on. Those in flight go on. */
        default void beginStop() {
            throw new UnsupportedOperationException("An operator process stops only as a whole.");
        }
    }

    private Scene(OperatorSettings settings, Launcher launcher, WatchBehavior watches, AdjustableClock clock) {
        this.settings = settings;
        this.launcher = launcher;
        this.watches = watches;
        this.clock = clock;
        stage = Stage.withoutOperator(settings);
        deletions = new SecretDeletions(stage);
        handMade = new HandMade(stage);
        foreignClient("by-hand");
        foreignClient(stage.namespace() + ".web");
        foreignSecret = stage.admin()
                .resource(new SecretBuilder()
                        .withNewMetadata()
                        .withName("foreign")
                        .withNamespace(stage.namespace())
                        .endMetadata()
                        .addToStringData("password", "theirs")
                        .build())
                .create();
        proxy = openProxy();
        try {
            operator = launcher.start(proxy, settings);
        } catch (RuntimeException failed) {
            proxy.close();
            stage.close();
            throw failed;
        }
        try {
            stage.applyPool();
            stage.eventually().until(() -> stage.pool().getStatus().userPoolARN() != null);
            awaitQuiet();
        } catch (RuntimeException failed) {
            close();
            throw failed;
        }
    }

    private FaultProxy openProxy() {
        FaultProxy opened = new FaultProxy(stage.simulator().endpoint(), watches);
        opened.onSecretDeletion(deletions::judge);
        return opened;
    }

    /** Opens a scene with a running operator and a Ready pool. */
    static Scene open() {
        return inThisProcess(SETTLES_AFTER, WatchBehavior.NORMAL);
    }

    /** Opens a scene with this watch behavior. */
    static Scene open(WatchBehavior watches) {
        return inThisProcess(SETTLES_AFTER, watches);
    }

    /** Opens a scene with this settling time of a create. */
    static Scene open(Duration settlesAfter) {
        return inThisProcess(settlesAfter, WatchBehavior.NORMAL);
    }

    static Scene open(OperatorSettings settings, Launcher launcher) {
        return new Scene(settings, launcher, WatchBehavior.NORMAL, new AdjustableClock());
    }

    /** Opens a scene whose operators are separate processes. */
    static Scene ofProcesses() {
        return open(SETTINGS, OperatorProcess::new);
    }

    private static Scene inThisProcess(Duration settlesAfter, WatchBehavior watches) {
        AdjustableClock clock = new AdjustableClock();
        return new Scene(
                SETTINGS.withCreateSettlesAfter(settlesAfter),
                (proxy, settings) -> inThisProcess(proxy, settings, clock),
                watches,
                clock);
    }

    static Handle inThisProcess(FaultProxy proxy, OperatorSettings settings) {
        return inThisProcess(proxy, settings, new AdjustableClock());
    }

    static Handle inThisProcess(FaultProxy proxy, OperatorSettings settings, InstantSource clock) {
        RunningOperator operator = RunningOperator.start(
                proxy.cognito(),
                RunningOperator.SetUp.of(settings, proxy.kubernetesConfig()).withClock(clock));
        return new Handle() {
            @Override
            public boolean isIdle() {
                return operator.isIdle();
            }

            @Override
            public boolean hasSeen(HasMetadata object) {
                return operator.hasSeen(object);
            }

            @Override
            public void loseLeadership() {
                operator.gate().lose();
            }

            @Override
            public void beginStop() {
                operator.gate().stop();
            }

            @Override
            public void discard() {
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

    FaultProxy proxy() {
        return proxy;
    }

    /** Crashes the operator if it still runs, and starts another one. */
    void crashAndRestart() {
        proxy.crash();
        operator.discard();
        startAnother();
    }

    /** Stops the operator in order, without a successor. */
    void stopOrderly() {
        operator.stop();
    }

    /** Starts another operator. */
    void startAnother() {
        FaultProxy former = proxy;
        proxy = openProxy();
        operator = launcher.start(proxy, settings);
        former.close();
    }

    /** Begins an orderly stop, without waiting. */
    void beginStop() {
        operator.beginStop();
    }

    /** Ends the operator's leadership, and notifies it. */
    void loseLeadership() {
        operator.loseLeadership();
    }

    /** Starts a second leader. The first one does not know that it lost the lead. Returns when the second one is idle. */
    void addSecondLeader() {
        firstProxy = proxy;
        firstLeader = operator;
        proxy = openProxy();
        operator = launcher.start(proxy, settings);
        awaitQuiet();
    }

    /** Crashes the first leader. */
    void crashFirstLeader() {
        if (firstProxy != null && firstLeader != null) {
            firstProxy.crash();
            firstLeader.discard();
            firstProxy.close();
            firstProxy = null;
            firstLeader = null;
        }
    }

    /** Another namespace, which exists until the scene is closed. */
    String otherNamespace() {
        if (otherNamespace == null) {
            otherNamespace = stage.admin()
                    .resource(new NamespaceBuilder()
                            .withNewMetadata()
                            .withGenerateName("other-")
                            .endMetadata()
                            .build())
                    .create()
                    .getMetadata()
                    .getName();
        }
        return otherNamespace;
    }

    /** The clock of the operator's machine. */
    AdjustableClock clock() {
        return clock;
    }

    /** Lets time pass at once for Cognito and the operator's machine. */
    void pass(Duration time) {
        stage.simulator().clock().advance(time);
        clock.pass(time);
    }

    /** Triggers a reconciliation of every client. */
    void wake() {
        stage.labelNamespace("woken-at", Long.toString(System.nanoTime()));
    }

    /** Waits until the operator's cache has the client as it is now. A trigger by another watch may be ahead of it. */
    void awaitSeen(String name) {
        stage.eventually().until(() -> operator.hasSeen(stage.client(name)));
    }

    /** The rotations of client secrets. */
    SceneRotation rotation() {
        return new SceneRotation(this);
    }

    /** The deletions of client secrets, each judged before Cognito received it. */
    SecretDeletions deletions() {
        return deletions;
    }

    /** Waits until the operator makes no more calls, has received every event, and reconciles nothing. */
    void awaitQuiet() {
        FaultProxy watched = proxy;
        Handle reconciling = operator;
        int[] calls = {-1};
        await().during(Duration.ofMillis(150).plus(watches.delay().multipliedBy(2)))
                .atMost(Stage.PATIENCE)
                .pollInterval(Duration.ofMillis(25))
                .until(() -> {
                    int before = calls[0];
                    calls[0] = watched.callCount();
                    // On a busy machine a reconciliation may rest between two calls.
                    return before == calls[0] && reconciling.isIdle();
                });
    }

    /** Waits until the operator makes no more calls, and clears the recorded ones. */
    void settle() {
        awaitQuiet();
        stage.simulator().journal().clear();
        proxy.clearCalls();
    }

    /** Creates a foreign client, which the operator must never touch. */
    AppClient foreignClient(String name) {
        AppClient client = stage.simulator().createForeignClient(Stage.POOL_ID, name);
        foreignClients.add(client);
        return client;
    }

    /** The clients that the objects may adopt. */
    HandMade handMade() {
        return handMade;
    }

    /** Treats the object's client as foreign from now on. */
    void keep(String name) {
        foreignClients.add(clientOf(name));
    }

    /** The clients in Cognito with the name suffix of this object. */
    List<AppClient> clientsOf(UserPoolClient object) {
        String suffix = ClientName.suffix(object.getMetadata().getUid());
        return stage.cognito().stream()
                .filter(client -> client.name().endsWith(suffix))
                .toList();
    }

    /** The only client of this object. */
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

    /** Asserts: Ready, one client with the expected settings, the right Secret, no open intent and no orphan. */
    void assertSynced(String name, Map<String, String> expectedSettings) {
        UserPoolClientStatus status = stage.awaitReady(name);
        assertThat(status.pendingCreate()).as("intent").isNull();
        AppClient client = clientOf(name);
        assertThat(client.clientId()).isEqualTo(status.clientId());
        assertThat(settingsOf(name)).isEqualTo(expectedSettings);
        assertSecretPublished(secretOf(name), client);
        assertNoOrphan();
        assertForeignUntouched();
    }

    /** The name of the object's only Secret beside the record of its rotation, by the owner reference. */
    String secretOf(String name) {
        String uid = stage.client(name).getMetadata().getUid();
        List<String> owned = stage.admin().secrets().inNamespace(stage.namespace()).list().getItems().stream()
                .filter(secret -> secret.getMetadata().getOwnerReferences().stream()
                        .anyMatch(owner -> owner.getUid().equals(uid)))
                .filter(secret -> !SecretTypes.ROTATION.equals(secret.getType()))
                .map(secret -> secret.getMetadata().getName())
                .toList();
        assertThat(owned).as("Secrets of " + name).hasSize(1);
        return owned.getFirst();
    }

    /** The names of the object's ConfigMaps, by the owner reference. */
    List<String> configMapsOf(String name) {
        String uid = stage.client(name).getMetadata().getUid();
        return stage.admin().configMaps().inNamespace(stage.namespace()).list().getItems().stream()
                .filter(configMap -> configMap.getMetadata().getOwnerReferences().stream()
                        .anyMatch(owner -> owner.getUid().equals(uid)))
                .map(configMap -> configMap.getMetadata().getName())
                .toList();
    }

    private void assertSecretPublished(String secret, AppClient client) {
        Map<String, String> data = stage.data(secret);
        assertThat(data)
                .containsEntry("client-id", client.clientId())
                .containsEntry("user-pool-id", Stage.POOL_ID)
                .containsKeys("issuer", "jwks-uri", "token-uri");
        assertThat(client.secrets())
                .as("the published secret is the client's newest")
                .extracting(LiveSecret::value)
                .last()
                .isEqualTo(data.get("client-secret"));
    }

    /** Asserts that every client in the pool belongs to an existing object or is foreign. */
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

    /** Asserts that everything foreign is unchanged and was not requested. */
    void assertForeignUntouched() {
        for (AppClient foreign : foreignClients) {
            assertThat(stage.simulator().client(Stage.POOL_ID, foreign.clientId()))
                    .isEqualTo(foreign);
        }
        assertThat(stage.simulator().journal().entries())
                .extracting(JournalEntry::clientId)
                .doesNotContainAnyElementsOf(
                        foreignClients.stream().map(AppClient::clientId).toList());
        assertThat(stage.secret("foreign")).isEqualTo(foreignSecret);
    }

    /** The number of clients created for the object with this name since the journal was cleared. */
    long creates(String name) {
        return stage.simulator().journal().of("CreateUserPoolClient").stream()
                .filter(JournalEntry::committed)
                .filter(create -> String.valueOf(create.clientName()).startsWith(stage.namespace() + "." + name + "."))
                .count();
    }

    /** Deletes the object, and asserts that its client is deleted. */
    void remove(String name) {
        UserPoolClient object = stage.client(name);
        stage.delete(name);
        stage.awaitGone(name);
        assertThat(clientsOf(object)).isEmpty();
    }

    @Override
    public void close() {
        crashFirstLeader();
        proxy.crash();
        operator.discard();
        proxy.close();
        if (otherNamespace != null) {
            stage.admin().namespaces().withName(otherNamespace).delete();
        }
        stage.close();
    }
}
