package dev.appclients.cognito.threats;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** T15: a claim, a template or a generated key reads or spreads a Secret that its author cannot read. */
class T15OtherSecretsIT extends OnCopies {

    private static final String GENERATED = "generate: [{key: cookie-secret, bytes: 32, encoding: Hex}]";

    @Test
    void aClaimOnAClientWithoutAnOfferReadsLikeAClaimOnNoClient() {
        String victim = namespace();
        publish(victim, "payroll", offer("another"));
        plant(
                victim,
                new SecretBuilder()
                        .withNewMetadata()
                        .withName("database")
                        .endMetadata()
                        .withData(Map.of("password", "aHVudGVyMg=="))
                        .build());
        apply(attacker(), claim("not-offered", victim, "payroll", "{name: a}"));
        apply(attacker(), claim("absent", victim, "no-such-client", "{name: b}"));
        apply(attacker(), claim("a-secret", victim, "database", "{name: c}"));
        apply(attacker(), claim("no-namespace", "no-such-namespace", "payroll", "{name: d}"));

        String message = awaitClaim(attacker(), "not-offered", "NotAvailable");
        assertThat(awaitClaim(attacker(), "absent", "NotAvailable")).isEqualTo(message);
        assertThat(awaitClaim(attacker(), "a-secret", "NotAvailable")).isEqualTo(message);
        assertThat(awaitClaim(attacker(), "no-namespace", "NotAvailable")).isEqualTo(message);
        assertThat(secretsIn(attacker())).isEmpty();
        assertThat(read(attacker(), "ClientSecretClaim", "not-offered")
                        .get("status")
                        .toString())
                .doesNotContain(
                        read(victim, "UserPoolClient", "payroll").getMetadata().getUid());
    }

    /** The name of a Secret is no source: the copy takes the values of the client's own, untampered Secret. */
    @Test
    void aSecretInThePlaceOfTheClientsOneIsNotSpread() {
        String team = namespace();
        Map<String, String> source = publish(attacker(), "web", offer(team));
        stage.stopOperator();
        stage.deleteSecret("web");
        plant(
                attacker(),
                new SecretBuilder()
                        .withNewMetadata()
                        .withName("web")
                        .endMetadata()
                        .withData(Map.of("client-id", "cGxhbnRlZA==", "client-secret", "cGxhbnRlZA=="))
                        .build());
        apply(team, claim("web", attacker(), "web", "{name: web-oidc}"));

        stage.startOperator();

        stage.eventually()
                .until(() ->
                        !ready(team, "ClientSecretClaim", "web").get("reason").equals("Synced"));
        assertThat(secret(team, "web-oidc")).isNull();
        stage.deleteSecret("web");
        stage.wake("web");
        awaitCopy(team, "web-oidc", source);
    }

    @Test
    void anEditedSourceIsNotSpread() {
        String team = namespace();
        Map<String, String> source = publish(attacker(), "web", offer(team));
        apply(team, claim("web", attacker(), "web", "{name: web-oidc}"));
        awaitCopy(team, "web-oidc", source);

        stage.applySecretAs("another-tool", "web", "stringData: {client-secret: planted}");

        awaitCopy(attacker(), "web", source);
        assertThat(data(team, "web-oidc")).containsEntry("client-secret", source.get("client-secret"));
    }

    @Test
    void eachClaimGeneratesItsOwnKeysAndCopiesNone() {
        String team = namespace();
        Map<String, String> source = publish(attacker(), "web", offer(team) + "secret: {" + GENERATED + "}\n");
        apply(team, claim("plain", attacker(), "web", "{name: plain}"));
        apply(team, claim("own", attacker(), "web", "{name: own, " + GENERATED + "}"));

        awaitCopy(team, "plain", source);
        awaitCopy(team, "own", source);

        assertThat(source).containsKey("cookie-secret");
        assertThat(data(team, "plain"))
                .doesNotContainKey("cookie-secret")
                .doesNotContainValue(source.get("cookie-secret"));
        assertThat(data(team, "own").get("cookie-secret")).hasSize(64).isNotEqualTo(source.get("cookie-secret"));
    }

    @Test
    void noFieldNamesAnotherSecret() {
        for (String field : new String[] {
            "valueFrom: {secretKeyRef: {name: database, key: password}}",
            "from: {name: database}",
            "secretRef: {name: database}"
        }) {
            assertThat(refusal(attacker(), client("web", "appType: Confidential\nsecret: {" + field + "}")))
                    .contains("unknown field");
            assertThat(refusal(attacker(), claim("web", attacker(), "web", "{" + field + "}")))
                    .contains("unknown field");
        }
    }
}
