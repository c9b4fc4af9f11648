package dev.appclients.cognito.threats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.model.Marks;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** T7: forged labels, annotations and owner references redirect a write or a delete of the operator. */
class T07ForgedMarksIT extends OnTenants {

    @Test
    void aSecretWithTheMarksOfAClientIsNeitherChangedNorDeletedWithIt() {
        apply(attacker(), client("web", "appType: Confidential"));
        awaitClient(attacker(), "web", "Synced");
        GenericKubernetesResource web = read(attacker(), "UserPoolClient", "web");
        String victim = namespace();
        Secret here = plant(attacker(), forged("database", web));
        Secret there = plant(victim, forged("database", web));

        apply(attacker(), client("web", "appType: Confidential\naccessTokenValidity: 30m"));
        awaitClient(attacker(), "web", "Synced");
        assertThat(secret(attacker(), "database")).isEqualTo(here);
        stage.delete("web");
        stage.awaitGone("web");

        assertThat(secret(attacker(), "database")).isEqualTo(here);
        assertThat(secret(victim, "database")).isEqualTo(there);
        assertThat(secret(attacker(), "web")).isNull();
    }

    @Test
    void marksThatNameAnotherClientDoNotMoveTheSecretToThatClient() {
        apply(attacker(), client("web", "appType: Confidential"));
        awaitClient(attacker(), "web", "Synced");
        String victim = namespace();
        apply(victim, client("payroll", "appType: Confidential"));
        awaitClient(victim, "payroll", "Synced");
        GenericKubernetesResource payroll = read(victim, "UserPoolClient", "payroll");
        Map<String, String> before = data(attacker(), "web");
        Map<String, String> others = data(victim, "payroll");

        stage.editSecret("web", secret -> {
            secret.getMetadata()
                    .getLabels()
                    .put(Marks.CLIENT_UID, payroll.getMetadata().getUid());
            secret.getMetadata().getAnnotations().put(Marks.CLIENT, victim + "/payroll");
            secret.getMetadata().getAnnotations().put(Marks.CLIENT_ID, others.get("client-id"));
        });

        // The operator restores the marks of its Secret, with its own values.
        stage.eventually()
                .untilAsserted(
                        () -> assertThat(secret(attacker(), "web").getMetadata().getLabels())
                                .containsEntry(
                                        Marks.CLIENT_UID,
                                        read(attacker(), "UserPoolClient", "web")
                                                .getMetadata()
                                                .getUid()));
        assertThat(data(attacker(), "web")).isEqualTo(before);
        assertThat(data(victim, "payroll")).isEqualTo(others);
    }

    @Test
    void marksOnTheClientItselfDoNotReachItsSecret() {
        apply(attacker(), """
                apiVersion: %s
                kind: UserPoolClient
                metadata:
                  name: web
                  labels: {argocd.argoproj.io/secret-type: cluster, %s: forged}
                  annotations: {replicator.v1.mittwald.de/replicate-to: ".*", %s: "forged"}
                spec: {userPoolRef: {name: customers}, appType: Confidential}
                """.formatted(API, Marks.CLIENT_UID, Marks.CLIENT_ID));
        awaitClient(attacker(), "web", "Synced");

        Secret published = secret(attacker(), "web");
        assertThat(published.getMetadata().getLabels())
                .doesNotContainKey("argocd.argoproj.io/secret-type")
                .doesNotContainValue("forged");
        assertThat(published.getMetadata().getAnnotations())
                .doesNotContainKey("replicator.v1.mittwald.de/replicate-to")
                .doesNotContainValue("forged");
    }

    @Test
    void aSecretWithTheMarksOfACopyIsNotDeletedWithTheCopy() {
        apply(attacker(), client("web", "appType: Confidential"));
        awaitClient(attacker(), "web", "Synced");
        apply(attacker(), claim("copy", attacker(), "web", "{name: copy}"));
        awaitClaim(attacker(), "copy", "Synced");
        Secret copy = secret(attacker(), "copy");
        Secret forged = plant(
                attacker(),
                new SecretBuilder()
                        .withNewMetadata()
                        .withName("database")
                        .withLabels(copy.getMetadata().getLabels())
                        .withAnnotations(copy.getMetadata().getAnnotations())
                        .endMetadata()
                        .withData(Map.of("password", "aHVudGVyMg=="))
                        .build());

        // A rename deletes the former copies of the claim, which the operator finds by their marks.
        apply(attacker(), claim("copy", attacker(), "web", "{name: renamed}"));
        stage.eventually().until(() -> secret(attacker(), "copy") == null && secret(attacker(), "renamed") != null);
        awaitClaim(attacker(), "copy", "Synced");

        assertThat(secret(attacker(), "database")).isEqualTo(forged);
    }

    /** A writer of a Secret can forge the marks and the keys. The field manager differs. */
    private static Secret forged(String name, GenericKubernetesResource owner) {
        return new SecretBuilder()
                .withNewMetadata()
                .withName(name)
                .withLabels(
                        Map.of(Marks.CLIENT_UID, owner.getMetadata().getUid(), Marks.MANAGED_BY, Marks.FIELD_MANAGER))
                .withAnnotations(Map.of(
                        Marks.CLIENT,
                        owner.getMetadata().getNamespace() + "/"
                                + owner.getMetadata().getName(),
                        Marks.CLIENT_ID,
                        "forged",
                        Marks.INPUTS,
                        "1.forged"))
                .endMetadata()
                .withData(Map.of("client-id", "Zm9yZ2Vk", "client-secret", "Zm9yZ2Vk"))
                .build();
    }
}
