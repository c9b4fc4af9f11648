package dev.appclients.cognito.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.controlplane.TestCluster;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.StatusCause;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The API server and the operator agree about patterns: the API server refuses exactly those that match nothing. The rules of the CRD
 * and the parser of the operator are written independently of each other.
 */
class PatternsIT {

    private static final int PATTERNS = 1500;

    /** The API server reports at most some hundred errors of one object. */
    private static final int PATTERNS_OF_A_REQUEST = 25;

    private static final Pattern INDEX = Pattern.compile("^spec[.]allow[.]\\w+\\[(\\d+)]$");

    private static final List<String> BEGINNINGS = List.of(
            "",
            "https://shop.example.com",
            "https://*.shop.example.com",
            "https://${namespace}.example.com:8443",
            "http://localhost:3000",
            "myapp:/",
            "My_App://",
            "com.example:",
            "https://a.b/");

    private static final List<String> PARTS = List.of(
            "https://",
            "http://",
            "HTTPS://",
            "myapp:",
            "localhost",
            "127.0.0.1",
            "[::1]",
            "shop",
            ".",
            "..",
            "example.com",
            "com",
            "*",
            "/*",
            "/",
            "//",
            "${namespace}",
            "${name}",
            "$",
            "{",
            "}",
            ":8443",
            ":0",
            ":65536",
            ":",
            "?a=b",
            "#f",
            "?",
            ";",
            "%20",
            "%2e",
            "..%3b",
            "%c0%ae",
            "%e0%8",
            "%2F",
            "%",
            "%25",
            "@",
            "A",
            "-",
            "a",
            "1",
            "0x1",
            "é",
            " ",
            "\\",
            "/a",
            "/${namespace}",
            "${namespace}.",
            "*.",
            "[",
            "]",
            "'",
            "+",
            "!");

    private static KubernetesClient client;

    @BeforeAll
    static void connect() {
        client = TestCluster.admin();
    }

    @AfterAll
    static void disconnect() {
        client.close();
    }

    @Test
    void bothAgreeAboutPatternsOfUrls() {
        assertAgreement("callbackURLs", UrlPattern::isValid);
    }

    @Test
    void bothAgreeAboutPatternsOfScopes() {
        assertAgreement("oauthScopes", ScopePattern::isValid);
    }

    private static void assertAgreement(String field, Predicate<String> isValid) {
        List<String> patterns = random(new Random(13)).limit(PATTERNS).toList();
        assertThat(patterns).anyMatch(isValid).anyMatch(isValid.negate());

        for (int from = 0; from < patterns.size(); from += PATTERNS_OF_A_REQUEST) {
            List<String> some = patterns.subList(from, from + PATTERNS_OF_A_REQUEST);

            assertThat(refused(field, some))
                    .containsExactlyInAnyOrderElementsOf(
                            some.stream().filter(isValid.negate()).collect(Collectors.toSet()));
        }
    }

    private static Stream<String> random(Random random) {
        return Stream.generate(() -> BEGINNINGS.get(random.nextInt(BEGINNINGS.size()))
                        + IntStream.range(0, random.nextInt(6))
                                .mapToObj(part -> PARTS.get(random.nextInt(PARTS.size())))
                                .collect(Collectors.joining()))
                .filter(pattern -> !pattern.isEmpty())
                .distinct();
    }

    /** The patterns that the API server refuses. Stores nothing. */
    private static List<String> refused(String field, List<String> patterns) {
        GenericKubernetesResource pool = Serialization.unmarshal("""
                apiVersion: cognito.appclients.dev/v1beta1
                kind: ClusterUserPool
                metadata: {name: patterns}
                spec: {userPoolId: eu-west-1_AbCdEf123, aws: {identity: Operator}, tenancy: Restricted}
                """, GenericKubernetesResource.class);
        pool.<Map<String, Object>>get("spec").put("allow", Map.of(field, patterns));
        try {
            client.resource(pool).dryRun().create();
            return List.of();
        } catch (KubernetesClientException refusal) {
            return refusal.getStatus().getDetails().getCauses().stream()
                    .map(StatusCause::getField)
                    .flatMap(path -> INDEX.matcher(path).results())
                    .map((MatchResult index) -> patterns.get(Integer.parseInt(index.group(1))))
                    .distinct()
                    .toList();
        }
    }
}
