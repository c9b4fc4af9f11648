package dev.appclients.cognito.secret.content;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.api.v1beta1.SecretPreset;
import dev.appclients.cognito.api.v1beta1.SecretSpec;
import dev.appclients.cognito.model.ClientSecret;
import dev.appclients.cognito.model.PresetKeys;
import dev.appclients.cognito.model.TemplateVariable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class PresetsTest {

    private static final Path GOLDEN = Path.of("src/test/resources/golden/preset");

    static Stream<SecretPreset> presets() {
        return Arrays.stream(SecretPreset.values()).filter(preset -> preset != SecretPreset.UNKNOWN);
    }

    static Stream<SecretPreset> spellings() {
        return Stream.of(SecretPreset.CAMEL_CASE, SecretPreset.SNAKE_CASE, SecretPreset.ENV);
    }

    @ParameterizedTest
    @MethodSource("presets")
    void the_entries_equal_the_golden_file(SecretPreset preset) throws IOException {
        StringBuilder out = new StringBuilder();
        for (Clients client : Clients.values()) {
            out.append("# ").append(client).append('\n');
            entries(preset, client)
                    .forEach((key, value) ->
                            out.append(key).append(": ").append(value).append('\n'));
        }

        Path golden = GOLDEN.resolve(preset + ".txt");
        if (Boolean.getBoolean("golden.update")) {
            Files.createDirectories(GOLDEN);
            Files.writeString(golden, out);
        }
        assertThat(out.toString())
                .as("%s; if the change is intended, run the test with -Dgolden.update=true and review the diff", golden)
                .isEqualTo(Files.exists(golden) ? Files.readString(golden) : "");
    }

    @ParameterizedTest
    @MethodSource("spellings")
    void a_spelling_has_the_values_of_standard_in_the_same_places(SecretPreset preset) {
        for (Clients client : Clients.values()) {
            List<String> renamed = new ArrayList<>();
            SortedMap<String, String> standard = entries(SecretPreset.STANDARD, client);
            for (TemplateVariable variable : TemplateVariable.values()) {
                String value = standard.get(variable.kebabCase());
                if (value != null) {
                    renamed.add(PresetKeys.key(preset, variable) + "=" + value);
                }
            }
            assertThat(entries(preset, client).entrySet())
                    .extracting(entry -> entry.getKey() + "=" + entry.getValue())
                    .containsExactlyInAnyOrderElementsOf(renamed);
        }
    }

    @Test
    void the_keys_of_env_are_names_of_environment_variables() {
        assertThat(PresetKeys.all(SecretPreset.ENV)).hasSize(13).allMatch(key -> key.matches("[A-Z][A-Z_]*"));
    }

    @ParameterizedTest
    @MethodSource("presets")
    void no_preset_writes_a_key_that_is_not_in_its_table(SecretPreset preset) {
        for (Clients client : Clients.values()) {
            assertThat(PresetKeys.all(preset))
                    .containsAll(entries(preset, client).keySet());
        }
    }

    @ParameterizedTest
    @EnumSource(Clients.class)
    void only_a_confidential_client_has_a_secret_key(Clients client) {
        assertThat(contents(SecretPreset.STANDARD, client).secretKeys())
                .isEqualTo(client.confidential ? Set.of("client-secret") : Set.of());
    }

    private static SortedMap<String, String> entries(SecretPreset preset, Clients client) {
        SecretContents contents = contents(preset, client);
        SortedMap<String, String> entries = new TreeMap<>(contents.publicEntries());
        entries.putAll(contents.secretEntries(new ClientSecret("not-a-real-secret")));
        return entries;
    }

    private static SecretContents contents(SecretPreset preset, Clients client) {
        return SecretContents.of(
                SecretShape.of(new SecretSpec(null, preset, null, null, null, null, null)),
                client.values,
                client.confidential,
                "shop",
                "web");
    }
}
