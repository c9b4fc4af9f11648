package dev.appclients.cognito.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.api.v1beta1.UserPoolClientSpec;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SettingsDigestTest {

    private static final String FULL = """
            appType: Other
            generateSecret: true
            clientName: Web shop
            explicitAuthFlows: [ALLOW_USER_SRP_AUTH, ALLOW_REFRESH_TOKEN_AUTH]
            accessTokenValidity: 30m
            allowedOAuthFlows: [code]
            allowedOAuthScopes: [openid, orders/read]
            callbackURLs: ["https://shop.example.com/callback"]
            analyticsConfiguration: {applicationARN: "arn:aws:mobiletargeting:eu-west-1:111122223333:apps/a"}
            """;

    /**
     * The status of every client contains the digest. If this test fails because the input of the digest changed, change
     * {@link SettingsDigest#VERSION}. The operator then describes each client only at its next drift check.
     */
    @Test
    void isTheSameInEveryProcessOfOneVersion() {
        assertThat(digest(FULL)).isEqualTo("v2:b66489a16976fff1fe5e8edef7830836");
        assertThat(SettingsDigest.of(Specs.desired(FULL), true))
                .isEqualTo("observed-v2:b66489a16976fff1fe5e8edef7830836");
    }

    @Test
    void differsWithEverySetting() {
        List<String> variants = List.of(
                FULL,
                FULL.replace("Web shop", "Shop"),
                FULL.replace("30m", "31m"),
                FULL.replace("[code]", "[implicit]"),
                FULL.replace("orders/read", "orders/write"),
                FULL.replace("/callback", "/"),
                FULL.replace("apps/a", "apps/b"),
                FULL + "readAttributes: [email]\n",
                FULL.replace("generateSecret: true", "generateSecret: false"));

        assertThat(variants.stream().map(SettingsDigestTest::digest)).doesNotHaveDuplicates();
    }

    /** Pairs of specs whose settings are the same text when they are concatenated. */
    static Stream<Arguments> pairsThatReadAlike() {
        return Stream.of(
                Arguments.of(providers("A, B"), providers("A", "B")),
                Arguments.of(providers("A", "B, C"), providers("A, B", "C")),
                Arguments.of(providers(""), providers()),
                Arguments.of(
                        Map.of("readAttributes", List.of("a]\nwriteAttributes=[b")),
                        Map.of("readAttributes", List.of("a"), "writeAttributes", List.of("b"))),
                Arguments.of(Map.of("readAttributes", List.of("a")), Map.of("writeAttributes", List.of("a"))),
                Arguments.of(Map.of("callbackURLs", List.of("a:")), Map.of("logoutURLs", List.of("a:"))),
                Arguments.of(analytics("a", "x, roleArn=r", "s"), analytics("a", "x", "r, roleArn=s")),
                Arguments.of(
                        analytics("null", "x", "r"),
                        Map.of("analyticsConfiguration", Map.of("externalId", "x", "roleARN", "r"))),
                Arguments.of(Map.of("defaultRedirectURI", ""), Map.of()));
    }

    @ParameterizedTest
    @MethodSource("pairsThatReadAlike")
    void settingsWithTheSameTextHaveDifferentDigests(Map<String, Object> one, Map<String, Object> other) {
        assertThat(digest(one)).isNotEqualTo(digest(other));
    }

    @Test
    void equalSettingsInAnotherSpellingHaveTheSameDigest() {
        assertThat(digest(FULL.replace("30m", "1800s"))).isEqualTo(digest(FULL));
    }

    @ParameterizedTest
    @CsvSource({
        "bfb6a921152f61b8, false, true",
        "observed-bfb6a921152f61b8, true, true",
        "v1:bfb6a921152f61b8, false, true",
        "v3:bfb6a921152f61b8bfb6a921152f61b8, false, true",
        "observed-v3:bfb6a921152f61b8, true, true",
        "bfb6a921152f61b8, true, false",
        "observed-bfb6a921152f61b8, false, false",
        "v2:bfb6a921152f61b8, false, false",
        "observed-v2:bfb6a921152f61b8, true, false",
        "whatever, false, false",
        "v3:, false, false",
        "'', false, false",
        ", false, false"
    })
    void aDigestOfAnotherVersionIsRecognized(@Nullable String stored, boolean observes, boolean another) {
        assertThat(SettingsDigest.isOfAnotherVersion(stored, observes)).isEqualTo(another);
    }

    private static String digest(String spec) {
        return SettingsDigest.of(Specs.desired(spec), false);
    }

    private static String digest(Map<String, Object> settings) {
        Map<String, Object> spec = new HashMap<>(settings);
        spec.put("appType", "Confidential");
        spec.put("userPoolRef", Map.of("name", "customers"));
        return SettingsDigest.of(
                DesiredClient.of(
                        Serialization.unmarshal(Serialization.asJson(spec), UserPoolClientSpec.class),
                        "shop",
                        "web",
                        Specs.UID),
                false);
    }

    private static Map<String, Object> providers(String... names) {
        return Map.of("supportedIdentityProviders", List.of(names));
    }

    private static Map<String, Object> analytics(String id, String externalId, String role) {
        return Map.of("analyticsConfiguration", Map.of("applicationId", id, "externalId", externalId, "roleARN", role));
    }
}
