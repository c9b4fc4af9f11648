package dev.appclients.cognito.monitoring;

import static dev.appclients.cognito.controller.Stage.POOL;

import com.fasterxml.jackson.databind.JsonNode;
import dev.appclients.cognito.controller.Stage;
import dev.appclients.cognito.runtime.PackagedOperator;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A run of the packaged operator that meets each event behind a metric: objects in several states, drift, and a refused finalizer. */
final class ObservedRun implements AutoCloseable {

    /** The client whose finalizer the API server refuses. */
    static final String UNFINALIZED = "unfinalized";

    private static final String REFUSED = "this object gets no finalizer";
    private static final String CONFIDENTIAL = "appType: Confidential\n";

    private final Stage stage = Stage.withoutOperator(Stage.SETTINGS);
    private final Path directory;
    private final PackagedOperator operator;
    private final List<HasMetadata> policy = List.of(
            Serialization.<HasMetadata>unmarshal("""
            apiVersion: admissionregistration.k8s.io/v1
            kind: ValidatingAdmissionPolicy
            metadata: {name: refuse-finalizer}
            spec:
              matchConstraints:
                resourceRules:
                - apiGroups: [cognito.appclients.dev]
                  apiVersions: ["*"]
                  operations: [UPDATE]
                  resources: [userpoolclients]
              validations:
              - expression: object.metadata.name != '%s' || size(object.metadata.?finalizers.orValue([])) == 0
                message: %s
            """.formatted(UNFINALIZED, REFUSED)),
            Serialization.<HasMetadata>unmarshal("""
            apiVersion: admissionregistration.k8s.io/v1
            kind: ValidatingAdmissionPolicyBinding
            metadata: {name: refuse-finalizer}
            spec: {policyName: refuse-finalizer, validationActions: [Deny]}
            """));

    private ObservedRun(Path directory) {
        this.directory = directory;
        policy.forEach(part -> stage.admin().resource(part).serverSideApply());
        stage.applyClient(UNFINALIZED, CONFIDENTIAL);
        stage.eventually().until(this::isFinalizerRefused);
        operator = start("observed");
    }

    /** Returns when every object has its state. */
    static ObservedRun of(Path directory) {
        ObservedRun run = new ObservedRun(directory);
        try {
            run.operator.awaitStarted().awaitLeading();
            run.meetEveryState();
            return run;
        } catch (RuntimeException | Error failed) {
            run.close();
            throw failed;
        }
    }

    /** Starts another replica. */
    PackagedOperator start(String name) {
        // No test waits for a takeover.
        return PackagedOperator.start(
                directory, name, stage.simulator().endpoint(), Map.of("COGNITO_CLIENT_OPERATOR_LEASE_DURATION", "15s"));
    }

    private void meetEveryState() {
        stage.applyPool(POOL, "namespaces: {from: All}\nsharing: {namespaces: {from: All}}");
        stage.applyClient(
                "web", CONFIDENTIAL + "accessTokenValidity: 30m\nsharing: {namespaces: {from: Names, names: [x]}}");
        stage.awaitReady("web");
        claim("copy", "web");
        claim("orphan", "missing");
        stage.admin()
                .resource(new SecretBuilder()
                        .withNewMetadata()
                        .withName("taken")
                        .withNamespace(stage.namespace())
                        .endMetadata()
                        .build())
                .create();
        stage.applyClient("taken", CONFIDENTIAL);
        stage.awaitCondition("taken", "Ready", "False", "SecretConflict");
        stage.setInCognito("web", "AccessTokenValidity", 90);
        stage.annotate("web", "cognito.appclients.dev/reconcile-requested-at", "now");
        stage.eventually().until(() -> stage.events("web").contains("DriftCorrected"));
        stage.applyClient("resting", CONFIDENTIAL);
        stage.awaitReady("resting");
        stage.annotate("resting", "cognito.appclients.dev/paused", "true");
        stage.awaitCondition("resting", "Ready", "False", "Paused");
        awaitObjects("UserPoolClient", "Paused");
        awaitObjects("ClientSecretClaim", "Synced");
        awaitObjects("ClientSecretClaim", "NotAvailable");
        stage.eventually().until(() -> scrape().sum("reconciliations_retries_total", Map.of()) > 0);
        stage.applyClient("leaving", CONFIDENTIAL);
        stage.awaitReady("leaving");
        stage.simulator()
                .faults()
                .on("DeleteUserPoolClient")
                .always()
                .failBeforeCommit("AccessDeniedException", 400, "not authorized");
        stage.delete("leaving");
        awaitObjects("UserPoolClient", "AccessDenied");
        stage.applyClient("rotating", CONFIDENTIAL);
        stage.awaitReady("rotating");
        stage.simulator()
                .faults()
                .on("AddUserPoolClientSecret")
                .always()
                .failBeforeCommit("AccessDeniedException", 400, "not authorized");
        stage.annotate("rotating", "cognito.appclients.dev/rotate-requested-at", "now");
        stage.awaitCondition("rotating", "RotationPending", "True", "AccessDenied");
        stage.eventually().until(() -> scrape().sum("cognito_client_operator_rotations_blocked", Map.of()) == 1);
        stage.eventually().until(() -> scrape().sum("cognito_client_operator_copies_ready", Map.of()) == 1);
    }

    /** The cache of the operator is later than the API server. */
    private void awaitObjects(String kind, String reason) {
        stage.eventually()
                .until(() ->
                        scrape().sum("cognito_client_operator_objects", Map.of("kind", kind, "reason", reason)) > 0);
    }

    private void claim(String name, String client) {
        stage.apply("""
                apiVersion: cognito.appclients.dev/v1beta1
                kind: ClientSecretClaim
                metadata: {name: %s}
                spec: {clientRef: {namespace: %s, name: %s}}
                """.formatted(name, stage.namespace(), client));
    }

    private boolean isFinalizerRefused() {
        try {
            stage.admin()
                    .resource(stage.client(UNFINALIZED))
                    .patch(
                            new PatchContext.Builder()
                                    .withPatchType(PatchType.JSON_MERGE)
                                    .withDryRun(List.of("All"))
                                    .build(),
                            "{\"metadata\":{\"finalizers\":[\"example.com/one\"]}}");
            return false;
        } catch (KubernetesClientException e) {
            return String.valueOf(e.getMessage()).contains(REFUSED);
        }
    }

    Stage stage() {
        return stage;
    }

    PackagedOperator operator() {
        return operator;
    }

    Scrape scrape() {
        return scrape(operator);
    }

    static Scrape scrape(PackagedOperator replica) {
        return Scrape.of(replica.get("/q/metrics").body());
    }

    /** Every line of the log so far. */
    List<JsonNode> log() {
        return operator.lines();
    }

    @Override
    public void close() {
        operator.close();
        policy.forEach(part -> stage.admin().resource(part).delete());
        stage.close();
    }
}
