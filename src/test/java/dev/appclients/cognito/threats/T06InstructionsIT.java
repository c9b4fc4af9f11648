package dev.appclients.cognito.threats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.controller.Stage;
import dev.appclients.cognito.controlplane.Edits;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** T6: the type or the metadata of a Secret gives orders to Kubernetes or to another controller, such as one that copies Secrets. */
class T06InstructionsIT extends OnTenants {

    private static final String GROUP = "cognito.appclients.dev";

    private static Stream<String> orders() {
        Stream<String> types = Stream.of(
                        // The API server writes the token of a service account into such a Secret.
                        "kubernetes.io/service-account-token",
                        "kubernetes.io/dockerconfigjson",
                        "kubernetes.io/tls",
                        "bootstrap.kubernetes.io/token",
                        "helm.sh/release.v1")
                .map(type -> "type: " + type);
        Stream<String> metadata = Stream.of(
                        "argocd.argoproj.io/secret-type: cluster",
                        "reflector.v1.k8s.emberstack.com/reflection-auto-enabled: 'true'",
                        "replicator.v1.mittwald.de/replicate-to: kube-system",
                        "kubed.appscode.com/sync: ''",
                        "kubernetes.io/service-account.name: default",
                        "meta.helm.sh/release-name: web",
                        "kustomize.toolkit.fluxcd.io/prune: disabled",
                        "app.kubernetes.io/managed-by: Helm",
                        "app.kubernetes.io/instance: web",
                        "cognito.appclients.dev/client-uid: forged",
                        "cognito.appclients.dev/inputs: forged",
                        "below.argocd.argoproj.io/secret-type: cluster",
                        "istio/multiCluster: 'true'",
                        "skupper.io/type: token",
                        "synator/sync: 'yes'",
                        "vault.security.banzaicloud.io/vault-role: admin",
                        // Without a domain: Grafana loads such Secrets.
                        "grafana_datasource: '1'",
                        "owner: helm")
                .flatMap(entry -> Stream.of("labels", "annotations")
                        .filter(part -> part.equals("annotations") || !entry.endsWith("kube-system"))
                        .map(part -> "metadata: {" + part + ": {" + entry + "}}"));
        return Stream.concat(types, metadata);
    }

    @Test
    void theApiServerRefusesTheOrderInAClientAndInAClaim() {
        assertThat(orders()).allSatisfy(order -> {
            String secret = "{name: web, " + order + "}";
            assertThat(refusal(attacker(), client("web", "appType: Confidential\nsecret: " + secret)))
                    .contains("secret.");
            assertThat(refusal(attacker(), claim("web", attacker(), "web", secret)))
                    .contains("secret.");
        });
    }

    /** An older CRD, a CRD that another tool changed, or an object from before the rule. */
    @Test
    void theOperatorRefusesTheOrderOfAClientBeforeAnyWriteWithoutTheRuleOfTheCrd() {
        List<String> orders = orders().toList();
        withoutRulesOf("userpoolclients", () -> {
            for (int i = 0; i < orders.size(); i++) {
                String manifest = client("web-" + i, "appType: Confidential\nsecret: {" + orders.get(i) + "}");
                // The API server applies a changed CRD with a delay.
                stage.eventually().untilAsserted(() -> apply(attacker(), manifest));
            }
            for (int i = 0; i < orders.size(); i++) {
                awaitRefusal("UserPoolClient", "web-" + i);
            }
        });
        assertThat(stage.calls()).doesNotContain("CreateUserPoolClient");
        assertThat(secretsIn(attacker())).isEmpty();
    }

    @Test
    void theOperatorRefusesTheOrderOfAClaimBeforeAnyWriteWithoutTheRuleOfTheCrd() {
        apply(attacker(), client("source", "appType: Confidential"));
        awaitClient(attacker(), "source", "Synced");
        List<String> orders = orders().toList();
        withoutRulesOf("clientsecretclaims", () -> {
            for (int i = 0; i < orders.size(); i++) {
                String manifest =
                        claim("web-" + i, attacker(), "source", "{name: web-" + i + ", " + orders.get(i) + "}");
                stage.eventually().untilAsserted(() -> apply(attacker(), manifest));
            }
            for (int i = 0; i < orders.size(); i++) {
                awaitRefusal("ClientSecretClaim", "web-" + i);
            }
        });
        assertThat(secretsIn(attacker())).containsExactly("source");
    }

    private void awaitRefusal(String kind, String name) {
        stage.eventually()
                .untilAsserted(() -> assertThat(ready(attacker(), kind, name).get("reason"))
                        .as("no pool can permit it")
                        .isEqualTo("InvalidSecret"));
    }

    /** The limits of the pool, not the form, forbid this key: the client and the claim show the same reason. */
    @Test
    void aKeyThatThePoolDoesNotListIsRefusedForTheSameReasonInAClientAndInAClaim() {
        stage.applyPool(Stage.POOL, """
                namespaces: {from: All}
                tenancy: Restricted
                allow: {appTypes: [Confidential], readAttributes: [email], writeAttributes: [name]}
                """);
        apply(attacker(), client("source", "appType: Confidential"));
        awaitClient(attacker(), "source", "Synced");
        String secret = "{name: web, metadata: {labels: {unlisted.example.org/team: shop}}}";

        apply(attacker(), client("web", "appType: Confidential\nsecret: " + secret));
        apply(attacker(), claim("web", attacker(), "source", secret));

        for (String kind : List.of("UserPoolClient", "ClientSecretClaim")) {
            stage.eventually()
                    .untilAsserted(() -> assertThat(ready(attacker(), kind, "web"))
                            .containsEntry("reason", "SettingNotAllowed")
                            .extractingByKey("message")
                            .asString()
                            .contains("secret.metadata.labels", "allow.secretMetadata.labelKeys"));
        }
        assertThat(secretsIn(attacker())).containsExactly("source");
    }

    /** The keys that a consumer needs are not an order: Argo CD reads Secrets with part-of, Reloader restarts workloads. */
    @Test
    void theHarmlessKeysOfTheTableStayPossible() {
        apply(attacker(), client("web", """
                appType: Confidential
                secret:
                  metadata:
                    labels: {app.kubernetes.io/part-of: argocd, example.com/team: shop}
                    annotations: {reloader.stakater.com/match: "true"}
                """));

        awaitClient(attacker(), "web", "Synced");
        assertThat(secret(attacker(), "web").getMetadata().getLabels())
                .containsEntry("app.kubernetes.io/part-of", "argocd");
        assertThat(secret(attacker(), "web").getMetadata().getAnnotations())
                .containsEntry("reloader.stakater.com/match", "true");
    }

    private void withoutRulesOf(String resource, Runnable attack) {
        var crd = stage.admin().apiextensions().v1().customResourceDefinitions().withName(resource + "." + GROUP);
        CustomResourceDefinition installed = crd.require();
        try {
            Edits.edit(crd, found -> {
                found.getSpec()
                        .getVersions()
                        .forEach(version -> removeRules(version.getSchema()
                                .getOpenAPIV3Schema()
                                .getProperties()
                                .get("spec")
                                .getProperties()
                                .get("secret")));
                return found;
            });
            attack.run();
        } finally {
            Edits.edit(crd, found -> {
                found.setSpec(installed.getSpec());
                return found;
            });
            // Later tests need the rules.
            String order = "{name: probe, type: kubernetes.io/tls}";
            String probe = resource.equals("userpoolclients")
                    ? client("probe", "appType: Confidential\nsecret: " + order)
                    : claim("probe", attacker(), "source", order);
            stage.eventually().untilAsserted(() -> refusal(attacker(), probe));
        }
    }

    private static void removeRules(JSONSchemaProps schema) {
        schema.setXKubernetesValidations(List.of());
        schema.setPattern(null);
        if (schema.getProperties() != null) {
            schema.getProperties().values().forEach(T06InstructionsIT::removeRules);
        }
        if (schema.getItems() != null && schema.getItems().getSchema() != null) {
            removeRules(schema.getItems().getSchema());
        }
        if (schema.getAdditionalProperties() != null
                && schema.getAdditionalProperties().getSchema() != null) {
            removeRules(schema.getAdditionalProperties().getSchema());
        }
    }
}
