package dev.appclients.cognito.controller.cluster;

import static dev.appclients.cognito.controller.Stage.POOL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.controller.RunningOperator;
import dev.appclients.cognito.controller.Stage;
import dev.appclients.cognito.controller.reconcile.Crowd;
import dev.appclients.cognito.controlplane.Edits;
import dev.appclients.cognito.simulator.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The operator keeps no entry of a deleted object, however it was deleted. */
class ForgottenObjectsIT {

    /** When the pool was read, its facts, and the number of its deleted clients. */
    private static final int POOL_ALONE = 3;

    private Stage stage;
    private RunningOperator operator;

    @BeforeEach
    void open() {
        stage = Stage.withoutOperator(Stage.SETTINGS);
        operator = stage.startOperator();
        stage.applyPool();
        stage.awaitPool(POOL, "Ready", "True", "Synced");
        awaitRemembered(POOL_ALONE, "the pool");
    }

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void anObjectWhoseFinalizerTheUserRemovedIsForgotten() {
        stage.applyClient("web", "appType: Confidential\ndriftCheckInterval: 10m");
        stage.awaitReady("web");
        stage.deleteSecret("web");
        stage.eventually().until(() -> stage.secret("web") != null);
        assertThat(operator.remembered()).isGreaterThan(POOL_ALONE);

        removeByForce("web");

        awaitRemembered(POOL_ALONE, "the pool");
    }

    @Test
    void anObjectThatIsDeletedWhileItsReconciliationWaitsForCognitoIsForgotten()
            throws InterruptedException, TimeoutException {
        Fault create = stage.simulator().faults().on("CreateUserPoolClient").pause();
        stage.applyClient("web");
        create.awaitHit(Stage.PATIENCE);
        removeByForce("web");
        stage.applyClient("later");

        create.release();

        stage.awaitReady("later");
        stage.delete("later");
        stage.awaitGone("later");
        awaitRemembered(POOL_ALONE, "the pool");
    }

    @Test
    void aDeletedPoolAndItsClientsAreForgotten() {
        stage.simulator().pool(Stage.POOL_ID).clientLimit(1);
        stage.applyClient("web");
        stage.awaitReady("web");
        stage.applyClient("more");
        stage.awaitCondition("more", "Ready", "False", "LimitExceeded");
        removeByForce("web");
        removeByForce("more");

        stage.removePool();

        awaitRemembered(0, "nothing");
        // A client whose pool never existed.
        stage.apply("""
                apiVersion: cognito.appclients.dev/v1beta1
                kind: UserPoolClient
                metadata: {name: lost}
                spec: {userPoolRef: {name: nowhere}, appType: Public}
                """);
        stage.awaitCondition("lost", "Ready", "False", "PoolMissing");
        stage.delete("lost");
        stage.awaitGone("lost");
        awaitRemembered(0, "nothing");
    }

    /** Like preview environments. With 200 namespaces: {@code -Dnamespaces=200}. */
    @Test
    void namespacesThatAreCreatedAndDeletedConcurrentlyAreForgotten() {
        int count = Integer.getInteger("namespaces", 8);
        List<Crowd> alive = new ArrayList<>();
        Map<String, Long> going = new LinkedHashMap<>();
        List<Long> took = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Crowd crowd = new Crowd(stage.admin(), stage.namespace() + "-" + i);
            crowd.create(3, client -> {});
            alive.add(crowd);
            if (alive.size() == 4) {
                begin(alive.removeFirst(), going);
            }
            took.addAll(gone(going));
        }
        alive.forEach(crowd -> begin(crowd, going));
        await().atMost(Duration.ofMinutes(5))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> {
                    took.addAll(gone(going));
                    return going.isEmpty();
                });

        System.out.printf(
                "%d namespaces: gone after %s ms%n",
                count,
                LongStream.of(took.stream().mapToLong(Long::longValue).toArray())
                        .summaryStatistics());
        assertThat(took).hasSize(count).allMatch(millis -> millis < Stage.PATIENCE.toMillis());
        awaitRemembered(POOL_ALONE, "the pool");
        assertThat(stage.cognito()).isEmpty();
    }

    /** Deletes the namespace while the operator runs. */
    private void begin(Crowd crowd, Map<String, Long> going) {
        stage.eventually().until(() -> crowd.ready() > 0);
        stage.admin().namespaces().withName(crowd.namespace()).delete();
        going.put(crowd.namespace(), System.nanoTime());
    }

    /** The milliseconds that each namespace took that is gone since the last call. */
    private List<Long> gone(Map<String, Long> going) {
        List<Long> took = new ArrayList<>();
        going.entrySet().removeIf(namespace -> {
            boolean gone =
                    stage.admin().namespaces().withName(namespace.getKey()).get() == null;
            if (gone) {
                took.add(Duration.ofNanos(System.nanoTime() - namespace.getValue())
                        .toMillis());
            }
            return gone;
        });
        return took;
    }

    private void awaitRemembered(int most, String what) {
        stage.eventually()
                .untilAsserted(() ->
                        assertThat(operator.remembered()).as("only %s", what).isLessThanOrEqualTo(most));
    }

    /** Deletes the object and removes its finalizer, as a user may. */
    private void removeByForce(String name) {
        var client = stage.admin()
                .resources(UserPoolClient.class)
                .inNamespace(stage.namespace())
                .withName(name);
        Edits.edit(client, found -> {
            found.getMetadata().setFinalizers(List.of());
            return found;
        });
        client.delete();
        stage.eventually().until(() -> {
            UserPoolClient left = client.get();
            if (left != null && !left.getMetadata().getFinalizers().isEmpty()) {
                Edits.edit(client, found -> {
                    found.getMetadata().setFinalizers(List.of());
                    return found;
                });
            }
            return left == null;
        });
    }
}
