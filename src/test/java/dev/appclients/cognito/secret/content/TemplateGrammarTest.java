package dev.appclients.cognito.secret.content;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.crd.TemplateText;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The API server and the operator agree about templates: the CRD has the grammar as regular expressions, the operator parses. */
class TemplateGrammarTest {

    private static final List<String> TOKENS = List.of(
            "$",
            "$(",
            "$$(",
            "(",
            ")",
            "))",
            "clientId",
            "clientSecret",
            "scopes",
            "json",
            "urlencode(",
            "\n",
            "x",
            " ",
            "$(name)");

    private static final Pattern GRAMMAR = Pattern.compile(TemplateText.PATTERN);
    private static final Pattern SECRET = Pattern.compile(TemplateText.USES_CLIENT_SECRET);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "$",
                "$$",
                "5$ or ${price}",
                "$(clientId)",
                "$(json(clientId))$(base64(name))",
                "$$(nope",
                "$$$(nope",
                "$$$$(clientId)",
                "line\n$(scopes)\n"
            })
    void bothAcceptATemplate(String text) {
        assertThat(Template.parse(text).fault()).isNull();
        assertThat(GRAMMAR.matcher(text).matches()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$(",
                "$()",
                "$(clientid)",
                "$( clientId)",
                "$(clientId",
                "$(json(clientId)",
                "$(json(json(clientId)))",
                "$(sha256(clientId))",
                "$((clientId))",
                "$$(ok) $(nope)",
                "$(clientId)\n$(nope)"
            })
    void bothRefuseAText(String text) {
        assertThat(Template.parse(text).fault()).isNotNull();
        assertThat(GRAMMAR.matcher(text).matches()).isFalse();
    }

    @Test
    void bothAgreeAboutRandomTexts() {
        Random random = new Random(13);
        for (int i = 0; i < 50_000; i++) {
            String text = IntStream.range(0, 1 + random.nextInt(6))
                    .mapToObj(token -> TOKENS.get(random.nextInt(TOKENS.size())))
                    .collect(Collectors.joining());
            Template template = Template.parse(text);

            assertThat(GRAMMAR.matcher(text).matches()).as(text).isEqualTo(template.fault() == null);
            if (template.fault() == null) {
                assertThat(SECRET.matcher(text).find()).as(text).isEqualTo(template.isSecret());
            }
        }
    }
}
