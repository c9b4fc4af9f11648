package dev.appclients.cognito.controller.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.controller.RunningOperator;
import dev.appclients.cognito.controller.Stage;
import dev.appclients.cognito.controller.TestClock;
import dev.appclients.cognito.controller.reconcile.Crowd;
import dev.appclients.cognito.controller.reconcile.OperatorSettings;
import dev.appclients.cognito.controlplane.Clients;
import dev.appclients.cognito.controlplane.Edits;
import dev.appclients.cognito.controlplane.TestCluster;
import dev.appclients.cognito.model.Marks;
import dev.appclients.cognito.secret.OlderSecrets;
import dev.appclients.cognito.secret.SecretOwner;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An upgrade changes the marks of Secrets. It does not rewrite every Secret at once. */
class OlderSecretsIT {

    private static final int MANY = 100;
    private static final Duration INTERVAL = Duration.ofHours(1);
    private static final OperatorSettings SETTINGS = Stage.SETTINGS.withDriftCheckInterval(INTERVAL);

    private final TestClock clock = new TestClock();
    private final Stage stage = Stage.withoutOperator(SETTINGS);
    private final Crowd crowd = new Crowd(stage.admin(), stage.namespace() + "-crowd");
    private @Nullable RunningOperator operator;

    @AfterEach
    void close() {
        stop();
        crowd.close();
        stage.close();
    }

    @Test
    void secretsOfAnOlderVersionAreRewrittenInTheSlotOfTheirClientAndThatOfASharedClientAtOnce() {
        stage.applyPool();
        start();
        crowd.create(MANY, client -> {});
        await().atMost(Stage.PATIENCE).until(() -> crowd.ready() == MANY);
        stop();
        writeAllAsVersion1();
        Map<String, String> older = versions();
        stage.forgetCalls();

        start();
        awaitFirstPasses();

        assertThat(versions()).as("the Secrets after the restart").isEqualTo(older);
        assertThat(stage.calls()).isEmpty();

        share("web-0");
        eventually().until(() -> isCurrent("web-0"));
        assertThat(versions().entrySet().stream()
                        .filter(secret -> !older.entrySet().contains(secret)))
                .as("the rewritten Secrets")
                .hasSize(1);
        assertThat(stage.calls()).as("the live Secret has the value").isEmpty();

        clock.advance(INTERVAL);
        wakeAll();
        eventually()
                .untilAsserted(() -> assertThat(secrets())
                        .hasSize(MANY)
                        .allSatisfy(secret -> assertThat(secret.getMetadata().getAnnotations())
                                .containsKey(Marks.VALUES)));
        assertThat(stage.calls()).as("the drift checks").hasSize(MANY).containsOnly("DescribeUserPoolClient");
    }

    private void start() {
        operator = RunningOperator.start(
                stage.simulator().endpoint(), RunningOperator.SetUp.of(SETTINGS).withClock(clock));
    }

    private void stop() {
        if (operator != null) {
            operator.close();
            operator = null;
        }
    }

    private void awaitFirstPasses() {
        List<UserPoolClient> all = crowd.all();
        eventually()
                .until(() -> operator != null
                        && all.stream()
                                .allMatch(client -> operator.passes()
                                                .finished(client.getMetadata().getUid())
                                        > 0));
    }

    private void writeAllAsVersion1() {
        Config config = TestCluster.operatorConfig();
        config.setUserAgent(Marks.FIELD_MANAGER);
        try (KubernetesClient former = Clients.of(config)) {
            crowd.all().forEach(client -> writeAsVersion1(former, client.getMetadata()));
        }
    }

    /** Removes the annotation that version 1 did not write, and writes its inputs, with the operator's field manager. */
    private static void writeAsVersion1(KubernetesClient former, ObjectMeta client) {
        var secret = former.secrets().inNamespace(client.getNamespace()).withName(client.getName());
        Map<String, @Nullable String> annotations = new TreeMap<>();
        annotations.put(
                Marks.INPUTS,
                OlderSecrets.inputsOfVersion1(
                        SecretOwner.userPoolClient(client.getNamespace(), client.getName(), client.getUid()),
                        secret.require()));
        annotations.put(Marks.VALUES, null);
        secret.patch(
                PatchContext.of(PatchType.JSON_MERGE),
                former.getKubernetesSerialization().asJson(Map.of("metadata", Map.of("annotations", annotations))));
    }

    private void share(String name) {
        stage.admin()
                .resources(UserPoolClient.class)
                .inNamespace(crowd.namespace())
                .withName(name)
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"spec\": {\"sharing\": {\"namespaces\": {\"from\": \"All\"}}}}");
    }

    private void wakeAll() {
        Edits.edit(stage.admin().namespaces().withName(crowd.namespace()), namespace -> {
            namespace.getMetadata().getLabels().put("woken", "true");
            return namespace;
        });
    }

    private boolean isCurrent(String name) {
        return secrets().stream()
                .filter(secret -> secret.getMetadata().getName().equals(name))
                .anyMatch(secret -> secret.getMetadata().getAnnotations().containsKey(Marks.VALUES));
    }

    private Map<String, String> versions() {
        return secrets().stream()
                .collect(Collectors.toMap(
                        secret -> secret.getMetadata().getName(),
                        secret -> secret.getMetadata().getResourceVersion()));
    }

    private List<Secret> secrets() {
        return stage.admin().secrets().inNamespace(crowd.namespace()).list().getItems();
    }

    private static ConditionFactory eventually() {
        return await().atMost(Stage.PATIENCE).ignoreExceptions();
    }
}
