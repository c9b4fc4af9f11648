package dev.appclients.cognito.crash;

import static org.assertj.core.api.Assertions.assertThat;

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
 * Somebody may write the status and uses it: every field, in passing and as a field manager of his own. The object comes back to
 * what it was, at rest, with the one client that it had.
 */
class ForgedStatusIT extends OnScene {

    private static final String RECONCILE = "cognito.appclients.dev/reconcile-requested-at";
    private static final PatchContext AS_ANOTHER_MANAGER = new PatchContext.Builder()
            .withPatchType(PatchType.SERVER_SIDE_APPLY)
            .withFieldManager("somebody")
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
                "\"binding\":{\"name\":\"somebody-elses\"},\"secret\":{\"name\":\"somebody-elses\",\"keys\":[\"password\"],"
                        + "\"revision\":7,\"source\":\"Elsewhere\"}",
                "\"lastHandledReconcileAt\":\"never\"",
                "\"drift\":[{\"field\":\"forged\",\"desired\":\"a\",\"observed\":\"b\"}]",
                "\"conditions\":[{\"type\":\"Ready\",\"status\":\"False\",\"reason\":\"Forged\",\"message\":\"forged\","
                        + "\"lastTransitionTime\":\"2020-01-01T00:00:00Z\"},{\"type\":\"Forged\",\"status\":\"True\","
                        + "\"reason\":\"Forged\",\"message\":\"forged\",\"lastTransitionTime\":\"2020-01-01T00:00:00Z\"}]");
    }

    @ParameterizedTest
    @MethodSource("forgeries")
    void whatSomebodyWroteInPassingIsPutRightAndTheObjectComesToRest(String forged) {
        assertHealed(forged, PatchContext.of(PatchType.JSON_MERGE));
    }

    @ParameterizedTest
    @MethodSource("forgeries")
    void whatAnotherFieldManagerClaimsIsTakenAwayAndTheObjectComesToRest(String forged) {
        assertHealed(forged, AS_ANOTHER_MANAGER);
    }

    private void assertHealed(String forged, PatchContext how) {
        UserPoolClientStatus before = ready("web");
        Map<String, String> published = scene.stage().data("web");
        AppClient client = scene.clientOf("web");

        patchStatus("web", "{" + forged + "}", how);
        lookAgain("once");

        scene.stage().eventually().untilAsserted(() -> {
            UserPoolClientStatus now = scene.stage().awaitReady("web");
            assertThat(now)
                    .usingRecursiveComparison()
                    .ignoringFields("lastHandledReconcileAt")
                    // When Ready was forged it did change, and changed back.
                    .ignoringFieldsMatchingRegexes("conditions.*lastTransitionTime")
                    .isEqualTo(before);
        });
        assertThat(scene.stage().data("web")).isEqualTo(published);
        assertThat(scene.clientOf("web")).isEqualTo(client);
        assertThat(scene.creates("web")).isZero();
        assertAtRest();
        scene.assertNoOrphan();
        scene.assertForeignUntouched();
    }

    /** Passes that find nothing wrong write nothing and ask for nothing. */
    private void assertAtRest() {
        scene.awaitQuiet();
        String version = version("web");
        scene.calm();
        scene.stage().labelNamespace("woken-at", Long.toString(System.nanoTime()));
        scene.awaitQuiet();
        assertThat(scene.border().moments()).as("calls at rest").isEmpty();
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
    void anObjectThatWasMadeToLookNewMakesNoSecondClientEvenWhenItsSecretIsGone(String status) {
        ready("web");
        AppClient client = scene.clientOf("web");

        makeLookNew("web", status);
        scene.stage().annotate("web", RECONCILE, "now");

        scene.stage().eventually().untilAsserted(() -> scene.assertRight("web", scene.settingsOf("web")));
        assertThat(scene.clientOf("web")).isEqualTo(client);
        assertThat(scene.creates("web")).isZero();
    }

    @Test
    void anObjectThatWasMadeToLookNewWhileTheOperatorWasDownMakesNoSecondClient() {
        ready("web");
        AppClient client = scene.clientOf("web");
        scene.border().die();
        makeLookNew("web", "null");

        scene.succeed();

        scene.stage().eventually().untilAsserted(() -> scene.assertRight("web", scene.settingsOf("web")));
        assertThat(scene.clientOf("web")).isEqualTo(client);
        assertThat(scene.creates("web")).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "{\"clientId\":\"neverexisted\"}", "{\"userPoolARN\":\"wherever\"}"})
    void anObjectThatIsDeletedWithAForgedStatusTakesItsClientAlong(String status) {
        ready("web");
        UserPoolClient object = scene.stage().client("web");
        scene.border().die();
        makeLookNew("web", status);
        scene.stage().delete("web");

        scene.succeed();

        scene.stage().awaitGone("web");
        assertThat(scene.clientsOf(object)).isEmpty();
        scene.assertNoOrphan();
        scene.assertForeignUntouched();
    }

    @Test
    void anIdThatNeverExistedCannotTalkAnybodyIntoASecondClient() {
        ready("web");
        AppClient client = scene.clientOf("web");

        scene.stage().annotate("web", "cognito.appclients.dev/recreate", "neverexisted");
        patchStatus("web", "{\"clientId\":\"neverexisted\"}", PatchContext.of(PatchType.JSON_MERGE));
        lookAgain("now");

        assertThat(scene.stage().awaitReady("web").clientId()).isEqualTo(client.clientId());
        assertThat(scene.clientOf("web")).isEqualTo(client);
        assertThat(scene.creates("web")).isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theIdOfAForeignClientIsNotPublishedForAPublicClientEither(boolean secretDeleted) {
        scene.stage().applyClient("spa", "appType: Public\n");
        scene.stage().awaitReady("spa");
        scene.calm();
        Map<String, String> published = scene.stage().data("spa");
        AppClient foreign = scene.foreignClient("payroll");

        patchStatus("spa", "{\"clientId\":\"" + foreign.clientId() + "\"}", PatchContext.of(PatchType.JSON_MERGE));
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

    private UserPoolClientStatus ready(String name) {
        Scenario.CREATE.begin(scene, name);
        scene.stage().awaitReady(name);
        scene.calm();
        return scene.stage().status(name);
    }

    private void lookAgain(String at) {
        scene.stage().annotate("web", RECONCILE, at);
        scene.stage()
                .eventually()
                .until(() -> at.equals(scene.stage().status("web").lastHandledReconcileAt()));
    }

    /** Also its managed fields, which whoever may write a status may write with it; and the Secret goes. */
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
