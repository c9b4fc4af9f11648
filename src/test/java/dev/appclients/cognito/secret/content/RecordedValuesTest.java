package dev.appclients.cognito.secret.content;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.model.Marks;
import dev.appclients.cognito.model.PoolId;
import dev.appclients.cognito.model.Sets;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordedValuesTest {

    @ParameterizedTest
    @EnumSource(Clients.class)
    void the_values_of_each_kind_of_client_are_read_back(Clients client) {
        RecordedValues recorded = new RecordedValues(client.values, client.confidential ? "client-secret" : null);

        assertThat(RecordedValues.recordedIn(annotated(recorded.annotation()), "3abc"))
                .contains(recorded);
        assertThat(recorded.confidential()).isEqualTo(client.confidential);
    }

    @Test
    void values_of_any_script_are_read_back() {
        RecordedValues recorded = new RecordedValues(
                new PublicValues(
                        "3abc",
                        new PoolId("eu-west-1_A"),
                        "https://issuer",
                        null,
                        Sets.sorted(List.of("code")),
                        "https://example.com/\"\\é\uD83D\uDE00",
                        Sets.sorted(List.of("a\"b", "c,d"))),
                null);

        assertThat(RecordedValues.recordedIn(annotated(recorded.annotation()), "3abc"))
                .contains(recorded);
    }

    @Test
    void the_annotation_is_compact() {
        assertThat(new RecordedValues(Clients.CONFIDENTIAL.values, "client-secret").annotation())
                .isEqualTo("{\"pool\":\"eu-west-1_AbCdEf123\","
                        + "\"issuer\":\"https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbCdEf123\","
                        + "\"domain\":\"auth.example.com\",\"flows\":[\"code\"],"
                        + "\"redirectUri\":\"https://shop.example.com/callback\","
                        + "\"scopes\":[\"email\",\"openid\",\"orders/read\"],\"secretKey\":\"client-secret\"}")
                .hasSizeLessThan(300);
    }

    /** Fifty scopes of 256 characters, and a redirect URL of 1024 characters of four bytes. */
    @Test
    void the_most_values_of_cognito_fit_into_the_annotation_and_more_do_not() {
        assertThat(largest(50).excess()).isNull();
        assertThat(largest(50).annotation().getBytes(UTF_8)).hasSizeBetween(17_000, 20 * 1024);

        assertThat(largest(70).excess())
                .isEqualTo("The scopes and the redirect URL of the client need "
                        + largest(70).annotation().getBytes(UTF_8).length
                        + " bytes in the annotation cognito.appclients.dev/values of its Secret, which permits 20480."
                        + " Remove scopes, or shorten the redirect URL.");
    }

    private static RecordedValues largest(int scopes) {
        return new RecordedValues(
                new PublicValues(
                        "3abc",
                        new PoolId("eu-west-1_" + "A".repeat(45)),
                        "https://" + "i".repeat(200),
                        "d".repeat(253),
                        Sets.sorted(List.of("client_credentials", "code", "implicit")),
                        "\uD83D\uDD11".repeat(1024),
                        Sets.sorted(IntStream.range(0, scopes)
                                .mapToObj(i -> "%02d".formatted(i) + "s".repeat(254))
                                .toList())),
                "k".repeat(253));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "x", "[]", "{}", "{\"pool\":\"no pool\"}", "{\"pool\":", "{\"pool\":{}}"})
    void a_malformed_annotation_counts_as_absent(String annotation) {
        assertThat(RecordedValues.recordedIn(annotated(annotation), "3abc")).isEmpty();
    }

    @Test
    void a_secret_without_the_annotation_records_nothing() {
        assertThat(RecordedValues.recordedIn(
                        new SecretBuilder()
                                .withNewMetadata()
                                .withAnnotations(null)
                                .endMetadata()
                                .build(),
                        "3abc"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "3.0123456789abcdef0123456789abcdef, 3, 1",
        "3.2-0123456789abcdef0123456789abcdef, 3, 2",
        "3.41-0123456789abcdef0123456789abcdef, 3, 41",
    })
    void inputs_of_every_version_are_read_back(String annotation, long revision, int version) {
        Inputs inputs = new Inputs(revision, version, "0123456789abcdef0123456789abcdef");

        assertThat(inputs).hasToString(annotation);
        assertThat(Inputs.recordedIn(marked(Marks.INPUTS, annotation))).isEqualTo(inputs);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "x", "0.0123456789abcdef0123456789abcdef", "1.0-0123456789abcdef0123456789abcdef", "1.2-abc"
            })
    void malformed_inputs_count_as_absent(String annotation) {
        assertThat(Inputs.recordedIn(marked(Marks.INPUTS, annotation))).isNull();
    }

    private static Secret annotated(String values) {
        return marked(Marks.VALUES, values);
    }

    private static Secret marked(String name, String value) {
        return new SecretBuilder()
                .withNewMetadata()
                .withAnnotations(Map.of(name, value))
                .endMetadata()
                .build();
    }
}
