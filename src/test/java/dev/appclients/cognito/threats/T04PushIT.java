package dev.appclients.cognito.threats;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** T4: a client pushes its Secret into the namespace of a victim, which then signs its users in with the client of the attacker. */
class T04PushIT extends OnCopies {

    @Test
    void anOfferWithoutAClaimOfTheVictimWritesNothingThere() {
        String victim = namespace();

        publish(attacker(), "web", offer(victim));

        stage.wake("web");
        assertThat(secretsIn(victim)).isEmpty();
        assertThat(claimsIn(victim)).isEmpty();
    }

    @Test
    void aNamespaceThatThePlatformTeamDoesNotListPushesNothing() {
        String victim = namespace();
        changePool(pushFrom("platform"));

        publish(attacker(), "web", push("web", "{from: All}"));

        stage.wake("web");
        assertThat(claimsIn(victim)).isEmpty();
        assertThat(secretsIn(victim)).isEmpty();
    }

    /** A push may come from the attacker's namespace here, and still reaches only the ceiling and no namespace of Kubernetes. */
    @Test
    void aPushReachesNoNamespaceOutsideTheCeiling() {
        String victim = namespace();
        String inside = namespace(Map.of("oidc", "yes"));
        changePool("""
                namespaces: {from: All}
                sharing:
                  namespaces: {from: Selector, selector: {matchLabels: {oidc: "yes"}}}
                  pushFrom: {from: Names, names: [%s]}
                """.formatted(attacker()));

        Map<String, String> source = publish(attacker(), "web", push("web-oidc", "{from: All}"));

        awaitCopy(inside, "web-oidc", source);
        assertThat(secretsIn(victim)).isEmpty();
        assertThat(claimsIn(victim)).isEmpty();
    }

    @Test
    void aPushToAllLeavesTheNamespacesOfKubernetesOut() {
        String other = namespace();
        changePool(pushFrom(attacker()));

        Map<String, String> source = publish(attacker(), "web", push("web-oidc", "{from: All}"));

        awaitCopy(other, "web-oidc", source);
        assertThat(List.of("kube-system", "kube-public", "kube-node-lease"))
                .allSatisfy(name -> assertThat(claimsIn(name)).isEmpty());
    }

    @Test
    void aPushNeverOverwritesASecretOfTheVictim() {
        String victim = namespace();
        Secret before = plant(
                victim,
                new SecretBuilder()
                        .withNewMetadata()
                        .withName("database")
                        .endMetadata()
                        .withData(Map.of("client-id", "b3du", "client-secret", "b3du"))
                        .build());
        changePool(pushFrom(attacker()));

        publish(attacker(), "web", push("database", "{from: Names, names: [" + victim + "]}"));

        awaitClaim(victim, attacker() + ".web", "SecretConflict");
        assertThat(secret(victim, "database")).isEqualTo(before);
    }

    /** The victim's own client keeps its Secret, and a push does not take its name. */
    @Test
    void aPushNeverTakesTheNameOfAClientOfTheVictim() {
        String victim = namespace();
        Map<String, String> own = publish(victim, "web", "");
        changePool(pushFrom(attacker()));

        publish(attacker(), "web", push("web", "{from: Names, names: [" + victim + "]}"));

        awaitClaim(victim, attacker() + ".web", "SecretNameTaken");
        assertThat(data(victim, "web")).isEqualTo(own);
    }

    @Test
    void aPushSetsNoTypeMetadataTemplateOrGeneratedKey() {
        assertThat(List.of(
                        "type: Opaque",
                        "metadata: {labels: {example.com/a: b}}",
                        "template: {a: b}",
                        "generate: [{key: a, bytes: 32, encoding: Hex}]"))
                .allSatisfy(field -> assertThat(refusal(
                                attacker(),
                                client(
                                        "web",
                                        "appType: Confidential\nsharing: {namespaces: {from: All}, push: {secret: {name: web, "
                                                + field + "}}}")))
                        .contains("unknown field"));
    }
}
