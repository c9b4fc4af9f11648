package dev.appclients.cognito.controller.claim;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.appclients.cognito.api.v1beta1.ClientRef;
import dev.appclients.cognito.api.v1beta1.ClientSecretClaim;
import dev.appclients.cognito.controller.Stage;
import dev.appclients.cognito.distribution.PushPlan;
import dev.appclients.cognito.model.Marks;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Names, lists and texts at the limits of the API: each copy is written, and an unchanged pass writes nothing. */
class LargestClaimIT extends OnPushStage {

    /** The longest name of an object, of four labels. */
    private static final String LONGEST = ("n".repeat(63) + ".").repeat(3) + "n".repeat(61);

    private static final String KEY = "\uD83D\uDD11";
    private static final String SERVER = "r".repeat(200);
    private static final List<String> SCOPES =
            IntStream.range(10, 59).mapToObj(i -> "s".repeat(53) + i).toList();
    private static final int LIMIT_OF_ANNOTATIONS = 256 * 1024;
    private static final int LIMIT_OF_SECRETS = 1024 * 1024;

    @Test
    void theLongestNamesOfClientClaimAndSecretFit() {
        String target = target();
        String pushes = """
                sharing:
                  namespaces: {from: Selector, selector: {matchExpressions: [{key: %s, operator: In, values: ["%s", other]}]}}
                  push: {secret: {name: %s, preset: Env}}
                """.formatted(LABEL, stage.namespace(), "p" + LONGEST.substring(1));
        String twin = LONGEST.substring(0, 252) + "m";
        stage.applyClient(LONGEST, WEB + pushes);
        stage.applyClient(twin, WEB + pushes.replace("name: p", "name: q"));
        claimOn(stage.namespace(), LONGEST, target, LONGEST, "");

        for (String client : List.of(LONGEST, twin)) {
            String pushed = PushPlan.claimName(new ClientRef(stage.namespace(), client));
            assertThat(pushed).hasSizeLessThanOrEqualTo(249);
            awaitClaim(target, pushed, "True", "Synced");
        }
        awaitClaim(target, LONGEST, "True", "Synced");
        assertThat(dataIn(target, LONGEST))
                .containsEntry("client-secret", stage.data(LONGEST).get("client-secret"));
        assertThat(dataIn(target, "p" + LONGEST.substring(1)))
                .containsEntry("CLIENT_SECRET", stage.data(LONGEST).get("client-secret"));
        assertThat(dataIn(target, "q" + LONGEST.substring(1)))
                .containsEntry("CLIENT_SECRET", stage.data(twin).get("client-secret"));
        awaitUnchanged(target, LONGEST);
    }

    /** The scopes, the redirect URL, the metadata and the template have the most bytes that the API permits. */
    @Test
    void theLargestSecretAndItsCopyFit() throws Exception {
        String url = "https://shop.example.com/" + KEY.repeat(999);
        stage.simulator().pool(Stage.POOL_ID).resourceServer(SERVER, SCOPES.toArray(String[]::new));
        stage.applyClient("web", """
                appType: Confidential
                allowedOAuthFlows: [code]
                allowedOAuthScopes: %s
                callbackURLs: ["%s"]
                secret: %s
                sharing: {namespaces: {from: All}}
                """.formatted(scopes(), url, largest()));
        stage.awaitReady("web");

        claim(team, "web", largest().replaceFirst("^\\{", "").replaceFirst("}$", ""));

        awaitClaim(team, "web", "True", "Synced");
        Secret own = stage.secret("web");
        Secret copy = awaitSecret(team, "web");
        for (Secret secret : List.of(own, copy)) {
            assertThat(bytes(secret.getMetadata().getAnnotations())).isLessThan(LIMIT_OF_ANNOTATIONS);
            assertThat(secret.getData().values().stream()
                            .mapToInt(value -> Base64.getDecoder().decode(value).length)
                            .sum())
                    .isLessThan(LIMIT_OF_SECRETS);
            assertThat(secret.getMetadata().getAnnotations()).containsEntry("example.com/3", KEY.repeat(1024));
        }
        assertThat(own.getMetadata().getAnnotations().get(Marks.VALUES).getBytes(UTF_8))
                .as("the recorded values")
                .hasSizeBetween(16_000, 20 * 1024);
        Map<String, String> data = dataIn(team, "web");
        assertThat(new ObjectMapper().readValue(data.get("t3.json"), String.class))
                .isEqualTo(url);
        assertThat(data)
                .containsEntry("redirect-uri", url)
                .containsEntry("scopes", stage.data("web").get("scopes"))
                .containsEntry("t2.json", KEY.repeat(4096));
        awaitUnchanged(team, "web");
    }

    /** Cognito permits 50 scopes today. An observed client has the scopes that Cognito returns. */
    @Test
    void valuesThatDoNotFitAreReportedAndNothingIsWritten() {
        stage.applyClient("web", WEB + "sharing: {namespaces: {from: All}}\n");
        stage.awaitReady("web");
        claim(team, "web");
        awaitClaim(team, "web", "True", "Synced");
        Secret before = awaitSecret(team, "web");
        List<String> tooMany = IntStream.range(0, 90)
                .mapToObj(i -> SERVER + "/" + "s".repeat(53) + i)
                .toList();
        stage.changeInCognito("web", Map.of("AllowedOAuthScopes", tooMany));

        stage.applyClient("web", WEB + "mode: Observe\nsharing: {namespaces: {from: All}}\n");

        assertThat(stage.awaitCondition("web", "Ready", "False", "InvalidSecret")
                        .getMessage())
                .contains("bytes in the annotation cognito.appclients.dev/values", "The operator writes nothing.");
        assertThat(stage.secret("web").getMetadata().getAnnotations().get(Marks.VALUES))
                .hasSizeLessThan(500);
        assertThat(awaitSecret(team, "web").getData()).isEqualTo(before.getData());
    }

    /** Sixteen labels and annotations, twenty entries and ten generated keys, in flow style. */
    private static String largest() {
        String labels = each(16, "example.com/%d: v" + "v".repeat(62));
        String annotations = each(16, "example.com/%d: \"" + KEY.repeat(1024) + "\"");
        String template = each(2, "t%d.json: $(json(scopes))$(scopes)") + ", t2.json: \"" + KEY.repeat(4096)
                + "\", t3.json: $(json(redirectUri)), "
                + IntStream.range(4, 20)
                        .mapToObj(i -> "t%d.json: \"%s\"".formatted(i, "ü".repeat(4096)))
                        .collect(Collectors.joining(", "));
        String generate = IntStream.range(0, 10)
                .mapToObj(i -> "{key: %s%d, bytes: 64, encoding: Hex}".formatted("g".repeat(252), i))
                .collect(Collectors.joining(", "));
        return "{metadata: {labels: {%s}, annotations: {%s}}, template: {%s}, generate: [%s]}"
                .formatted(labels, annotations, template, generate);
    }

    private static String each(int count, String entry) {
        return IntStream.range(0, count).mapToObj(entry::formatted).collect(Collectors.joining(", "));
    }

    /** Fifty scopes, all but one of 256 characters. */
    private static String scopes() {
        return SCOPES.stream().map(scope -> SERVER + "/" + scope).collect(Collectors.joining(", ", "[openid, ", "]"));
    }

    private static int bytes(Map<String, String> entries) {
        return entries.entrySet().stream()
                .mapToInt(entry -> entry.getKey().length() + entry.getValue().getBytes(UTF_8).length)
                .sum();
    }

    private void awaitUnchanged(String namespace, String name) {
        ClientSecretClaim before = claimIn(namespace, name).require();
        Secret copy = awaitSecret(namespace, name);
        requestPass(namespace, name);
        assertThat(awaitSecret(namespace, name)).isEqualTo(copy);
        assertThat(claimIn(namespace, name).require().getSpec()).isEqualTo(before.getSpec());
    }
}
