package dev.appclients.cognito.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.api.v1beta1.ClusterUserPool;
import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.api.v1beta1.UserPoolClientStatus;
import dev.appclients.cognito.controller.Stage;
import dev.appclients.cognito.simulator.AppClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A user who may write the status forges each of its fields, with and without an own field manager. The object returns to its
 * previous state with its one client, and reconciliation settles.
 */
class ForgedStatusIT extends OnScene {

    private static final String RECONCILE = "cognito.appclients.dev/reconcile-requested-at";
    private static final PatchContext AS_ANOTHER_MANAGER = new PatchContext.Builder()
            .withPatchType(PatchType.SERVER_SIDE_APPLY)
            .withFieldManager("another-writer")
            .withForce(true)
            .build();

    static Stream<String> forgeries() {
        return Stream.of(
                "\"clientId\":\"neverexisted\"",
                "\"clientId\":\"neverexisted\",\"pendingCreate\":{\"since\":\"2026-01-01T00:00:00Z\"}",
                "\"pendingCreate\":{\"since\":\"2020-01-01T00:00:00Z\"}",
                "\"pendingCreate\":{\"since\":\"2999-01-01T00:00:00Z\"}",
                "\"pendingCreate\":{\"since\":\"whenever\"}",
                "\"userPoolARN\":\"wherever\"",
                "\"appliedSettings\":\"whatever\"",
                "\"observedGeneration\":999",
                "\"issuer\":\"https://forged.example.com\",\"loginURL\":\"https://forged.example.com/login\"",
                "\"binding\":{\"name\":\"foreign\"},\"secret\":{\"name\":\"foreign\",\"keys\":[\"password\"],"
                        + "\"revision\":7,\"source\":\"Elsewhere\"}",
                "\"lastHandledReconcileAt\":\"never\"",
                "\"drift\":[{\"field\":\"forged\",\"desired\":\"a\",\"observed\":\"b\"}]",
                "\"conditions\":[{\"type\":\"Ready\",\"status\":\"False\",\"reason\":\"Forged\",\"message\":\"forged\","
                        + "\"lastTransitionTime\":\"2020-01-01T00:00:00Z\"},{\"type\":\"Forged\",\"status\":\"True\","
                        + "\"reason\":\"Forged\",\"message\":\"forged\",\"lastTransitionTime\":\"2020-01-01T00:00:00Z\"}]");
    }

    @ParameterizedTest
    @MethodSource("forgeries")
    void aForgedFieldIsCorrectedAndReconciliationSettles(String forged) {
        assertHealed(forged, PatchContext.of(PatchType.JSON_MERGE));
    }

    @ParameterizedTest
    @MethodSource("forgeries")
    void aFieldOfAnotherManagerIsRemovedAndReconciliationSettles(String forged) {
        assertHealed(forged, AS_ANOTHER_MANAGER);
    }

    private void assertHealed(String forged, PatchContext how) {
        UserPoolClientStatus before = ready("web");
        Map<String, String> published = scene.stage().data("web");
        AppClient client = scene.clientOf("web");

        patchStatus("web", "{" + forged + "}", how);
        requestReconcile("once");

        scene.stage().eventually().untilAsserted(() -> {
            UserPoolClientStatus now = scene.stage().awaitReady("web");
            assertThat(now)
                    .usingRecursiveComparison()
                    .ignoringFields("lastHandledReconcileAt")
                    // A forged Ready changes the condition twice, and with it the transition time.
                    .ignoringFieldsMatchingRegexes("conditions.*lastTransitionTime")
                    .isEqualTo(before);
        });
        assertThat(scene.stage().data("web")).isEqualTo(published);
        assertThat(scene.clientOf("web")).isEqualTo(client);
        assertThat(scene.creates("web")).isZero();
        assertSettled();
        scene.assertNoOrphan();
        scene.assertForeignUntouched();
    }

    /** Asserts that a reconciliation without a change causes no call and no write. */
    private void assertSettled() {
        scene.awaitQuiet();
        String version = version("web");
        scene.settle();
        scene.stage().labelNamespace("woken-at", Long.toString(System.nanoTime()));
        scene.awaitQuiet();
        assertThat(scene.proxy().calls()).as("calls after settling").isEmpty();
        assertThat(version("web")).isEqualTo(version);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "{\"observedGeneration\":-1}",
                "{\"conditions\":[{\"type\":\"Ready\",\"status\":\"False\",\"reason\":\"PoolMissing\",\"message\":\"\","
                        + "\"lastTransitionTime\":\"2026-01-01T00:00:00Z\"}]}"
            })
    void anObjectForgedToLookNewCausesNoSecondClientEvenWithoutItsSecret(String status) {
        ready("web");
        AppClient client = scene.clientOf("web");

        makeLookNew("web", status);
        scene.stage().annotate("web", RECONCILE, "now");

        scene.stage().eventually().untilAsserted(() -> scene.assertSynced("web", scene.settingsOf("web")));
        assertThat(scene.clientOf("web")).isEqualTo(client);
        assertThat(scene.creates("web")).isZero();
    }

    @Test
    void anObjectForgedToLookNewWhileTheOperatorIsDownCausesNoSecondClient() {
        ready("web");
        AppClient client = scene.clientOf("web");
        scene.proxy().crash();
        makeLookNew("web", "null");

        scene.crashAndRestart();

        scene.stage().eventually().untilAsserted(() -> scene.assertSynced("web", scene.settingsOf("web")));
        assertThat(scene.clientOf("web")).isEqualTo(client);
        assertThat(scene.creates("web")).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "{\"clientId\":\"neverexisted\"}", "{\"userPoolARN\":\"wherever\"}"})
    void deletingAnObjectWithAForgedStatusDeletesItsClient(String status) {
        ready("web");
        UserPoolClient object = scene.stage().client("web");
        scene.proxy().crash();
        makeLookNew("web", status);
        scene.stage().delete("web");

        scene.crashAndRestart();

        scene.stage().awaitGone("web");
        assertThat(scene.clientsOf(object)).isEmpty();
        scene.assertNoOrphan();
        scene.assertForeignUntouched();
    }

    @Test
    void aForgedIdWithARecreateRequestCausesNoSecondClient() {
        ready("web");
        AppClient client = scene.clientOf("web");

        scene.stage().annotate("web", "cognito.appclients.dev/recreate", "neverexisted");
        patchStatus("web", "{\"clientId\":\"neverexisted\"}", PatchContext.of(PatchType.JSON_MERGE));
        requestReconcile("now");

        assertThat(scene.stage().awaitReady("web").clientId()).isEqualTo(client.clientId());
        assertThat(scene.clientOf("web")).isEqualTo(client);
        assertThat(scene.creates("web")).isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theForgedIdOfAForeignClientIsNotPublishedForAPublicClient(boolean secretDeleted) {
        scene.stage().applyClient("spa", "appType: Public\n");
        scene.stage().awaitReady("spa");
        scene.settle();
        Map<String, String> published = scene.stage().data("spa");
        AppClient foreign = scene.foreignClient("payroll");

        patchStatus("spa", "{\"clientId\":\"" + foreign.clientId() + "\"}", PatchContext.of(PatchType.JSON_MERGE));
        scene.awaitSeen("spa");
        if (secretDeleted) {
            scene.stage().deleteSecret("spa");
        } else {
            scene.stage().labelNamespace("woken-at", "now");
        }

        scene.stage().awaitCondition("spa", "Stalled", "True", "NotOurs");
        if (secretDeleted) {
            assertThat(scene.stage().secret("spa")).isNull();
        } else {
            assertThat(scene.stage().data("spa")).isEqualTo(published);
        }
        assertThat(scene.stage().simulator().client(Stage.POOL_ID, foreign.clientId()))
                .isEqualTo(foreign);
    }

    @Test
    void aConditionOfAnotherManagerInTheStatusOfAPoolIsRemoved() {
        ready("web");
        Map<String, String> published = scene.stage().data("web");
        scene.stage()
                .admin()
                .resources(ClusterUserPool.class)
                .withName(Stage.POOL)
                .subresource("status")
                .patch(AS_ANOTHER_MANAGER, """
                        {"apiVersion":"cognito.appclients.dev/v1beta1","kind":"ClusterUserPool","status":{"conditions":[
                        {"type":"Forged","status":"True","reason":"Forged","message":"forged",
                        "lastTransitionTime":"2020-01-01T00:00:00Z"}]}}""");

        scene.stage().annotatePool(Stage.POOL, RECONCILE, "now");

        scene.stage()
                .eventually()
                .until(() -> scene.stage().pool().getStatus().conditions().stream()
                        .noneMatch(condition -> condition.getType().equals("Forged")));
        assertSettled();
        assertThat(scene.stage().data("web")).isEqualTo(published);
    }

    private UserPoolClientStatus ready(String name) {
        Scenario.CREATE.begin(scene, name);
        scene.stage().awaitReady(name);
        scene.settle();
        return scene.stage().status(name);
    }

    private void requestReconcile(String at) {
        scene.stage().annotate("web", RECONCILE, at);
        scene.stage()
                .eventually()
                .until(() -> at.equals(scene.stage().status("web").lastHandledReconcileAt()));
    }

    /** Also forges the managed fields, which every writer of the status can write too, and deletes the Secret. */
    private void makeLookNew(String name, String status) {
        scene.stage().deleteSecret(name);
        scene.stage()
                .admin()
                .resources(UserPoolClient.class)
                .inNamespace(scene.stage().namespace())
                .withName(name)
                .subresource("status")
                .patch(
                        PatchContext.of(PatchType.JSON),
                        "[{\"op\":\"replace\",\"path\":\"/status\",\"value\":" + status
                                + "},{\"op\":\"replace\",\"path\":\"/metadata/managedFields\",\"value\":[{}]}]");
    }

    private void patchStatus(String name, String status, PatchContext how) {
        scene.stage()
                .admin()
                .resources(UserPoolClient.class)
                .inNamespace(scene.stage().namespace())
                .withName(name)
                .subresource("status")
                .patch(
                        how,
                        "{\"apiVersion\":\"cognito.appclients.dev/v1beta1\",\"kind\":\"UserPoolClient\",\"status\":"
                                + status + "}");
    }

    private String version(String name) {
        return scene.stage().client(name).getMetadata().getResourceVersion();
    }
}
