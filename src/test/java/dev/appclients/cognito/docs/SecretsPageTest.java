package dev.appclients.cognito.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.api.v1beta1.SecretPreset;
import dev.appclients.cognito.model.MetadataKeys;
import dev.appclients.cognito.model.PresetKeys;
import dev.appclients.cognito.model.SecretTypes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** The page about UserPoolClients lists exactly the keys of each preset, and every domain whose metadata and types are refused. */
class SecretsPageTest {

    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    private static final String HEAD =
            "| `Standard` | `CamelCase` | `SnakeCase` | `Env` | `ServiceBinding` | present |";
    private static final Map<SecretPreset, Integer> COLUMNS = Map.of(
            SecretPreset.STANDARD, 1,
            SecretPreset.CAMEL_CASE, 2,
            SecretPreset.SNAKE_CASE, 3,
            SecretPreset.ENV, 4,
            SecretPreset.SERVICE_BINDING, 5);

    private static String page;

    @BeforeAll
    static void read() throws IOException {
        page = Files.readString(Path.of("src/docs/userpoolclient.md"));
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.EXCLUDE,
            names = {"NONE", "UNKNOWN"})
    void thePageListsTheKeysOfAPreset(SecretPreset preset) {
        Set<String> listed = table().stream()
                .map(row -> row.split(" *[|] *")[COLUMNS.get(preset)])
                .flatMap(cell -> codes(cell).stream())
                .collect(Collectors.toCollection(TreeSet::new));
        if (preset == SecretPreset.SERVICE_BINDING) {
            listed.addAll(codes(paragraph("It also has the keys", ".")));
        }

        assertThat(listed).isEqualTo(PresetKeys.all(preset));
    }

    @Test
    void thePageListsTheDomainsWhoseMetadataIsRefused() {
        assertThat(codes(paragraph("keys whose domain is, or is below,", ".\n")))
                .containsExactlyElementsOf(MetadataKeys.FOREIGN_DOMAINS);
        assertThat(codes(paragraph("Types of", "are never"))).containsExactlyElementsOf(SecretTypes.NEVER_DOMAINS);
    }

    @Test
    void thePageListsTheKeysThatEveryPoolPermits() {
        assertThat(codes(paragraph("`app.kubernetes.io/name`", "are allowed")).stream()
                        .map(key -> key.contains("/") ? key : "app.kubernetes.io/" + key))
                .containsExactlyElementsOf(MetadataKeys.COMMON_KEYS);
        assertThat(page).contains("all keys of `" + MetadataKeys.RELOADER_DOMAIN + "`");
    }

    private static List<String> table() {
        return Arrays.stream(page.substring(page.indexOf(HEAD)).split("\n"))
                .skip(2)
                .takeWhile(line -> line.startsWith("|"))
                .toList();
    }

    private static String paragraph(String begin, String end) {
        int from = page.indexOf(begin);
        assertThat(from).as(begin).isNotNegative();
        return page.substring(from, page.indexOf(end, from));
    }

    private static List<String> codes(String text) {
        return CODE.matcher(text)
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
    }
}
