package dev.appclients.cognito.api.v1beta1;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.controller.Kubectl;
import dev.appclients.cognito.controlplane.TestCluster;
import dev.appclients.cognito.model.Marks;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Checks the columns of {@code kubectl get} on a real API server. */
class ColumnsIT {
    private static final String NAMESPACE = "columns";

    private static KubernetesClient client;

    @BeforeAll
    static void connect() {
        client = TestCluster.admin();
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(NAMESPACE)
                        .endMetadata()
                        .build())
                .create();
    }

    @AfterEach
    void deleteObjects() {
        client.resources(ClientSecretClaim.class).inNamespace(NAMESPACE).delete();
        client.resources(UserPoolClient.class).inNamespace(NAMESPACE).delete();
    }

    @AfterAll
    static void disconnect() {
        client.namespaces().withName(NAMESPACE).delete();
        client.close();
    }

    @Test
    void claimsReadAsTheMapOfCopies() {
        create(
                "clientsecretclaim",
                "the-least",
                Map.of(),
                Map.of(
                        "observedGeneration",
                        1,
                        "secret",
                        Map.of("name", "web-copy"),
                        "conditions",
                        List.of(ready("True", "Synced", "The Secret is up to date."))));

        assertThat(kubectl("get", "csc", "-A"))
                .startsWith(row("NAMESPACE", "NAME", "READY", "REASON", "FROM", "CLIENT", "SECRET", "AGE"))
                .anyMatch(row ->
                        row.subList(0, 7).equals(row(NAMESPACE, "web", "True", "Synced", "shop", "web", "web-copy")));
    }

    @Test
    void theWideColumnsOfAClaimShowItsPresetAndWhetherItWasPushed() {
        create(
                "clientsecretclaim",
                "secret-name-is-a-name",
                Map.of(Marks.PUSHED, "true"),
                Map.of("observedGeneration", 1, "conditions", List.of(ready("False", "NotAvailable", "Retried"))));

        assertThat(kubectl("get", "csc", "-n", NAMESPACE, "-o", "wide"))
                .startsWith(row(
                        "NAME", "READY", "REASON", "FROM", "CLIENT", "SECRET", "AGE", "PRESET", "PUSHED", "MESSAGE"))
                .anySatisfy(row ->
                        assertThat(row.subList(row.size() - 3, row.size())).isEqualTo(row("Env", "true", "Retried")));
    }

    @Test
    void theWideColumnsOfAClientShowItsCopiesAndItsRotation() {
        create(
                "userpoolclient",
                "the-least",
                Map.of(),
                Map.of(
                        "observedGeneration",
                        1,
                        "copies",
                        Map.of("wanted", 1000, "ready", 998, "summary", "998/1000"),
                        "rotation",
                        Map.of("phase", "Overlap", "summary", "Overlap 998/1000 until 2027-01-19"),
                        "conditions",
                        List.of(ready("True", "Synced", "Fine"))));

        assertThat(kubectl("get", "upc", "-n", NAMESPACE, "-o", "wide"))
                .anySatisfy(row -> assertThat(row)
                        .containsSequence("998/1000", "Overlap", "998/1000", "until", "2027-01-19", "Fine"));
        assertThat(kubectl("get", "upc", "-n", NAMESPACE))
                .startsWith(row("NAME", "READY", "REASON", "CLIENT-ID", "POOL", "AGE"))
                .noneSatisfy(row -> assertThat(row).contains("998/1000"));
    }

    @Test
    void theWideColumnsOfAPoolShowWhereCopiesMayBe() {
        GenericKubernetesResource pool = Manifest.valid("clusteruserpool", "sharing-and-push-from-names");
        pool.getMetadata().setName("columns");
        client.resource(pool).fieldManager("user").forceConflicts().serverSideApply();
        try {
            assertThat(kubectl("get", "cup", "columns", "-o", "wide"))
                    .startsWith(row("NAME", "READY", "POOL-ID", "TENANCY", "AGE", "SHARING", "PUSH-FROM"))
                    .anySatisfy(row ->
                            assertThat(row.subList(row.size() - 2, row.size())).isEqualTo(row("Names", "Names")));
        } finally {
            client.resource(pool).delete();
        }
    }

    @Test
    void claimsAreSelectedByTheirClient() {
        create("clientsecretclaim", "the-least", Map.of(), Map.of("observedGeneration", 1));

        assertThat(names("spec.clientRef.namespace=shop,spec.clientRef.name=web"))
                .containsExactly("web");
        assertThat(names("spec.clientRef.namespace=other")).isEmpty();
    }

    private static List<String> names(String selector) {
        return kubectl("get", "csc", "-n", NAMESPACE, "--no-headers", "--field-selector", selector).stream()
                .map(List::getFirst)
                .filter(name -> !name.equals("No"))
                .toList();
    }

    private static void create(String kind, String manifest, Map<String, String> labels, Map<String, Object> status) {
        GenericKubernetesResource object = Manifest.valid(kind, manifest);
        object.getMetadata().setNamespace(NAMESPACE);
        object.getMetadata().setLabels(labels);
        GenericKubernetesResource created = client.resource(object).create();
        created.setAdditionalProperty("status", status);
        client.resource(created).updateStatus();
    }

    private static Map<String, Object> ready(String status, String reason, String message) {
        return Map.of(
                "type",
                "Ready",
                "status",
                status,
                "reason",
                reason,
                "message",
                message,
                "lastTransitionTime",
                "2026-01-02T03:04:05Z");
    }

    private static List<String> row(String... cells) {
        return List.of(cells);
    }

    private static List<List<String>> kubectl(String... arguments) {
        Kubectl.Output output = new Kubectl(NAMESPACE).run(arguments);
        assertThat(output.exitCode()).as(output.text()).isZero();
        return output.text()
                .lines()
                .map(line -> Arrays.asList(line.strip().split("\\s+")))
                .toList();
    }
}
