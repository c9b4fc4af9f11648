package dev.appclients.cognito.api.v1beta1;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.controlplane.TestCluster;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks every rule of the CRDs on a real API server, with the manifests in {@code src/test/resources/manifests}. */
class ManifestsIT {
    private static final String LONGEST_NAME = ("s".repeat(62) + ".").repeat(4) + "s";

    private static KubernetesClient client;

    @BeforeAll
    static void connect() {
        client = TestCluster.admin();
    }

    @AfterAll
    static void disconnect() {
        client.close();
    }

    static Stream<Manifest> valid() {
        return Manifest.valid();
    }

    static Stream<Manifest> invalid() {
        return Manifest.invalid();
    }

    @ParameterizedTest
    @MethodSource("valid")
    void aValidManifestIsAccepted(Manifest manifest) {
        assertThat(refusals(manifest)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("invalid")
    void anInvalidManifestIsRefusedWithTheExpectedMessages(Manifest manifest) {
        assertThat(manifest.expected()).as("lines that begin with '# expect: '").isNotEmpty();

        assertThat(refusals(manifest)).containsExactlyInAnyOrderElementsOf(manifest.expected());
    }

    @Test
    void theLargestClientIsStoredWithinTheCostBudgetOfTheRules() {
        var largest = Manifest.valid("userpoolclient", "everything");
        var spec = largest.<Map<String, Object>>get("spec");
        spec.put("clientName", "n".repeat(117));
        spec.put("explicitAuthFlows", Collections.nCopies(16, "ALLOW_ADMIN_USER_PASSWORD_AUTH"));
        spec.put("allowedOAuthFlows", List.of("code", "implicit", "implicit"));
        var urls = texts(100, 1024, i -> "https://shop.example.com/%03d/".formatted(i));
        spec.put("callbackURLs", urls);
        spec.put("logoutURLs", urls);
        spec.put("defaultRedirectURI", urls.getLast());
        spec.put("allowedOAuthScopes", texts(50, 256, "scope/%02d/"::formatted));
        spec.put("supportedIdentityProviders", texts(1000, 32, "%04d"::formatted));
        spec.put("readAttributes", texts(200, 256, "custom:%03d"::formatted));
        spec.put("writeAttributes", texts(200, 256, "custom:%03d"::formatted));
        spec.put(
                "analyticsConfiguration",
                Map.of(
                        "applicationId",
                        "a".repeat(64),
                        "externalId",
                        "e".repeat(131_072),
                        "roleARN",
                        "arn:aws:iam::111122223333:role/" + "r".repeat(2048 - 31),
                        "userDataShared",
                        true));
        spec.put("secret", largestSecret());
        spec.put(
                "configMap",
                Map.of("name", LONGEST_NAME, "preset", "ServiceBinding", "template", largestTemplate("issuer")));
        spec.put(
                "sharing",
                Map.of(
                        "namespaces",
                        Map.of("from", "Selector", "selector", largestSelector()),
                        "push",
                        Map.of("secret", Map.of("name", LONGEST_NAME, "preset", "ServiceBinding"))));

        assertThat(Refusals.ofStored(client, largest)).isEmpty();
    }

    @Test
    void theLargestClaimIsStoredWithinTheCostBudgetOfTheRules() {
        var largest = Manifest.valid("clientsecretclaim", "everything");
        var spec = largest.<Map<String, Object>>get("spec");
        spec.put("clientRef", Map.of("namespace", "n".repeat(63), "name", LONGEST_NAME));
        spec.put("secret", largestSecret());

        assertThat(Refusals.ofStored(client, largest)).isEmpty();
    }

    @Test
    void theLargestPoolIsStoredWithinTheCostBudgetOfTheRules() {
        var largest = Manifest.valid("clusteruserpool", "everything");
        var aws = largest.<Map<String, Object>>get("spec", "aws");
        aws.put("roleARN", "arn:aws:iam::111122223333:role/" + "r".repeat(2048 - 31));
        aws.put("externalId", "e".repeat(1224));
        largest.<Map<String, Object>>get("spec").put("domain", ("d".repeat(62) + ".").repeat(4) + "d");
        largest.<Map<String, Object>>get("spec").put("userPoolId", "eu-west-1_" + "A".repeat(45));
        for (String field : List.of("namespaces", "sharing.namespaces", "sharing.pushFrom")) {
            String[] path = ("spec." + field + ".selector").split("[.]");
            largest.<Map<String, Object>>get((Object[]) path).putAll(largestSelector());
        }
        var allow = largest.<Map<String, Object>>get("spec", "allow");
        var patterns = texts(100, 1024, i -> "https://${namespace}.*.%03d.example.com:8443/${namespace}/".formatted(i));
        allow.put("callbackURLs", patterns);
        allow.put("logoutURLs", patterns);
        allow.put("oauthScopes", texts(100, 256, "${namespace}/%03d/"::formatted));
        allow.put("authFlows", Collections.nCopies(16, "ALLOW_ADMIN_USER_PASSWORD_AUTH"));
        allow.put("identityProviders", texts(100, 32, "%03d"::formatted));
        allow.put("readAttributes", texts(200, 256, "custom:%03d"::formatted));
        allow.put("writeAttributes", texts(200, 256, "custom:%03d"::formatted));
        allow.put(
                "analyticsARNs", texts(32, 512, "arn:aws:mobiletargeting:eu-west-1:111122223333:apps/%02d"::formatted));
        allow.put("secretTypes", texts(32, 253, "example.com/%02d"::formatted));
        allow.put("secretMetadata", Map.of("labelKeys", longestKeys(32), "annotationKeys", longestKeys(32)));

        assertThat(Refusals.ofStored(client, largest)).isEmpty();
    }

    @Test
    void theLargestListOfNamespacesIsStored() {
        var largest = Manifest.valid("clusteruserpool", "names-go-with-from-names");
        largest.<Map<String, Object>>get("spec", "namespaces").put("names", texts(1000, 63, "n%04d"::formatted));

        assertThat(Refusals.ofStored(client, largest)).isEmpty();
    }

    @Test
    void theLongestListOfAdoptionsIsAcceptedWithinTheCostBudgetOfTheRules() {
        var largest = Manifest.valid("clusteruserpool", "everything");
        largest.<Map<String, Object>>get("spec").put("adoption", mostAdoptions());

        assertThat(Refusals.of(client, largest)).isEmpty();
    }

    private static List<Map<String, Object>> mostAdoptions() {
        Map<String, Object> names = Map.of("from", "Names", "names", texts(32, 63, "n%02d"::formatted));
        Map<String, Object> selector = Map.of(
                "from",
                "Selector",
                "selector",
                Map.of(
                        "matchExpressions",
                        texts(2, 63, "key%02d"::formatted).stream()
                                .map(key -> Map.of(
                                        "key", key, "operator", "In", "values", texts(4, 63, "value%02d"::formatted)))
                                .toList()));
        return IntStream.range(0, 1000)
                .mapToObj(i -> Map.of(
                        "clientId",
                        "%0128d".formatted(i),
                        "namespaces",
                        i % 10 == 0 ? selector : names,
                        "modes",
                        List.of("Manage")))
                .toList();
    }

    @Test
    void theStatusOfANewObjectIsNotReconciled() {
        var manifest = Manifest.valid("userpoolclient", "the-least");
        var created = client.resource(manifest).create();
        try {
            assertThat(created.<Integer>get("status", "observedGeneration")).isEqualTo(-1);
        } finally {
            client.resource(manifest).delete();
        }
    }

    private static Map<String, Object> largestSecret() {
        var secret = new HashMap<String, Object>();
        secret.put("name", LONGEST_NAME);
        secret.put("preset", "ServiceBinding");
        secret.put("type", "example.com/" + "t".repeat(241));
        secret.put(
                "metadata",
                Map.of(
                        "labels", byText(longestKeys(16), "v".repeat(63)),
                        "annotations", byText(longestKeys(16), "v".repeat(1024))));
        secret.put("template", largestTemplate("clientSecret"));
        secret.put(
                "generate",
                texts(10, 253, "generated%02d"::formatted).stream()
                        .map(key -> Map.of("key", key, "bytes", 64, "encoding", "Base64Url"))
                        .toList());
        return secret;
    }

    private static Map<String, String> largestTemplate(String variable) {
        String reference = "$(urlencode(" + variable + "))";
        String text = reference.repeat(4096 / reference.length());
        return byText(texts(20, 253, "key%02d"::formatted), text + "$".repeat(4096 - text.length()));
    }

    private static Map<String, Object> largestSelector() {
        return Map.of(
                "matchLabels",
                byText(longestKeys(64), "v".repeat(63)),
                "matchExpressions",
                longestKeys(32).stream()
                        .map(key -> Map.of("key", key, "operator", "In", "values", texts(64, 63, "v%02d"::formatted)))
                        .toList());
    }

    private static List<String> longestKeys(int count) {
        return texts(count, 317, i -> "d.".repeat(126) + "d/" + "key%02d".formatted(i));
    }

    private static Map<String, String> byText(List<String> keys, String value) {
        return keys.stream().collect(Collectors.toMap(key -> key, key -> value));
    }

    private static List<String> refusals(Manifest manifest) {
        var documents = manifest.documents();
        return documents.size() == 1
                ? Refusals.of(client, documents.getFirst())
                : Refusals.ofUpdate(client, documents.getFirst(), documents.getLast());
    }

    private static List<String> texts(int count, int length, Function<Integer, String> prefix) {
        return IntStream.range(0, count)
                .mapToObj(prefix::apply)
                .map(text -> text + "x".repeat(length - text.length()))
                .toList();
    }
}
