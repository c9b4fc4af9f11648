package dev.appclients.cognito.api.v1beta1;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.controlplane.TestCluster;
import dev.appclients.cognito.model.Marks;
import dev.appclients.cognito.model.MetadataKeys;
import dev.appclients.cognito.model.SecretTypes;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The API server refuses exactly the keys and types that the operator refuses before a write. */
class MetadataAndTypesIT {

    private static KubernetesClient client;

    @BeforeAll
    static void connect() {
        client = TestCluster.admin();
    }

    @AfterAll
    static void disconnect() {
        client.close();
    }

    static Stream<String> keys() {
        return Stream.of(
                        MetadataKeys.FOREIGN_DOMAINS.stream()
                                .flatMap(domain -> Stream.of(
                                        domain + "/x",
                                        "a." + domain + "/x",
                                        "a.b." + domain + "/x",
                                        "not" + domain + "/x",
                                        domain + ".example.com/x",
                                        "example.com/" + domain)),
                        MetadataKeys.COMMON_KEYS.stream().flatMap(key -> Stream.of(key, key + "-x", "a." + key)),
                        Stream.of(
                                MetadataKeys.RELOADER_DOMAIN + "/match",
                                "a." + MetadataKeys.RELOADER_DOMAIN + "/match",
                                "grafana_datasource",
                                "owner",
                                "app.kubernetes.io/instance",
                                "app.kubernetes.io/managed-by",
                                "Argoproj.io/x",
                                "argoproj.io.",
                                "example.com/",
                                "/name",
                                "example.com/a/b",
                                "example.com/a b",
                                "example.com/-a",
                                "example.com/" + "n".repeat(64),
                                "xn--80ak6aa92e.com/x",
                                Marks.CLAIM_UID,
                                Marks.PUSHED))
                .flatMap(keys -> keys)
                .distinct();
    }

    @ParameterizedTest
    @MethodSource("keys")
    void aKeyIsRefusedByBothOrByNeither(String key) {
        List<String> labels = refusals("metadata", Map.of("labels", Map.of(key, "x")));
        List<String> annotations = refusals("metadata", Map.of("annotations", Map.of(key, "x")));

        assertThat(labels.isEmpty()).as("%s", labels).isEqualTo(MetadataKeys.isPermitted(key));
        assertThat(annotations.isEmpty()).as("%s", annotations).isEqualTo(MetadataKeys.isPermitted(key));
    }

    /** Kubernetes would refuse the Secret. */
    @ParameterizedTest
    @ValueSource(strings = {"a..example.com/x", "a-.example.com/x"})
    void aKeyWhoseDomainIsMalformedIsRefused(String key) {
        assertThat(refusals("metadata", Map.of("labels", Map.of(key, "x")))).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Opaque",
                "nginx.org/oidc",
                "servicebinding.io/oauth2",
                "argoproj.io/repository",
                "team",
                "kubernetes.io/tls",
                "kubernetes.io/service-account-token",
                "bootstrap.kubernetes.io/token",
                "helm.sh/release.v1",
                "a.kubernetes.io/x",
                "notkubernetes.io/x"
            })
    void aTypeIsRefusedByBothOrByNeither(String type) {
        assertThat(refusals("type", type).isEmpty()).isEqualTo(!SecretTypes.isNever(type));
    }

    private static List<String> refusals(String field, Object value) {
        GenericKubernetesResource claim = Manifest.valid("clientsecretclaim", "the-least");
        claim.<Map<String, Object>>get("spec").put("secret", Map.of(field, value));
        return Refusals.of(client, claim);
    }
}
