package dev.appclients.cognito.secret.content;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.appclients.cognito.model.TemplateVariable;
import java.net.URLDecoder;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateTest {

    private static final List<String> PIECES = List.of(
            "$",
            "$$",
            "$(",
            "$$(",
            "(",
            ")",
            "))",
            "clientId",
            "json",
            "base64(",
            "urlencode(name)",
            " ",
            "é",
            "\uD83D\uDE00",
            "\n",
            "\"",
            "\\",
            "$(clientId)",
            "$(json(scopes))",
            "$(clientSecret)",
            "nested(json(name))",
            "\u0000",
            "x");

    static Stream<String> values() {
        return Stream.of(
                "",
                "plain",
                "with \"quotes\" and \\",
                "line\nbreak\r\t\u0000\u001f\u007f",
                "é\uD83D\uDE00\u2028\u2029",
                "a b+c*d~e/f?g=h&i%");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "text, text",
                "$(clientId), <clientId>",
                "a$(clientId)b$(scopes)c, a<clientId>b<scopes>c",
                "$(json(clientId)), \"<clientId>\"",
                "$(base64(name)), PG5hbWU+",
                "$(urlencode(name)), %3Cname%3E",
                "$$(clientId), $(clientId)",
                "$$$(clientId), $$(clientId)",
                "$ $$ $a 100$, $ $$ $a 100$",
                "$$(date) $(namespace), $(date) <namespace>",
                "{\"id\": $(json(clientId))}, {\"id\": \"<clientId>\"}",
                "(clientId), (clientId)",
            })
    void a_template_is_rendered(String text, String expected) {
        Template template = Template.parse(text);

        assertThat(template.fault()).isNull();
        assertThat(template.render(variable -> "<" + variable.camelCase() + ">"))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "$(unknown)|contains '$(unknown)', which is no variable",
                "$()|contains '$()', which is no variable",
                "$( clientId)|contains '$( clientId)', which is no variable",
                "$(ClientId)|contains '$(ClientId)', which is no variable",
                "$(client-id)|contains '$(client-id)', which is no variable",
                "$(json(base64(clientId)))|contains '$(json(base64(clientId)))', which is no variable",
                "$(upper(clientId))|contains '$(upper(clientId))', which is no variable",
                "$(plain(clientId))|contains '$(plain(clientId))', which is no variable",
                "$(json())|contains '$(json())', which is no variable",
                "$(json(clientId)x)|contains '$(json(clientId)x)', which is no variable",
                "$(json(clientId)()|without its closing parenthesis",
                "$(clientId|contains '$(clientId' without its closing parenthesis",
                "ok $(clientId) and $(nope)|contains '$(nope)'",
            })
    void a_fault_quotes_the_part_and_says_how_to_correct_it(String text, String fault) {
        assertThat(Template.parse(text).fault()).contains(fault, "$$( for a literal $(");
    }

    @ParameterizedTest
    @ValueSource(strings = {"$(clientSecret)", "a$(json(clientSecret))", "$(base64(clientSecret))"})
    void a_template_with_the_client_secret_is_secret(String text) {
        assertThat(Template.parse(text).isSecret()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"$$(clientSecret)", "$(clientId)", "clientSecret", ""})
    void a_template_without_it_is_public(String text) {
        assertThat(Template.parse(text).isSecret()).isFalse();
    }

    @ParameterizedTest
    @MethodSource("values")
    void json_parses_as_the_value(String value) throws JsonProcessingException {
        String json = Template.parse("{\"v\": $(json(name))}").render(variable -> value);

        assertThat(new ObjectMapper().readTree(json).get("v").asText()).isEqualTo(value);
    }

    @ParameterizedTest
    @MethodSource("values")
    void base64_and_urlencode_decode_to_the_value(String value) {
        String base64 = Template.parse("$(base64(name))").render(variable -> value);
        String encoded = Template.parse("$(urlencode(name))").render(variable -> value);

        assertThat(new String(Base64.getDecoder().decode(base64), UTF_8)).isEqualTo(value);
        assertThat(URLDecoder.decode(encoded, UTF_8)).isEqualTo(value);
        assertThat(encoded).matches("[A-Za-z0-9._~%-]*");
    }

    @Test
    void a_fault_quotes_no_line_break() {
        assertThat(Template.parse("$(client\nId\u2028)").fault())
                .contains("'$(client?Id?)'")
                .doesNotContain("\n", "\u2028");
    }

    /** Also: a fault never hides text, and a text without dollar signs stands for itself. */
    @Test
    void any_text_is_parsed_and_rendered_within_its_bound() {
        Random random = new Random(20261128);
        for (int i = 0; i < 50_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int pieces = random.nextInt(8); pieces >= 0; pieces--) {
                text.append(PIECES.get(random.nextInt(PIECES.size())));
            }
            Template template = Template.parse(text.toString());
            String rendered = template.render(variable -> "\u0001".repeat(variable.maxBytes() / 50));

            assertThat(rendered.getBytes(UTF_8).length).as(text.toString()).isLessThanOrEqualTo(template.maxBytes());
            if (text.indexOf("$(") < 0) {
                assertThat(rendered).isEqualTo(text.toString());
                assertThat(template.fault()).isNull();
            }
        }
    }

    @Test
    void the_form_for_the_digest_differs_between_a_variable_and_its_text() {
        assertThat(Template.parse("$(clientSecret)").publicParts(variable -> "v"))
                .isNotEqualTo(Template.parse("$$(clientSecret)").publicParts(variable -> "v"));
        assertThat(Template.parse("a$(clientId)$(json(clientSecret))").publicParts(variable -> "v"))
                .containsExactly("=a", "=v", "$(json(clientSecret))");
    }

    @Test
    void the_variables_are_the_closed_list() {
        assertThat(TemplateVariable.values())
                .extracting(TemplateVariable::camelCase)
                .containsExactly(
                        "clientId",
                        "clientSecret",
                        "issuer",
                        "userPoolId",
                        "userPoolArn",
                        "region",
                        "domain",
                        "authorizationUri",
                        "tokenUri",
                        "userInfoUri",
                        "jwksUri",
                        "logoutUri",
                        "redirectUri",
                        "scopes",
                        "namespace",
                        "name");
    }
}
