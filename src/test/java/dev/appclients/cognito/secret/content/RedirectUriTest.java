package dev.appclients.cognito.secret.content;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.model.OAuth;
import dev.appclients.cognito.model.Sets;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The choice follows the order of the manifest, and a URL that is added behind it does not change it. */
class RedirectUriTest {

    private static final String SHOP = "https://shop.example.com/callback";
    private static final String ADMIN = "https://admin.example.com/callback";
    private static final String PREVIEW = "https://a-preview-17.example.com/cb";
    private static final String LOCAL = "http://localhost:3000/";

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            s       | s
            s a     | s
            a s     | a
            s a p   | s
            l s     | s
            l s a   | s
            l o     | l
            o l     | o
            H s     | H
            """)
    void aManagedClientHasTheFirstHttpsUrlOfTheManifestElseTheFirst(String listed, String chosen) {
        List<String> manifest =
                Stream.of(listed.split(" ")).map(RedirectUriTest::url).toList();

        assertThat(RedirectUri.managed(code(manifest, null), manifest)).isEqualTo(url(chosen));
    }

    @Test
    void theDefaultRedirectUriTakesPrecedence() {
        assertThat(RedirectUri.managed(code(List.of(SHOP, ADMIN), ADMIN), List.of(SHOP, ADMIN)))
                .isEqualTo(ADMIN);
        assertThat(RedirectUri.observed(code(List.of(SHOP, ADMIN), ADMIN))).isEqualTo(ADMIN);
    }

    @Test
    void whileCognitoRefusesTheManifestTheChoiceIsAUrlThatItAccepts() {
        assertThat(RedirectUri.managed(code(List.of(SHOP, ADMIN), null), List.of(PREVIEW, SHOP, ADMIN)))
                .isEqualTo(SHOP);
        assertThat(RedirectUri.managed(code(List.of(LOCAL, SHOP), null), List.of(PREVIEW)))
                .isEqualTo(SHOP);
    }

    @Test
    void blanksAroundAUrlOfTheManifestChangeNothing() {
        assertThat(RedirectUri.managed(code(List.of(SHOP, ADMIN), null), List.of(" " + SHOP + " ", ADMIN)))
                .isEqualTo(SHOP);
    }

    @Test
    void anObservedClientHasARedirectUriOnlyIfThereIsExactlyOne() {
        assertThat(RedirectUri.observed(code(List.of(SHOP), null))).isEqualTo(SHOP);
        assertThat(RedirectUri.observed(code(List.of(SHOP, ADMIN), null))).isNull();
        assertThat(RedirectUri.observed(code(List.of(), null))).isNull();
    }

    @ParameterizedTest
    @CsvSource({"client_credentials, true", ", true", "code, false", "implicit, false"})
    void aClientWithoutBrowserLoginHasNone(@Nullable String flow, boolean enabled) {
        OAuth oauth = oauth(flow == null ? List.of() : List.of(flow), enabled, List.of(SHOP), SHOP);

        assertThat(RedirectUri.managed(oauth, List.of(SHOP))).isNull();
        assertThat(RedirectUri.observed(oauth)).isNull();
    }

    private static String url(String letter) {
        return switch (letter) {
            case "s" -> SHOP;
            case "a" -> ADMIN;
            case "p" -> PREVIEW;
            case "l" -> LOCAL;
            case "o" -> "myapp://callback";
            default -> "HTTPS://capital.example.com/";
        };
    }

    private static OAuth code(List<String> callbackURLs, @Nullable String defaultRedirectURI) {
        return oauth(List.of("code"), true, callbackURLs, defaultRedirectURI);
    }

    private static OAuth oauth(
            List<String> flows, boolean enabled, List<String> callbackURLs, @Nullable String defaultRedirectURI) {
        return new OAuth(
                Sets.sorted(flows),
                Sets.sorted(List.of("openid")),
                enabled,
                Sets.sorted(callbackURLs),
                Sets.sorted(null),
                defaultRedirectURI);
    }
}
