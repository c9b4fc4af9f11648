package dev.appclients.cognito.secret.content;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.api.v1beta1.SecretPreset;
import dev.appclients.cognito.api.v1beta1.SecretSpec;
import dev.appclients.cognito.model.ClientSecret;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SecretContentsTest {

    private static final ClientSecret SECRET = new ClientSecret("s\"cret");

    @Test
    void a_template_adds_keys_and_replaces_public_ones() {
        SecretContents contents = contents(
                shape(
                        SecretPreset.STANDARD,
                        Map.of("issuer", "https://proxy/$(name)", "config.json", "{$(json(clientId))}")),
                Clients.CONFIDENTIAL);

        assertThat(contents.publicEntries())
                .containsEntry("issuer", "https://proxy/web")
                .containsEntry("config.json", "{\"3abc\"}")
                .containsEntry("client-id", "3abc");
        assertThat(contents.secretKeys()).containsExactly("client-secret");
    }

    @Test
    void an_entry_with_the_client_secret_is_a_secret_key_and_no_public_one() {
        SecretContents contents = contents(
                shape(
                        SecretPreset.STANDARD,
                        Map.of("issuer", "$(json(clientSecret))", "a", "$(clientId):$(clientSecret)")),
                Clients.CONFIDENTIAL);

        assertThat(contents.secretKeys()).containsExactly("a", "client-secret", "issuer");
        assertThat(contents.publicEntries()).doesNotContainKeys("issuer", "a");
        assertThat(contents.secretEntries(SECRET))
                .isEqualTo(Map.of("a", "3abc:s\"cret", "client-secret", "s\"cret", "issuer", "\"s\\\"cret\""));
        assertThat(contents.secretSources())
                .isEqualTo(Map.of(
                        "a", List.of("=3abc", "=:", "$(clientSecret)"),
                        "client-secret", List.of(),
                        "issuer", List.of("$(json(clientSecret))")));
    }

    @Test
    void a_public_client_has_an_empty_client_secret_and_no_secret_key() {
        SecretContents contents =
                contents(shape(SecretPreset.STANDARD, Map.of("a", "[$(clientSecret)]")), Clients.PUBLIC);

        assertThat(contents.secretKeys()).isEmpty();
        assertThat(contents.secretEntries(SECRET)).isEmpty();
        assertThat(contents.publicEntries()).containsEntry("a", "[]");
    }

    @Test
    void a_variable_without_a_value_is_empty_and_its_key_stays() {
        SecretContents contents = contents(
                shape(SecretPreset.NONE, Map.of("domain", "$(domain)", "s", "$(clientSecret)")), Clients.WITHOUT_LOGIN);

        assertThat(contents.publicEntries()).containsExactly(Map.entry("domain", ""));
    }

    @Test
    void namespace_and_name_are_those_of_the_secret() {
        assertThat(contents(shape(SecretPreset.NONE, Map.of("at", "$(namespace)/$(name)")), Clients.PUBLIC)
                        .publicEntries())
                .containsExactly(Map.entry("at", "shop/web"));
    }

    @Test
    void the_client_secret_is_read_back_from_the_preset_or_from_the_plain_entry() {
        assertThat(SecretContents.secretKey(shape(SecretPreset.ENV, Map.of("a", "$(clientSecret)"))))
                .isEqualTo("CLIENT_SECRET");
        assertThat(SecretContents.secretKey(shape(
                        SecretPreset.NONE,
                        Map.of(
                                "a",
                                "$(json(clientSecret))",
                                "b",
                                " $(clientSecret)",
                                "oidc.secret",
                                "$(clientSecret)"))))
                .isEqualTo("oidc.secret");
        assertThat(SecretContents.secretKey(shape(SecretPreset.NONE, Map.of("a", "x$(clientSecret)"))))
                .isNull();
    }

    private static SecretShape shape(SecretPreset preset, Map<String, String> template) {
        return SecretShape.of(new SecretSpec(null, preset, null, null, template, null, null));
    }

    private static SecretContents contents(SecretShape shape, Clients client) {
        return SecretContents.of(shape, client.values, client.confidential, "shop", "web");
    }
}
