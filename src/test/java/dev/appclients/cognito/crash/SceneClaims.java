package dev.appclients.cognito.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.api.v1beta1.ClientSecretClaim;
import dev.appclients.cognito.status.Conditions;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;

/** The claims of a scene, each of the same name as its client. */
final class SceneClaims {

    private SceneClaims() {}

    /** Applies a claim of the same name as the client, in its namespace. */
    static void apply(Scene scene, String name, String client, String secret) {
        scene.stage().apply("""
                apiVersion: cognito.appclients.dev/v1beta1
                kind: ClientSecretClaim
                metadata: {name: %s}
                spec: {clientRef: {namespace: %s, name: %s}, secret: {name: %s}}
                """.formatted(name, scene.stage().namespace(), client, secret));
    }

    static void assertCopied(Scene scene, String name, String secret) {
        scene.stage().eventually().untilAsserted(() -> {
            assertThat(ready(scene, name)).isEqualTo("True Synced");
            assertThat(scene.stage().data(secret)).isEqualTo(scene.stage().data(name));
        });
    }

    /** Status and reason of Ready at the present generation of the claim; empty at another one. */
    static String ready(Scene scene, String name) {
        ClientSecretClaim claim = claims(scene).withName(name).require();
        return Conditions.find(claim.getStatus().conditions(), Conditions.READY)
                .filter(ready -> claim.getMetadata().getGeneration().equals(ready.getObservedGeneration()))
                .map(ready -> ready.getStatus() + " " + ready.getReason())
                .orElse("");
    }

    static void remove(Scene scene, String name) {
        claims(scene).withName(name).delete();
        scene.stage().eventually().until(() -> claims(scene).withName(name).get() == null);
    }

    private static NonNamespaceOperation<ClientSecretClaim, ?, Resource<ClientSecretClaim>> claims(Scene scene) {
        return scene.stage()
                .admin()
                .resources(ClientSecretClaim.class)
                .inNamespace(scene.stage().namespace());
    }
}
