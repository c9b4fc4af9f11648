package dev.appclients.cognito.controller.claim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.controller.OnClaimStage;
import dev.appclients.cognito.controlplane.Edits;
import dev.appclients.cognito.model.Marks;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Secrets and copies contain only entries that their manifest asks for now, beside the marks of the operator. */
class CopyContentIT extends OnClaimStage {

    /** Argo CD prunes, and Strimzi collects, each object with these labels that is in no chart of theirs. */
    private static final Map<String, String> TRACKING = Map.of(
            "app.kubernetes.io/instance", "shop", "argocd.argoproj.io/instance", "shop", "strimzi.io/cluster", "shop");

    @Test
    void labelsAndAnnotationsOfTheCustomResourceAreNeverCopied() {
        offerTo(team);
        stage.edit("web", client -> {
            client.getMetadata().getLabels().putAll(TRACKING);
            client.getMetadata().getAnnotations().putAll(TRACKING);
            return client;
        });
        claim(team, "web");
        Edits.edit(claimIn(team, "web"), claim -> {
            claim.getMetadata().getLabels().putAll(TRACKING);
            claim.getMetadata().getAnnotations().putAll(TRACKING);
            return claim;
        });
        awaitClaim(team, "web", "True", "Synced");

        // Each is written again, and created again.
        stage.deleteSecret("web");
        stage.eventually().until(() -> stage.secret("web") != null);
        stage.applyClient("web", WEB.replace("[openid]", "[openid, profile]") + "sharing: {namespaces: {from: All}}\n");
        stage.eventually()
                .untilAsserted(() -> assertThat(dataIn(team, "web")).containsEntry("scopes", "openid profile"));

        assertThat(claimIn(team, "web").require().getMetadata().getLabels()).containsAllEntriesOf(TRACKING);
        assertThat(stage.client("web").getMetadata().getLabels()).containsAllEntriesOf(TRACKING);
        assertThat(Stream.of(awaitSecret(team, "web"), Objects.requireNonNull(stage.secret("web"))))
                .allSatisfy(secret -> {
                    assertThat(secret.getMetadata().getLabels()).doesNotContainKeys(keys());
                    assertThat(secret.getMetadata().getAnnotations()).doesNotContainKeys(keys());
                });
    }

    private static String[] keys() {
        return TRACKING.keySet().toArray(String[]::new);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anEntryThatIsRemovedFromTheClaimDisappearsFromTheCopy(boolean operatorIsDown) {
        offerTo(team);
        claim(
                team,
                "web",
                "template: {first: a, second: b}, generate: [{key: cookie-secret}], metadata: "
                        + "{labels: {example.com/a: a, example.com/b: b}, annotations: {example.com/c: c}}");
        awaitClaim(team, "web", "True", "Synced");
        assertThat(dataIn(team, "web")).containsKeys("first", "second", "cookie-secret", "issuer");

        meanwhile(
                operatorIsDown,
                () -> claim(
                        team,
                        "web",
                        "preset: None, template: {second: b, value: $(clientSecret)}, metadata: {labels: {example.com/a: a}}"));

        stage.eventually().untilAsserted(() -> assertThat(dataIn(team, "web")).containsOnlyKeys("second", "value"));
        Secret copy = awaitSecret(team, "web");
        assertThat(copy.getMetadata().getLabels())
                .containsEntry("example.com/a", "a")
                .doesNotContainKey("example.com/b");
        assertThat(copy.getMetadata().getAnnotations()).doesNotContainKey("example.com/c");
        awaitClaim(team, "web", "True", "Synced");
    }

    /** A mark with the time of the write would be a reason to write. */
    @Test
    void anUnchangedPassWritesNothingAndACopyRecordsNoTime() {
        offerTo(team);
        claim(team, "web");
        awaitClaim(team, "web", "True", "Synced");
        Secret before = awaitSecret(team, "web");

        requestPass(team, "web");
        stage.restartOperator();
        requestPass(team, "web");

        assertThat(awaitSecret(team, "web")).isEqualTo(before);
        assertThat(before.getMetadata().getAnnotations())
                .containsOnlyKeys(Marks.CLAIM, Marks.CLIENT, Marks.CLIENT_ID, Marks.INPUTS);
    }
}
