package dev.appclients.cognito.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.controller.Stage;
import dev.appclients.cognito.model.Marks;
import dev.appclients.cognito.plan.ClientName;
import dev.appclients.cognito.simulator.AppClient;
import dev.appclients.cognito.simulator.JournalEntry;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With any forged status, nothing foreign is published, changed or deleted, and nothing is created twice. */
class OwnershipIT extends OnScene {

    private static final String RECONCILE = "cognito.appclients.dev/reconcile-requested-at";

    private AppClient foreign;

    @BeforeEach
    void addForeign() {
        foreign = scene.foreignClient("payroll");
    }

    @AfterEach
    void assertForeignUnchanged() {
        assertThat(scene.stage().simulator().client(Stage.POOL_ID, foreign.clientId()))
                .as("the foreign client")
                .isEqualTo(foreign);
    }

    @Test
    void aForgedIdOfAForeignClientPublishesNothingAndChangesNothing() {
        ready("web");
        Map<String, String> published = scene.stage().data("web");
        AppClient ours = scene.clientOf("web");

        patchStatus("web", "{\"clientId\":\"" + foreign.clientId() + "\"}");
        Scenario.UPDATE.begin(scene, "web");

        scene.stage().awaitCondition("web", "Stalled", "True", "NotOurs");
        assertThat(scene.stage().data("web")).isEqualTo(published);
        assertThat(scene.clientOf("web")).isEqualTo(ours);
        assertThat(writesTo(foreign)).isEmpty();
    }

    @Test
    void deletingAnObjectWithAForeignIdDeletesItsOwnClient() {
        ready("web");
        UserPoolClient object = scene.stage().client("web");

        patchStatus("web", "{\"clientId\":\"" + foreign.clientId() + "\"}");
        scene.stage().delete("web");

        scene.stage().awaitGone("web");
        assertThat(scene.clientsOf(object)).isEmpty();
        assertThat(writesTo(foreign)).isEmpty();
    }

    @Test
    void aNewObjectWithAForeignIdGetsNoSecret() {
        scene.proxy().crash();
        Scenario.CREATE.begin(scene, "web");
        patchStatus("web", "{\"observedGeneration\":1,\"clientId\":\"" + foreign.clientId() + "\"}");

        scene.crashAndRestart();

        scene.stage().awaitCondition("web", "Stalled", "True", "NotOurs");
        assertThat(scene.stage().secret("web")).isNull();
    }

    @ParameterizedTest(name = "a forged intent with date {0} causes no second client")
    @ValueSource(strings = {"2020-01-01T00:00:00Z", "whenever", "2999-01-01T00:00:00Z"})
    void aForgedIntentCausesNoSecondClient(String since) {
        ready("web");
        String id = scene.stage().status("web").clientId();

        patchStatus("web", "{\"clientId\":null,\"pendingCreate\":{\"since\":\"" + since + "\"}}");
        scene.stage().annotate("web", RECONCILE, since);

        scene.stage().eventually().until(() -> scene.stage().status("web").lastHandledReconcileAt(), since::equals);
        assertThat(scene.stage().awaitReady("web").clientId()).isEqualTo(id);
        assertThat(scene.clientOf("web").clientId()).isEqualTo(id);
        assertThat(scene.creates("web")).isZero();
    }

    @Test
    void aWipedStatusIsRestoredFromTheExistingClient() {
        ready("web");
        String id = scene.stage().status("web").clientId();

        scene.stage().wipeStatus("web");

        assertThat(scene.stage().awaitReady("web").clientId()).isEqualTo(id);
        scene.assertSynced("web", scene.settingsOf("web"));
        assertThat(scene.creates("web")).isZero();
    }

    @Test
    void aSecretWithForgedMarksPublishesNoForeignClient() {
        scene.proxy().crash();
        Scenario.CREATE.begin(scene, "web");
        Secret forged = forgedSecret("web", scene.stage().client("web"));

        scene.crashAndRestart();

        scene.stage().awaitCondition("web", "Stalled", "True", "NotOurs");
        assertThat(scene.stage().secret("web")).isEqualTo(forged);
        assertThat(writesTo(foreign)).isEmpty();
    }

    @Test
    void aSecretWithForgedMarksDeletesNoForeignClient() {
        scene.proxy().crash();
        Scenario.CREATE.begin(scene, "web");
        forgedSecret("web", scene.stage().client("web"));
        scene.crashAndRestart();
        scene.stage().awaitCondition("web", "Stalled", "True", "NotOurs");

        scene.stage().delete("web");

        scene.stage().awaitGone("web");
        assertThat(writesTo(foreign)).isEmpty();
    }

    @Test
    void aMatchingObjectNameAndClientNameGiveNoOwnershipOfAnotherClient() {
        ready("web");
        AppClient theirs = scene.clientOf("web");
        UserPoolClient victim = scene.stage().client("web");
        String suffix = ClientName.suffix(victim.getMetadata().getUid());
        String alike = "web-" + suffix.substring(1);

        // Has the victim's suffix in its name, the victim's client name, and the victim's id in its status.
        scene.stage().applyClient(alike, Scenario.SPEC + "clientName: " + theirs.name() + "\n");
        scene.stage().awaitReady(alike);
        scene.stage()
                .applyClient(
                        "long", Scenario.SPEC + "clientName: " + "x".repeat(117 - suffix.length()) + suffix + "\n");
        scene.stage().awaitReady("long");
        patchStatus(alike, "{\"clientId\":\"" + theirs.clientId() + "\"}");
        scene.stage().annotate(alike, RECONCILE, "now");
        scene.stage().awaitCondition(alike, "Stalled", "True", "NotOurs");
        assertThat(scene.stage().data(alike)).doesNotContainEntry("client-id", theirs.clientId());

        // The victim is found by its name and keeps its client.
        patchStatus("web", "{\"clientId\":null,\"conditions\":null}");
        scene.stage().deleteSecret("web");
        assertThat(scene.stage().awaitReady("web").clientId()).isEqualTo(theirs.clientId());
        scene.stage().delete(alike);
        scene.stage().awaitGone(alike);
        scene.stage().delete("long");
        scene.stage().awaitGone("long");
        assertThat(scene.stage().simulator().client(Stage.POOL_ID, theirs.clientId()))
                .isEqualTo(theirs);
        scene.assertNoOrphan();
    }

    @Test
    void aForeignClientWithTheSameNameIsNeitherChangedNorDeleted() {
        ready("web");
        UserPoolClient object = scene.stage().client("web");
        AppClient alike = scene.foreignClient(nameOf(object));

        Scenario.UPDATE.begin(scene, "web");
        assertThat(scene.stage().awaitReady("web").clientId()).isNotEqualTo(alike.clientId());
        scene.stage().delete("web");
        scene.stage().awaitGone("web");

        assertThat(scene.clientsOf(object)).containsExactly(alike);
        scene.assertForeignUntouched();
    }

    @Test
    void aClientFoundByNameForTheIntentOfAnotherProcessIsUsedAtOnce() {
        UserPoolClient object = intended(Instant.now());
        AppClient made = scene.stage().simulator().createForeignClient(Stage.POOL_ID, nameOf(object));

        scene.crashAndRestart();

        assertThat(scene.stage().awaitReady("web").clientId()).isEqualTo(made.clientId());
        assertThat(scene.creates("web")).isZero();
    }

    @Test
    void anIntentWithSeveralMatchingClientsIsRefusedUntilOneIsLeft() {
        UserPoolClient object = intended(Instant.now());
        AppClient one = scene.stage().simulator().createForeignClient(Stage.POOL_ID, nameOf(object));
        AppClient other = scene.stage().simulator().createForeignClient(Stage.POOL_ID, nameOf(object));

        scene.crashAndRestart();
        scene.stage().awaitCondition("web", "Stalled", "True", "SeveralClients");
        assertThat(scene.stage().secret("web")).isNull();
        assertThat(scene.clientsOf(object)).containsExactlyInAnyOrder(one, other);

        scene.stage().simulator().deleteClient(Stage.POOL_ID, other.clientId());
        scene.stage().annotate("web", RECONCILE, "now");
        assertThat(scene.stage().awaitReady("web").clientId()).isEqualTo(one.clientId());
    }

    /** An object whose operator crashed after it recorded the intent. No operator runs. */
    private UserPoolClient intended(Instant since) {
        scene.settle();
        InjectedFault fault = scene.proxy()
                .arm(InjectedFault.at(
                        new NthCall(new Call(Call.Api.COGNITO, "CreateUserPoolClient"), 1),
                        new InjectedFault.Effect.CrashBefore()));
        Scenario.CREATE.begin(scene, "web");
        fault.await();
        patchStatus("web", "{\"pendingCreate\":{\"since\":\"" + since + "\"}}");
        return scene.stage().client("web");
    }

    /** Written with the operator's field manager, which every writer of Secrets can use. */
    private Secret forgedSecret(String name, UserPoolClient object) {
        return scene.stage()
                .admin()
                .resource(new SecretBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withNamespace(scene.stage().namespace())
                        .withLabels(Map.of(
                                Marks.CLIENT_UID, object.getMetadata().getUid(), Marks.MANAGED_BY, Marks.FIELD_MANAGER))
                        .withAnnotations(Map.of(
                                Marks.CLIENT,
                                scene.stage().namespace() + "/" + name,
                                Marks.CLIENT_ID,
                                foreign.clientId()))
                        .endMetadata()
                        .withData(Map.of("client-secret", "Zm9yZ2Vk"))
                        .build())
                .fieldManager(Marks.FIELD_MANAGER)
                .serverSideApply();
    }

    private String nameOf(UserPoolClient object) {
        var meta = object.getMetadata();
        return ClientName.of(null, meta.getNamespace(), meta.getName(), meta.getUid());
    }

    private void ready(String name) {
        Scenario.CREATE.begin(scene, name);
        scene.stage().awaitReady(name);
        scene.settle();
    }

    private void patchStatus(String name, String merge) {
        scene.stage()
                .admin()
                .resources(UserPoolClient.class)
                .inNamespace(scene.stage().namespace())
                .withName(name)
                .subresource("status")
                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"status\":" + merge + "}");
    }

    private List<JournalEntry> writesTo(AppClient client) {
        return scene.stage()
                .simulator()
                .journal()
                .entries(entry -> client.clientId().equals(entry.clientId())
                        && !entry.operation().startsWith("Describe"));
    }
}
