package dev.appclients.cognito.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.appclients.cognito.api.v1beta1.ClientSecretClaim;
import dev.appclients.cognito.api.v1beta1.ClusterUserPool;
import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.api.v1beta1.UserPoolClientStatus;
import dev.appclients.cognito.controller.reconcile.OperatorSettings;
import dev.appclients.cognito.controlplane.Edits;
import dev.appclients.cognito.controlplane.TestCluster;
import dev.appclients.cognito.simulator.AppClient;
import dev.appclients.cognito.simulator.JournalEntry;
import dev.appclients.cognito.simulator.Simulator;
import dev.appclients.cognito.status.Conditions;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;

/**
 * A test environment: a namespace, a pool in the simulator with its ClusterUserPool, and the operator. Closing it removes its
 * objects from the cluster.
 */
public final class Stage implements AutoCloseable {

    public static final String POOL_ID = "eu-west-1_Shop";
    public static final String POOL = "customers";

    /** The timeout of every wait: twice the longest back-off of a transient error. Only a failing test waits this long. */
    public static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final Duration NEVER = Duration.ofDays(1_000);

    /** The shipped settings without periodic checks, so that every call belongs to the tested behaviour. */
    public static final OperatorSettings SETTINGS = OperatorSettings.DEFAULT
            .withCreateSettlesAfter(Duration.ofSeconds(2))
            .withDriftCheckInterval(NEVER)
            .withPoolInterval(NEVER);

    private final Simulator simulator = Simulator.start();
    private final KubernetesClient admin = TestCluster.admin();
    private final String namespace;
    private final OperatorSettings settings;
    private final InstantSource clock;
    private @Nullable RunningOperator operator;

    private Stage(OperatorSettings settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
        simulator.quotas().off();
        simulator.pool(POOL_ID).prefixDomain("shop").resourceServer("orders", "read", "write");
        namespace = admin.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withGenerateName("shop-")
                        .endMetadata()
                        .build())
                .create()
                .getMetadata()
                .getName();
    }

    /** Opens a stage with a running operator and a Ready pool. */
    public static Stage open() {
        return open(SETTINGS);
    }

    public static Stage open(OperatorSettings settings) {
        return open(settings, Clock.systemUTC());
    }

    public static Stage open(OperatorSettings settings, InstantSource clock) {
        Stage stage = new Stage(settings, clock);
        try {
            stage.startOperator();
            stage.applyPool();
            stage.eventually()
                    .untilAsserted(() ->
                            assertThat(stage.pool().getStatus().userPoolARN()).isNotNull());
        } catch (RuntimeException failed) {
            // The next test must not find the operator and the pool of this one.
            stage.close();
            throw failed;
        }
        stage.simulator.journal().clear();
        return stage;
    }

    /** Opens a stage without the operator and the ClusterUserPool. */
    public static Stage withoutOperator(OperatorSettings settings) {
        return new Stage(settings, Clock.systemUTC());
    }

    /** The operator that runs now. */
    public RunningOperator operator() {
        return Objects.requireNonNull(operator);
    }

    public RunningOperator startOperator() {
        return startOperator(simulator.endpoint());
    }

    public RunningOperator startOperator(URI cognito) {
        operator = RunningOperator.start(cognito, settings, clock);
        return operator;
    }

    /** Stops the operator in order. */
    public void stopOperator() {
        if (operator != null) {
            operator.close();
            operator = null;
        }
    }

    public void restartOperator() {
        stopOperator();
        startOperator();
    }

    public void applyPool() {
        applyPool(POOL, "namespaces: {from: All}");
    }

    /**
     * Applies the pool, and waits until the operator, if it runs, has observed it.
     *
     * @param settings lines of the spec, without indentation, that override or extend the defaults of a trusted pool
     */
    public void applyPool(String name, String settings) {
        String lines = settings.strip();
        if (!name.equals(POOL) && !lines.contains("userPoolId:")) {
            awaitLaterSecondThanPool();
        }
        apply("""
                apiVersion: cognito.appclients.dev/v1beta1
                kind: ClusterUserPool
                metadata: {name: %s}
                spec:
                """.formatted(name)
                + (lines.contains("userPoolId:") ? "" : "  userPoolId: " + POOL_ID + "\n")
                + (lines.contains("aws:") ? "" : "  aws: {identity: Operator}\n")
                + (lines.contains("tenancy:") ? "" : "  tenancy: Trusted\n")
                + lines.indent(2));
        // The watch of clients may be ahead of the watch of pools.
        awaitSeen(() -> pool(name));
    }

    /** Waits until the operator, if it runs, has the present version of the object in its cache. */
    private void awaitSeen(Supplier<? extends HasMetadata> object) {
        RunningOperator running = operator;
        if (running != null && !running.gate().isStopping()) {
            eventually().until(() -> running.hasSeen(object.get()));
        }
    }

    /** The UID decides between two pools of the same second, so a second pool for the same user pool might be the first. */
    private void awaitLaterSecondThanPool() {
        ClusterUserPool first =
                admin.resources(ClusterUserPool.class).withName(POOL).get();
        if (first != null) {
            Instant created = Instant.parse(first.getMetadata().getCreationTimestamp());
            eventually().until(() -> Instant.now().isAfter(created.plusSeconds(1)));
        }
    }

    /** Applies a manifest as a user, by server-side apply. A namespaced object goes into the stage's namespace. */
    public HasMetadata apply(String yaml) {
        HasMetadata object = Serialization.unmarshal(yaml);
        if (!object.getKind().equals("ClusterUserPool")) {
            object.getMetadata().setNamespace(namespace);
        }
        return admin.resource(object).fieldManager("user").forceConflicts().serverSideApply();
    }

    /** Applies a confidential client without further settings. */
    public void applyClient(String name) {
        applyClient(name, "appType: Confidential");
    }

    /** @param settings lines of the spec, without indentation */
    public void applyClient(String name, String settings) {
        apply("""
                apiVersion: cognito.appclients.dev/v1beta1
                kind: UserPoolClient
                metadata: {name: %s}
                spec:
                  userPoolRef: {name: customers}
                """.formatted(name) + settings.strip().indent(2));
    }

    public UserPoolClient client(String name) {
        return clients().withName(name).require();
    }

    /** Changes the client in Cognito as another writer. */
    public void changeInCognito(String name, Map<String, ?> settings) {
        simulator.changeClient(POOL_ID, Objects.requireNonNull(status(name).clientId()), settings);
    }

    /** Changes one setting in Cognito as another writer. Null restores a setting that was never set. */
    public void setInCognito(String name, String setting, @Nullable Object value) {
        changeInCognito(name, Collections.singletonMap(setting, value));
    }

    /** Returns a setting of the client in Cognito, or null if it was never set. */
    public @Nullable String inCognito(String name, String setting) {
        return simulator
                .client(POOL_ID, Objects.requireNonNull(status(name).clientId()))
                .setting(setting)
                .map(JsonNode::toString)
                .orElse(null);
    }

    public UserPoolClientStatus status(String name) {
        return client(name).getStatus();
    }

    public Optional<Condition> condition(String name, String type) {
        return Conditions.find(status(name).conditions(), type);
    }

    /** Waits for this condition with the current generation, and returns it. */
    public Condition awaitCondition(String name, String type, String status, String reason) {
        return Conditions.find(awaitStatus(name, type, status, reason).conditions(), type)
                .orElseThrow();
    }

    public UserPoolClientStatus awaitReady(String name) {
        return awaitStatus(name, "Ready", "True", "Synced");
    }

    /** Returns the status with the condition, not a later one. */
    private UserPoolClientStatus awaitStatus(String name, String type, String status, String reason) {
        AtomicReference<UserPoolClientStatus> seen = new AtomicReference<>();
        eventually().untilAsserted(() -> {
            UserPoolClient client = client(name);
            seen.set(client.getStatus());
            assertThat(Conditions.find(client.getStatus().conditions(), type))
                    .as("%s of %s, whose status is %s", type, name, client.getStatus())
                    .hasValueSatisfying(condition -> {
                        assertThat(condition.getStatus()).isEqualTo(status);
                        assertThat(condition.getReason()).isEqualTo(reason);
                        assertThat(condition.getObservedGeneration())
                                .isEqualTo(client.getMetadata().getGeneration());
                    });
        });
        return seen.get();
    }

    public void awaitGone(String name) {
        eventually().until(() -> clients().withName(name).get() == null);
    }

    public void edit(String name, UnaryOperator<UserPoolClient> change) {
        Edits.edit(clients().withName(name), change);
    }

    public void annotate(String name, String annotation, String value) {
        edit(name, client -> {
            client.getMetadata().getAnnotations().put(annotation, value);
            return client;
        });
    }

    public void removeAnnotation(String name, String annotation) {
        edit(name, client -> {
            client.getMetadata().getAnnotations().remove(annotation);
            return client;
        });
    }

    /** Triggers a reconciliation of the client as it is now, without changing it, and waits until it has finished. */
    public void wake(String name) {
        wakeAll(List.of(name));
    }

    /** Triggers a reconciliation of every client of the namespace as {@link #wake} does, and waits for those of these clients. */
    public void wakeAll(List<String> names) {
        RunningOperator running = Objects.requireNonNull(operator);
        // The trigger comes by the watch of namespaces, which may be ahead of the watch of clients.
        names.forEach(name -> awaitSeen(() -> client(name)));
        Passes passes = running.passes();
        Map<String, Integer> before = names.stream()
                .map(name -> client(name).getMetadata().getUid())
                .collect(Collectors.toMap(Function.identity(), passes::started));
        String now = Long.toString(System.nanoTime());
        labelNamespace("woken-at", now);
        // Another event may cause a reconciliation before this one does.
        eventually().until(() -> running.hasSeenLabel(namespace, "woken-at", now));
        before.forEach((uid, started) -> eventually().until(() -> passes.finished(uid) > started));
    }

    /** Waits until the operator's cache has the Secret as it is now. */
    public void awaitSeen(String secretName) {
        awaitSeen(() -> Objects.requireNonNull(secret(secretName)));
    }

    /** @param value null removes the label */
    public void labelNamespace(String label, @Nullable String value) {
        Edits.edit(admin.namespaces().withName(namespace), found -> {
            found.getMetadata().getLabels().compute(label, (known, before) -> value);
            return found;
        });
    }

    /** The operations that Cognito received since the last {@link #forgetCalls}, in the order in which they ended. */
    public List<String> calls() {
        return simulator.journal().entries().stream()
                .map(JournalEntry::operation)
                .toList();
    }

    public void forgetCalls() {
        simulator.journal().clear();
    }

    /** The reasons of the events about this object, each repeated by its count, in the order of their last occurrence. */
    public List<String> events(String name) {
        return ObjectEvents.reasons(eventsAbout(name));
    }

    /** Waits for exactly these events. The operator writes an event after the status that it reports. */
    public void awaitEvents(String name, String... reasons) {
        eventually().untilAsserted(() -> assertThat(events(name)).containsExactly(reasons));
    }

    public List<Event> eventsAbout(String name) {
        return ObjectEvents.of(admin, namespace, name);
    }

    /** Writes values into the status that only the operator should write. */
    public void forgeStatus(String name, Consumer<Map<String, Object>> forgery) {
        StatusForgery.of(
                admin.genericKubernetesResources("cognito.appclients.dev/v1beta1", "UserPoolClient")
                        .inNamespace(namespace)
                        .withName(name),
                forgery);
    }

    /** Removes the whole status, including fields of other managers. */
    public void wipeStatus(String name) {
        StatusForgery.wipe(clients().withName(name));
    }

    public void delete(String name) {
        clients().withName(name).delete();
    }

    public @Nullable Secret secret(String name) {
        return admin.secrets().inNamespace(namespace).withName(name).get();
    }

    public void deleteSecret(String name) {
        admin.secrets().inNamespace(namespace).withName(name).delete();
    }

    /** Edits the Secret as {@code kubectl edit} does. */
    public void editSecret(String name, Consumer<Secret> change) {
        Edits.edit(admin.secrets().inNamespace(namespace).withName(name), secret -> {
            change.accept(secret);
            return secret;
        });
    }

    /** Applies the Secret as another tool, by server-side apply. */
    public void applySecretAs(String manager, String name, String content) {
        Secret manifest = Serialization.unmarshal("""
                apiVersion: v1
                kind: Secret
                metadata: {name: %s, namespace: %s}
                %s
                """.formatted(name, namespace, content));
        admin.resource(manifest).fieldManager(manager).forceConflicts().serverSideApply();
    }

    /** Returns the Secret's data, decoded. */
    public Map<String, String> data(String name) {
        Secret secret = secret(name);
        assertThat(secret).as("Secret %s", name).isNotNull();
        return secret.getData().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        entry -> new String(Base64.getDecoder().decode(entry.getValue()), StandardCharsets.UTF_8)));
    }

    /** The clients in Cognito. */
    public List<AppClient> cognito() {
        return simulator.clients(POOL_ID);
    }

    public Simulator simulator() {
        return simulator;
    }

    public KubernetesClient admin() {
        return admin;
    }

    public String namespace() {
        return namespace;
    }

    public ClusterUserPool pool() {
        return pool(POOL);
    }

    public ClusterUserPool pool(String name) {
        return admin.resources(ClusterUserPool.class).withName(name).require();
    }

    public void annotatePool(String name, String annotation, String value) {
        Edits.edit(admin.resources(ClusterUserPool.class).withName(name), pool -> {
            pool.getMetadata().getAnnotations().put(annotation, value);
            return pool;
        });
    }

    /** Deletes the pool and removes its finalizer as a user. */
    public void removePoolByForce(String name) {
        ForcedRemoval.of(admin, pool(name));
        awaitPoolGone(name);
    }

    private void awaitPoolGone(String name) {
        Resource<ClusterUserPool> removed =
                admin.resources(ClusterUserPool.class).withName(name);
        eventually().until(() -> removed.get() == null);
    }

    public Condition awaitPool(String name, String type, String status, String reason) {
        AtomicReference<List<Condition>> seen = new AtomicReference<>();
        eventually().untilAsserted(() -> {
            seen.set(pool(name).getStatus().conditions());
            assertThat(seen.get()).as("conditions of pool %s", name).anySatisfy(condition -> {
                assertThat(condition.getType()).isEqualTo(type);
                assertThat(condition.getStatus()).isEqualTo(status);
                assertThat(condition.getReason()).isEqualTo(reason);
            });
        });
        return Conditions.find(seen.get(), type).orElseThrow();
    }

    /** Deletes the pool as a user. No client may refer to it. */
    public void removePool() {
        admin.resources(ClusterUserPool.class).withName(POOL).delete();
        awaitPoolGone(POOL);
    }

    public ConditionFactory eventually() {
        return await().atMost(PATIENCE).pollInterval(Duration.ofMillis(20)).ignoreExceptions();
    }

    private NonNamespaceOperation<UserPoolClient, ?, Resource<UserPoolClient>> clients() {
        return admin.resources(UserPoolClient.class).inNamespace(namespace);
    }

    @Override
    public void close() {
        try {
            stopOperator();
        } finally {
            // Removes all objects without the operator, so that the next stage finds none.
            ForcedRemoval.ofAll(admin, ClientSecretClaim.class);
            ForcedRemoval.ofAll(admin, UserPoolClient.class);
            ForcedRemoval.ofAll(admin, ClusterUserPool.class);
            admin.namespaces().withName(namespace).delete();
            simulator.close();
            admin.close();
        }
    }
}
