package dev.appclients.cognito.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.appclients.cognito.api.v1beta1.ClusterUserPool;
import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.api.v1beta1.UserPoolClientStatus;
import dev.appclients.cognito.controlplane.Edits;
import dev.appclients.cognito.controlplane.TestCluster;
import dev.appclients.cognito.simulator.AppClient;
import dev.appclients.cognito.simulator.JournalEntry;
import dev.appclients.cognito.simulator.Simulator;
import dev.appclients.cognito.status.Conditions;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;

/**
 * Where a behaviour is played: a namespace, a pool in the simulator with its ClusterUserPool, and the operator. Closing it
 * leaves the cluster as it was.
 */
public final class Stage implements AutoCloseable {

    public static final String POOL_ID = "eu-west-1_Shop";
    public static final String POOL = "customers";

    /** Far more than anything takes; only a failing test waits so long. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Duration NEVER = Duration.ofDays(1_000);

    /** What ships, but no slot begins while a test runs: every call is one that the test is about. */
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

    /** With the operator running and the pool Ready. */
    public static Stage open() {
        return open(SETTINGS);
    }

    public static Stage open(OperatorSettings settings) {
        return open(settings, Clock.systemUTC());
    }

    public static Stage open(OperatorSettings settings, InstantSource clock) {
        Stage stage = new Stage(settings, clock);
        stage.startOperator();
        stage.applyPool();
        stage.eventually()
                .untilAsserted(
                        () -> assertThat(stage.pool().getStatus().userPoolARN()).isNotNull());
        stage.simulator.journal().clear();
        return stage;
    }

    /** With neither the operator nor the ClusterUserPool. */
    public static Stage withoutOperator(OperatorSettings settings) {
        return new Stage(settings, Clock.systemUTC());
    }

    public RunningOperator startOperator() {
        return startOperator(simulator.endpoint());
    }

    public RunningOperator startOperator(URI cognito) {
        operator = RunningOperator.start(cognito, settings, clock);
        return operator;
    }

    /** An orderly stop. */
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

    /** @param settings lines of the spec, without indentation, that differ from a trusted pool for nobody */
    public void applyPool(String name, String settings) {
        String lines = settings.strip();
        apply("""
                apiVersion: cognito.appclients.dev/v1beta1
                kind: ClusterUserPool
                metadata: {name: %s}
                spec:
                """.formatted(name) + (lines.contains("userPoolId:") ? "" : "  userPoolId: " + POOL_ID + "\n")
                + (lines.contains("aws:") ? "" : "  aws: {identity: Operator}\n")
                + "  tenancy: Trusted\n"
                + lines.indent(2));
    }

    /** Applies a manifest as a user would, by server-side apply; a namespaced object goes into the stage's namespace. */
    public HasMetadata apply(String yaml) {
        HasMetadata object = Serialization.unmarshal(yaml);
        if (!object.getKind().equals("ClusterUserPool")) {
            object.getMetadata().setNamespace(namespace);
        }
        return admin.resource(object).fieldManager("user").forceConflicts().serverSideApply();
    }

    /** Applies a confidential client that needs nothing else. */
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

    /** Changes the client in Cognito behind the operator's back. */
    public void changeInCognito(String name, Map<String, ?> settings) {
        simulator.changeClient(POOL_ID, Objects.requireNonNull(status(name).clientId()), settings);
    }

    /** The same for one setting; null makes it one that was never set. */
    public void setInCognito(String name, String setting, @Nullable Object value) {
        changeInCognito(name, Collections.singletonMap(setting, value));
    }

    /** A setting of the client as Cognito has it; null when it was never set. */
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

    /** Waits until the condition is so, of the generation that is there now; returns it. */
    public Condition awaitCondition(String name, String type, String status, String reason) {
        eventually()
                .untilAsserted(() -> assertThat(condition(name, type))
                        .as("%s of %s, whose status is %s", type, name, status(name))
                        .hasValueSatisfying(condition -> {
                            assertThat(condition.getStatus()).isEqualTo(status);
                            assertThat(condition.getReason()).isEqualTo(reason);
                            assertThat(condition.getObservedGeneration())
                                    .isEqualTo(client(name).getMetadata().getGeneration());
                        }));
        return condition(name, type).orElseThrow();
    }

    public UserPoolClientStatus awaitReady(String name) {
        awaitCondition(name, "Ready", "True", "Synced");
        return status(name);
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

    /** Wakes the client without changing it, and waits until the pass is over. */
    public void wake(String name) {
        String uid = client(name).getMetadata().getUid();
        Passes passes = Objects.requireNonNull(operator).passes();
        int before = passes.started(uid);
        labelNamespace("woken-at", Long.toString(System.nanoTime()));
        eventually().until(() -> passes.finished(uid) > before);
    }

    /** @param value null removes the label */
    public void labelNamespace(String label, @Nullable String value) {
        Edits.edit(admin.namespaces().withName(namespace), found -> {
            if (value == null) {
                found.getMetadata().getLabels().remove(label);
            } else {
                found.getMetadata().getLabels().put(label, value);
            }
            return found;
        });
    }

    /** The operations that Cognito was asked for since the last {@link #forgetCalls}, in the order in which they ended. */
    public List<String> calls() {
        return simulator.journal().entries().stream()
                .map(JournalEntry::operation)
                .toList();
    }

    public void forgetCalls() {
        simulator.journal().clear();
    }

    /** The reasons of the events about this object, as often as they are counted, in the order in which they came last. */
    public List<String> events(String name) {
        return eventsAbout(name).stream()
                .flatMap(event -> Collections.nCopies(event.getCount(), event.getReason()).stream())
                .toList();
    }

    /** Waits for exactly these; an event is written after the status that it tells of. */
    public void awaitEvents(String name, String... reasons) {
        eventually().untilAsserted(() -> assertThat(events(name)).containsExactly(reasons));
    }

    public List<Event> eventsAbout(String name) {
        return admin.v1().events().inAnyNamespace().list().getItems().stream()
                .filter(event -> event.getInvolvedObject().getName().equals(name)
                        && (event.getInvolvedObject().getNamespace() == null
                                || event.getInvolvedObject().getNamespace().equals(namespace)))
                .sorted(Comparator.comparing(
                        event -> Long.parseLong(event.getMetadata().getResourceVersion())))
                .toList();
    }

    /** Writes into the status what only the operator should write. */
    public void forgeStatus(String name, Consumer<Map<String, Object>> forgery) {
        var objects = admin.genericKubernetesResources("cognito.appclients.dev/v1beta1", "UserPoolClient")
                .inNamespace(namespace)
                .withName(name);
        GenericKubernetesResource object = objects.require();
        Map<String, Object> status = object.get("status");
        forgery.accept(status);
        objects.patchStatus(object);
    }

    /** As somebody does who may write it, whoever else writes to the object: nothing is left of it. */
    public void wipeStatus(String name) {
        clients()
                .withName(name)
                .subresource("status")
                .patch(PatchContext.of(PatchType.JSON), "[{\"op\":\"add\",\"path\":\"/status\",\"value\":null}]");
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

    /** As {@code kubectl edit} would. */
    public void editSecret(String name, Consumer<Secret> change) {
        Edits.edit(admin.secrets().inNamespace(namespace).withName(name), secret -> {
            change.accept(secret);
            return secret;
        });
    }

    /** A server-side apply by another tool. */
    public void applySecretAs(String manager, String name, String content) {
        Secret manifest = Serialization.unmarshal("""
                apiVersion: v1
                kind: Secret
                metadata: {name: %s, namespace: %s}
                %s
                """.formatted(name, namespace, content));
        admin.resource(manifest).fieldManager(manager).forceConflicts().serverSideApply();
    }

    /** The Secret's data, decoded. */
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

    /** As somebody does who takes the finalizer away. */
    public void removePoolByForce(String name) {
        var pools = admin.resources(ClusterUserPool.class).withName(name);
        pools.delete();
        eventually().until(() -> {
            if (pools.get() != null) {
                Edits.edit(pools, pool -> {
                    pool.getMetadata().setFinalizers(List.of());
                    return pool;
                });
            }
            return pools.get() == null;
        });
    }

    public Condition awaitPool(String name, String type, String status, String reason) {
        eventually()
                .untilAsserted(() -> assertThat(pool(name).getStatus().conditions())
                        .as("conditions of pool %s", name)
                        .anySatisfy(condition -> {
                            assertThat(condition.getType()).isEqualTo(type);
                            assertThat(condition.getStatus()).isEqualTo(status);
                            assertThat(condition.getReason()).isEqualTo(reason);
                        }));
        return Conditions.find(pool(name).getStatus().conditions(), type).orElseThrow();
    }

    /** As a user would; nothing must refer to it any more. */
    public void removePool() {
        admin.resources(ClusterUserPool.class).withName(POOL).delete();
        eventually()
                .until(() ->
                        admin.resources(ClusterUserPool.class).withName(POOL).get() == null);
    }

    public ConditionFactory eventually() {
        return await().atMost(PATIENCE).pollInterval(Duration.ofMillis(20)).ignoreExceptions();
    }

    private io.fabric8.kubernetes.client.dsl.NonNamespaceOperation<UserPoolClient, ?, Resource<UserPoolClient>>
            clients() {
        return admin.resources(UserPoolClient.class).inNamespace(namespace);
    }

    @Override
    public void close() {
        stopOperator();
        // Whatever a test leaves behind goes without the operator's help: the next stage must find nothing.
        remove(admin.resources(UserPoolClient.class).inAnyNamespace().list().getItems());
        remove(admin.resources(ClusterUserPool.class).list().getItems());
        admin.namespaces().withName(namespace).delete();
        simulator.close();
        admin.close();
    }

    private void remove(List<? extends HasMetadata> objects) {
        for (HasMetadata object : objects) {
            admin.resource(object).edit(found -> {
                found.getMetadata().setFinalizers(List.of());
                return found;
            });
            admin.resource(object).delete();
        }
    }
}
