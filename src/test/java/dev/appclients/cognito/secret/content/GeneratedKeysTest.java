package dev.appclients.cognito.secret.content;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.api.v1beta1.GeneratedKey;
import dev.appclients.cognito.api.v1beta1.KeyEncoding;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GeneratedKeysTest {

    private final GeneratedKeys keys = new GeneratedKeys(new SecureRandom());

    @ParameterizedTest
    @CsvSource({
        ", , [A-Za-z0-9_-]{43}",
        "16, BASE64_URL, [A-Za-z0-9_-]{22}",
        "64, BASE64_URL, [A-Za-z0-9_-]{86}",
        "32, BASE64, [A-Za-z0-9+/]{43}=",
        "16, BASE64, [A-Za-z0-9+/]{22}==",
        "16, HEX, [0-9a-f]{32}",
        "64, HEX, [0-9a-f]{128}",
    })
    void a_value_has_the_length_and_the_encoding_of_its_key(
            @Nullable Integer bytes, @Nullable KeyEncoding encoding, String form) {
        assertThat(decoded(keys.data(new GeneratedKey("cookie-secret", bytes, encoding))))
                .matches(form);
    }

    @Test
    void each_value_differs() {
        Set<String> values = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            values.add(keys.data(new GeneratedKey("cookie-secret", 16, null)));
        }
        assertThat(values).hasSize(1000);
    }

    @Test
    void a_renamed_secret_takes_its_values_along() {
        GeneratedKeys carried = keys.carriedFrom(new SecretBuilder()
                .withData(Map.of("cookie-secret", "cGVyc29u"))
                .build());

        assertThat(carried.data(new GeneratedKey("cookie-secret", 64, KeyEncoding.HEX)))
                .isEqualTo("cGVyc29u");
        assertThat(decoded(carried.data(new GeneratedKey("other", 16, KeyEncoding.HEX))))
                .matches("[0-9a-f]{32}");
        assertThat(decoded(keys.carriedFrom(null).data(new GeneratedKey("cookie-secret", 16, KeyEncoding.HEX))))
                .matches("[0-9a-f]{32}");
    }

    @Test
    void the_form_names_the_defaults() {
        assertThat(GeneratedKeys.form(new GeneratedKey("a", null, null)))
                .isEqualTo(GeneratedKeys.form(new GeneratedKey("a", 32, KeyEncoding.BASE64_URL)))
                .isNotEqualTo(GeneratedKeys.form(new GeneratedKey("a", 33, null)))
                .isNotEqualTo(GeneratedKeys.form(new GeneratedKey("a", 32, KeyEncoding.HEX)));
    }

    private static String decoded(String data) {
        return new String(Base64.getDecoder().decode(data), US_ASCII);
    }
}
