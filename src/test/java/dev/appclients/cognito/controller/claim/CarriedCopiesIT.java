package dev.appclients.cognito.controller.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.appclients.cognito.controller.OnClaimStage;
import dev.appclients.cognito.controller.RunningOperator;
import dev.appclients.cognito.controller.Stage;
import dev.appclients.cognito.controller.cluster.Annotations;
import dev.appclients.cognito.controlplane.Clients;
import dev.appclients.cognito.controlplane.TestCluster;
import dev.appclients.cognito.model.Marks;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The copies that a rotation waits for. */
class CarriedCopiesIT extends OnClaimStage {

    private static final String CURRENT = "id-2";

    private final List<String> requests = new CopyOnWriteArrayList<>();
    private RunningOperator operator;
    private CarrierCounts counts;

    @BeforeEach
    void offerToAll() {
        stage.stopOperator();
        operator = RunningOperator.start(
                stage.simulator().endpoint(),
                RunningOperator.SetUp.of(Stage.SETTINGS)
                        .withClock(clock)
                        .withHttp(http -> http.addOrReplaceInterceptor("requests", new Requests())));
        counts = new CarrierCounts(operator.informers());
        applyWeb("sharing: {namespaces: {from: All}}");
        stage.awaitReady("web");
    }

    @AfterEach
    void stop() {
        operator.close();
    }

    @Test
    void copiesAreCountedInTheNamespaceOfTheClientAndInOthers() {
        copyOf(team, "new", CURRENT);
        copyOf(team, "old", "id-1");
        copyOf(team, "original", null);
        copyOf(stage.namespace(), "own", CURRENT);

        awaitCount(4, 2);
    }

    @Test
    void aPausedClaimIsNotCounted() {
        copyOf(team, "old", "id-1");
        awaitCount(1, 0);

        annotateClaim(team, "old", Annotations.PAUSED, "true");
        awaitCount(0, 0);
        assertThat(counts.of(stage.client("web"), CURRENT).othersBehind()).isEqualTo(1);
        assertThat(counts.of(stage.client("web"), "id-1").othersBehind()).isZero();

        annotateClaim(team, "old", Annotations.PAUSED, null);
        awaitCount(1, 0);
        assertThat(counts.of(stage.client("web"), CURRENT).othersBehind()).isZero();
    }

    /** Running workloads keep the value that they mounted. */
    @Test
    void aDeletedCopyOfAPausedClaimIsBehindUntilTheClaimIsResumed() {
        copyOf(team, "old", "id-1");
        annotateClaim(team, "old", Annotations.PAUSED, "true");
        awaitClaim(team, "old", "False", "Paused");
        stage.admin().secrets().inNamespace(team).withName("old").delete();
        stage.eventually().until(() -> operator.informers().secret(team, "old").isEmpty());
        awaitCounts(0, 0, 1);

        annotateClaim(team, "old", Annotations.PAUSED, null);

        awaitClaim(team, "old", "True", "Synced");
        mark(team, "old", CURRENT);
        awaitCounts(1, 1, 0);
    }

    @Test
    void theCopiesOfAPausedClientAreNotCounted() {
        copyOf(team, "old", "id-1");
        awaitCount(1, 0);

        stage.annotate("web", Annotations.PAUSED, "true");
        awaitCount(0, 0);
    }

    /** A pool that no longer admits the namespace of the client freezes the copies. */
    @Test
    void theCopiesOfAClientThatItsPoolDoesNotAdmitAreNotCounted() {
        copyOf(team, "old", "id-1");
        awaitCount(1, 0);

        stage.applyPool(Stage.POOL, "namespaces: {from: Names, names: [another]}\nsharing: {namespaces: {from: All}}");
        awaitCount(0, 0);
    }

    @Test
    void aClaimThatIsNotPermittedOrHasNoCopyIsNotCounted() {
        foreignSecret(team, "taken");
        claim(team, "taken");
        awaitClaim(team, "taken", "False", "SecretConflict");
        copyOf(team, "old", "id-1");
        awaitCount(1, 0);

        applyWeb("");
        awaitClaim(team, "old", "False", "NotAvailable");
        awaitCount(0, 0);
    }

    @Test
    void aClaimInANamespaceThatIsBeingDeletedIsNotCounted() {
        String held = namespace("held-", Map.of());
        copyOf(held, "old", "id-1");
        // The finalizers keep the namespace, the claim and the copy.
        stage.admin().secrets().inNamespace(held).withName("old").edit(secret -> {
            secret.getMetadata().setFinalizers(List.of("example.com/held"));
            return secret;
        });
        stage.admin()
                .resource(Serialization.unmarshal("""
                        apiVersion: v1
                        kind: ConfigMap
                        metadata: {name: held, namespace: %s, finalizers: [example.com/held]}
                        """.formatted(held), ConfigMap.class))
                .create();
        awaitCount(1, 0);

        stage.admin().namespaces().withName(held).delete();
        awaitCount(0, 0);

        release(held);
    }

    private void release(String held) {
        stage.admin().secrets().inNamespace(held).withName("old").edit(secret -> {
            secret.getMetadata().getFinalizers().clear();
            return secret;
        });
        stage.admin().configMaps().inNamespace(held).withName("held").edit(found -> {
            found.getMetadata().getFinalizers().clear();
            return found;
        });
    }

    /** The operator restores it with back-off after three restores. */
    @Test
    void aCopyThatAnotherWriterEditedAndThatIsNotRestoredCarriesAnotherClientSecret() {
        copyOf(team, "edited", null);
        for (int restores = 0; restores < 3; restores++) {
            editCopy();
            awaitCopy(team, "edited");
        }
        mark(team, "edited", CURRENT);
        awaitCount(1, 1);

        editCopy();
        awaitClaim(team, "edited", "False", "SecretContested");
        awaitCount(1, 0);
    }

    private void editCopy() {
        editSecretIn(team, "edited", secret -> secret.getData().put("client-secret", "eA=="));
    }

    @Test
    void aCopyThatCarriesAnotherClientSecretWakesItsClientWithoutARequest() {
        copyOf(team, "old", "id-1");
        String uid = stage.client("web").getMetadata().getUid();
        stage.eventually()
                .untilAsserted(
                        () -> assertThat(stage.status("web").copies().summary()).isEqualTo("1/1"));
        stage.eventually()
                .until(() -> operator.passes().started(uid) == operator.passes().finished(uid));
        int before = operator.passes().finished(uid);
        requests.clear();

        mark(team, "old", CURRENT);

        stage.eventually().until(() -> operator.passes().finished(uid) > before);
        assertThat(requests).isEmpty();
    }

    @Test
    void theLiveListHasTheIdsOfAllSecretsOfTheClientAndNoValue() {
        copyOf(team, "old", "id-1");
        copyOf(team, "original", null);
        copyOf(team, "forged", CURRENT);
        operator.close();
        mark(stage.namespace(), "web", CURRENT);
        annotateForged();
        marked(team, "foreign");
        String uid = stage.client("web").getMetadata().getUid();

        try (var kubernetes = operatorClient()) {
            Carriers carriers = new LiveCarriers(kubernetes, Set.of()).of(uid);

            assertThat(carriers.secrets())
                    .containsExactlyInAnyOrder(
                            new Carriers.Carrier(stage.namespace(), "web", false, CURRENT, false),
                            new Carriers.Carrier(team, "old", true, "id-1", false),
                            new Carriers.Carrier(team, "original", true, null, false),
                            new Carriers.Carrier(team, "forged", true, null, true));
            assertThat(carriers.copies()).isEqualTo(3);
            assertThat(carriers.mayCarry("id-1", false))
                    .extracting(Carriers.Carrier::name)
                    .containsExactlyInAnyOrder("old", "forged");
            assertThat(carriers.mayCarry("id-0", true))
                    .extracting(Carriers.Carrier::name)
                    .containsExactlyInAnyOrder("original", "forged");
            assertThat(requests).hasSize(1);
            assertThat(new LiveCarriers(kubernetes, Set.of(stage.namespace()))
                            .of(uid)
                            .secrets())
                    .extracting(Carriers.Carrier::name)
                    .containsExactly("web");

            requests.clear();
            var pages = new SecretMetadataList(kubernetes, 2).inAnyNamespace(Marks.CLIENT_UID + "=" + uid);
            assertThat(pages)
                    .hasSize(5)
                    .allSatisfy(secret -> assertThat(secret.getData()).isNullOrEmpty());
            assertThat(requests).hasSize(3);
        }
    }

    @Test
    void aFailedListHasTheStatusOfTheApiServer() {
        try (var kubernetes = Clients.of(TestCluster.operatorConfig())) {
            assertThat(catchThrowableOfType(
                            KubernetesClientException.class,
                            () -> new SecretMetadataList(kubernetes, 1).inAnyNamespace("not a selector!")))
                    .satisfies(failed -> {
                        assertThat(failed.getCode()).isEqualTo(400);
                        assertThat(failed.getStatus().getMessage()).contains("unable to parse requirement");
                    });
        }
    }

    private KubernetesClient operatorClient() {
        var kubernetes = Clients.of(
                TestCluster.operatorConfig(), http -> http.addOrReplaceInterceptor("requests", new Requests()));
        requests.clear();
        return kubernetes;
    }

    /** Another writer claims that the copy carries another client secret. */
    private void annotateForged() {
        editSecretIn(
                team, "forged", secret -> secret.getMetadata().getAnnotations().put(Marks.CLIENT_SECRET_ID, "id-9"));
    }

    /** A Secret of a user with the mark of the client. */
    private void marked(String namespace, String name) {
        foreignSecret(namespace, name);
        editSecretIn(
                namespace,
                name,
                secret -> secret.getMetadata()
                        .setLabels(Map.of(
                                Marks.CLIENT_UID,
                                stage.client("web").getMetadata().getUid())));
    }

    /** Makes a claim with a copy that carries the client secret of this id. */
    private void copyOf(String namespace, String name, @Nullable String secretId) {
        claim(namespace, name);
        awaitClaim(namespace, name, "True", "Synced");
        if (secretId != null) {
            mark(namespace, name, secretId);
        }
    }

    /** Writes the id as the operator. */
    private void mark(String namespace, String name, String secretId) {
        stage.admin()
                .secrets()
                .inNamespace(namespace)
                .withName(name)
                .patch(
                        new PatchContext.Builder()
                                .withPatchType(PatchType.JSON_MERGE)
                                .withFieldManager(Marks.FIELD_MANAGER)
                                .build(),
                        "{\"metadata\": {\"annotations\": {\"" + Marks.CLIENT_SECRET_ID + "\": \"" + secretId
                                + "\"}}}");
    }

    private void awaitCounts(int counted, int carrying, int othersBehind) {
        stage.eventually()
                .untilAsserted(() -> assertThat(counts.of(stage.client("web"), CURRENT))
                        .isEqualTo(new CarriedCopies(counted, carrying, othersBehind)));
    }

    private void awaitCount(int counted, int carrying) {
        stage.eventually()
                .untilAsserted(() -> assertThat(counts.of(stage.client("web"), CURRENT))
                        .extracting(CarriedCopies::counted, CarriedCopies::carrying)
                        .containsExactly(counted, carrying));
    }

    /** Notes every request but the watches of the informers. */
    private final class Requests implements Interceptor {

        @Override
        public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
            String query = Objects.requireNonNullElse(request.uri().getQuery(), "");
            if (!query.contains("watch=true") && !request.uri().getPath().contains("/leases")) {
                requests.add(request.method() + " " + request.uri());
            }
        }
    }
}
