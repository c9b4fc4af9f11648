package dev.appclients.cognito.controller.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.controller.OnAdoptionStage;
import dev.appclients.cognito.controller.Stage;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The quota of a namespace, and the room in the user pool: the oldest clients come first. */
class QuotaIT extends OnAdoptionStage {

    @Test
    void theOldestClientsHaveAPlaceAndADeletionGivesItToTheNext() {
        limit(2);
        applyInOrder("first", "second", "third", "fourth");
        stage.awaitReady("first");
        stage.awaitReady("second");

        assertThat(stage.awaitCondition("third", "Authorized", "False", "QuotaExceeded")
                        .getMessage())
                .contains("'customers'", "at most 2", "quota.clientsPerNamespace", "platform team");
        stage.awaitCondition("third", "Stalled", "True", "QuotaExceeded");
        stage.awaitCondition("fourth", "Ready", "False", "QuotaExceeded");
        assertThat(stage.cognito()).hasSize(2);
        assertThat(stage.secret("third")).isNull();

        stage.delete("first");

        stage.awaitReady("third");
        stage.awaitCondition("fourth", "Ready", "False", "QuotaExceeded");
        stage.delete("fourth");
        stage.awaitGone("fourth");
        assertThat(stage.cognito()).hasSize(2);
    }

    @Test
    void aLoweredQuotaFreezesTheYoungestAndDeletesNothing() {
        limit(2);
        applyInOrder("first", "second");
        stage.awaitReady("first");
        stage.awaitReady("second");
        String clientId = stage.status("second").clientId();

        limit(1);

        stage.awaitCondition("second", "Authorized", "False", "QuotaExceeded");
        stage.awaitCondition("second", "Ready", "False", "QuotaExceeded");
        stage.wake("first");
        stage.awaitReady("first");
        assertThat(stage.cognito()).hasSize(2);
        assertThat(stage.data("second")).containsEntry("client-id", clientId);

        limit(2);

        stage.awaitReady("second");
        assertThat(stage.status("second").clientId()).isEqualTo(clientId);
    }

    @Test
    void anAuthorCannotForgeTheAgeOfAnObject() {
        limit(1);
        applyInOrder("first");
        stage.awaitReady("first");
        letASecondPass("first");

        stage.apply("""
                apiVersion: cognito.appclients.dev/v1beta1
                kind: UserPoolClient
                metadata:
                  name: forged
                  creationTimestamp: "2001-01-01T00:00:00Z"
                  annotations: {example.com/priority: "1"}
                spec: {userPoolRef: {name: customers}, appType: Public}
                """);

        stage.awaitCondition("forged", "Authorized", "False", "QuotaExceeded");
        stage.wake("first");
        stage.awaitReady("first");
        assertThat(stage.cognito()).hasSize(1);
    }

    @Test
    void namespacesDoNotShareAQuotaButTheClusterUserPoolsOfOneUserPoolDo() {
        limit(1);
        awaitLaterThan(stage.pool().getMetadata().getCreationTimestamp());
        stage.applyPool("second", "namespaces: {from: All}\nquota: {clientsPerNamespace: 100}");
        stage.apply("""
                apiVersion: cognito.appclients.dev/v1beta1
                kind: UserPoolClient
                metadata: {name: older}
                spec: {userPoolRef: {name: second}, appType: Public}
                """);
        stage.awaitCondition("older", "Authorized", "False", "DuplicatePool");
        letASecondPass("older");

        stage.applyClient("younger", "appType: Public");
        applyElsewhere("other", "appType: Public");

        stage.awaitCondition("younger", "Authorized", "False", "QuotaExceeded");
        awaitElsewhere("other", "Synced");
    }

    @Test
    void aCreateThatSucceedsWakesTheNextWaitingClients() {
        stage.simulator().pool(Stage.POOL_ID).clientLimit(2);
        applyInOrder("first", "second");
        List<String> waiting =
                IntStream.range(0, 8).mapToObj(i -> "waiting" + i).toList();
        waiting.forEach(name -> stage.applyClient(name, "appType: Public"));
        waiting.forEach(name -> stage.awaitCondition(name, "Ready", "False", "LimitExceeded"));

        stage.simulator().pool(Stage.POOL_ID).clientLimit(20);
        stage.delete("first");

        stage.eventually().until(() -> ready(waiting) == waiting.size());
    }

    @Test
    void aDeletionInAFullPoolLetsOnlyAFewClientsTryHoweverOftenTheOthersAreReconciled() {
        stage.simulator().pool(Stage.POOL_ID).clientLimit(2);
        applyInOrder("first", "second");
        List<String> waiting =
                IntStream.range(0, 40).mapToObj(i -> "waiting" + i).toList();
        waiting.forEach(name -> stage.applyClient(name, "appType: Public"));
        waiting.forEach(name -> stage.awaitCondition(name, "Ready", "False", "LimitExceeded"));
        stage.forgetCalls();

        stage.delete("first");
        stage.awaitGone("first");
        stage.wakeAll(waiting);
        stage.wakeAll(waiting);
        stage.eventually().until(() -> ready(waiting) == 1);
        stage.wakeAll(waiting);
        stage.wakeAll(waiting);

        // Three after the deletion, and the three next ones after the create.
        assertThat(stage.calls().stream().filter("CreateUserPoolClient"::equals))
                .hasSizeBetween(1, 6);
        assertThat(stage.cognito()).hasSize(2);
    }

    private long ready(List<String> names) {
        return names.stream()
                .filter(name -> stage.condition(name, "Ready")
                        .filter(ready -> "True".equals(ready.getStatus()))
                        .isPresent())
                .count();
    }

    private void applyInOrder(String... names) {
        for (String name : names) {
            stage.applyClient(name, "appType: Public");
            letASecondPass(name);
        }
    }

    private void limit(int clients) {
        stage.applyPool(Stage.POOL, "namespaces: {from: All}\nquota: {clientsPerNamespace: " + clients + "}");
        stage.eventually()
                .until(() -> stage.pool()
                        .getMetadata()
                        .getGeneration()
                        .equals(stage.pool().getStatus().observedGeneration()));
    }
}
