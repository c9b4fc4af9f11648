package dev.appclients.cognito.threats;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.controller.Stage;
import dev.appclients.cognito.controlplane.Edits;
import dev.appclients.cognito.model.Marks;
import dev.appclients.cognito.simulator.AppClient;
import dev.appclients.cognito.simulator.JournalEntry;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * T13: a user who may write a status forges it, and the operator publishes, changes or deletes the app client of another owner. The
 * package {@code crash} tests each field of the status, with crashes.
 */
class T13ForgedStatusIT extends OnTenants {

    @ParameterizedTest
    @ValueSource(
            strings = {"appType: Confidential", "appType: Confidential\ndeletionPolicy: Delete", "appType: Public"})
    void aForgedIdNeitherPublishesNorChangesNorDeletesTheClient(String spec) {
        AppClient payroll = stage.simulator().createForeignClient(Stage.POOL_ID, "payroll");
        apply(attacker(), client("web", spec));
        awaitClient(attacker(), "web", "Synced");
        Map<String, String> own = data(attacker(), "web");
        stage.forgetCalls();

        forge("UserPoolClient", attacker(), "web", "{\"clientId\":\"" + payroll.clientId() + "\"}");
        stage.deleteSecret("web");
        apply(attacker(), client("web", spec + "\naccessTokenValidity: 30m"));

        // The operator corrects the id, or stops: either way the other client stays as it is.
        stage.eventually().until(() -> {
            GenericKubernetesResource web = read(attacker(), "UserPoolClient", "web");
            Map<String, Object> ready = ready(web);
            boolean isCurrent = String.valueOf(ready.get("observedGeneration"))
                    .equals(String.valueOf(web.getMetadata().getGeneration()));
            return isCurrent && List.of("NotOurs", "Synced").contains(ready.get("reason"));
        });
        Secret left = secret(attacker(), "web");
        if (left != null) {
            String id = new String(Base64.getDecoder().decode(left.getData().get("client-id")), UTF_8);
            assertThat(id).isEqualTo(own.get("client-id"));
        }
        stage.delete("web");
        stage.awaitGone("web");
        assertThat(stage.simulator().client(Stage.POOL_ID, payroll.clientId())).isEqualTo(payroll);
        assertThat(stage.simulator().journal().entries())
                .filteredOn(entry -> payroll.clientId().equals(entry.clientId()))
                .extracting(JournalEntry::operation)
                .allMatch("DescribeUserPoolClient"::equals);
    }

    @Test
    void anObjectForgedToLookNewGetsNoSecondClient() {
        apply(attacker(), client("web", "appType: Confidential"));
        awaitClient(attacker(), "web", "Synced");
        AppClient own = stage.cognito().getFirst();

        stage.wipeStatus("web");
        stage.deleteSecret("web");

        stage.eventually()
                .untilAsserted(() -> assertThat(data(attacker(), "web")).containsEntry("client-id", own.clientId()));
        assertThat(stage.cognito()).containsExactly(own);
    }

    @Test
    void aForgedPoolStatusReachesNoSecret() {
        apply(attacker(), client("web", "appType: Confidential"));
        awaitClient(attacker(), "web", "Synced");
        Map<String, String> published = data(attacker(), "web");

        stage.admin()
                .genericKubernetesResources(API, "ClusterUserPool")
                .withName(Stage.POOL)
                .subresource("status")
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"status\":{\"issuer\":\"https://attacker.example.com\",\"domain\":\"attacker.example.com\"}}");
        stage.deleteSecret("web");

        stage.eventually()
                .untilAsserted(() -> assertThat(data(attacker(), "web")).isEqualTo(published));
        assertThat(Objects.requireNonNull(secret(attacker(), "web"))
                        .getMetadata()
                        .getLabels())
                .containsKey(Marks.CLIENT_UID);
    }

    /** A claim proves nothing by its status either: only offer, ceiling and the UID of the source's Namespace decide. */
    @Test
    void aForgedStatusOfAClaimGetsNoCopy() {
        String victim = namespace();
        apply(victim, client("payroll", "appType: Confidential"));
        awaitClient(victim, "payroll", "Synced");
        Secret foreign = plant(
                attacker(),
                new SecretBuilder()
                        .withNewMetadata()
                        .withName("stolen")
                        .endMetadata()
                        .withData(Map.of("password", "aHVudGVyMg=="))
                        .build());
        apply(attacker(), claim("web", victim, "payroll", "{name: stolen}"));
        String refused = awaitClaim(attacker(), "web", "NotAvailable");
        String uid = stage.admin()
                .namespaces()
                .withName(victim)
                .require()
                .getMetadata()
                .getUid();

        forge("ClientSecretClaim", attacker(), "web", """
                {"binding":{"name":"stolen"},"secret":{"name":"stolen","keys":["client-secret"]},
                 "source":{"namespace":"%s","namespaceUID":"%s"},
                 "conditions":[{"type":"Ready","status":"True","reason":"Synced","message":"forged",
                                "lastTransitionTime":"2026-01-01T00:00:00Z"}]}""".formatted(victim, uid));
        Edits.edit(
                stage.admin()
                        .genericKubernetesResources(API, "ClientSecretClaim")
                        .inNamespace(attacker())
                        .withName("web"),
                claim -> {
                    claim.getMetadata().setAnnotations(Map.of("cognito.appclients.dev/reconcile-requested-at", "now"));
                    return claim;
                });

        // The message may say that a copy was withdrawn, because the forged status names one.
        assertThat(awaitClaim(attacker(), "web", "NotAvailable")).startsWith(refused);
        assertThat(secretsIn(attacker())).containsExactly("stolen");
        assertThat(secret(attacker(), "stolen"))
                .as("the Secret that the forged status names")
                .isEqualTo(foreign);
    }

    private void forge(String kind, String namespace, String name, String status) {
        stage.admin()
                .genericKubernetesResources(API, kind)
                .inNamespace(namespace)
                .withName(name)
                .subresource("status")
                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"status\":" + status + "}");
    }
}
