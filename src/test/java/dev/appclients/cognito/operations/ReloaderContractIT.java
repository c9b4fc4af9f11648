package dev.appclients.cognito.operations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.controller.OnClaimStage;
import dev.appclients.cognito.controller.cluster.Annotations;
import dev.appclients.cognito.model.Marks;
import dev.appclients.cognito.operations.FakeReloader.Workload;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Reloader restarts workloads when the operator changes the value of their Secret, and only then. */
class ReloaderContractIT extends OnClaimStage {

    private static final String MATCHED = "secret: {metadata: {annotations: {reloader.stakater.com/match: 'true'}}}";
    private static final String OFFER = "sharing: {namespaces: {from: All}}\n";

    private FakeReloader own;
    private FakeReloader copies;

    @BeforeEach
    void runReloader() {
        applyWeb(OFFER + MATCHED);
        stage.awaitReady("web");
        claim(team, "web", "metadata: {annotations: {reloader.stakater.com/match: 'true'}}");
        awaitClaim(team, "web", "True", "Synced");
        own = new FakeReloader(stage.admin(), stage.namespace(), workloads());
        copies = new FakeReloader(stage.admin(), team, workloads());
    }

    @AfterEach
    void stopReloader() {
        own.close();
        copies.close();
    }

    /** One workload for each way to select a Secret, and two that select none. */
    private static List<Workload> workloads() {
        return List.of(
                workload("auto", "reloader.stakater.com/auto", "true"),
                workload("secret-auto", "secret.reloader.stakater.com/auto", "true"),
                workload("search", "reloader.stakater.com/search", "true"),
                new Workload("named", Map.of("secret.reloader.stakater.com/reload", "other,web"), Set.of()),
                new Workload("unrelated", Map.of("reloader.stakater.com/auto", "true"), Set.of("other")),
                workload("none", "example.com/team", "shop"));
    }

    private static Workload workload(String name, String annotation, String value) {
        return new Workload(name, Map.of(annotation, value), Set.of("web"));
    }

    private static Map<String, Integer> oneOfEach() {
        return Map.of("auto", 1, "secret-auto", 1, "search", 1, "named", 1);
    }

    @Test
    void ourSecretsHaveTheAnnotationThatTheirManifestsAskFor() {
        assertThat(List.of(live(stage.namespace()), live(team)))
                .allSatisfy(secret -> assertThat(secret.getMetadata().getAnnotations())
                        .containsEntry("reloader.stakater.com/match", "true"));
    }

    @Test
    void aChangeOfAnnotationsCausesNoRollout() {
        String before = live(team).getMetadata().getResourceVersion();

        // The manifests ask for another annotation, and the operator marks its Secrets.
        applyWeb(OFFER + MATCHED.replace("{reloader", "{reloader.stakater.com/note: a, reloader"));
        claim(
                team,
                "web",
                "metadata: {annotations: {reloader.stakater.com/match: 'true', reloader.stakater.com/note: a}}");
        awaitAnnotation(stage.namespace());
        awaitAnnotation(team);
        mark(team);

        awaitSeen();
        assertThat(live(team).getMetadata().getResourceVersion()).isNotEqualTo(before);
        assertThat(own.rollouts()).isEmpty();
        assertThat(copies.rollouts()).isEmpty();
    }

    @Test
    void oneChangeOfTheValuesCausesOneRolloutOfEachWorkloadThatSelectsTheSecret() {
        stage.applyClient("web", WEB.replace("[openid]", "[openid, profile]") + OFFER + MATCHED + "\n");
        stage.eventually()
                .untilAsserted(() -> assertThat(dataIn(team, "web")).containsEntry("scopes", "openid profile"));
        awaitClaim(team, "web", "True", "Synced");

        awaitSeen();
        assertThat(own.rollouts()).isEqualTo(oneOfEach());
        assertThat(copies.rollouts()).isEqualTo(oneOfEach());
    }

    @Test
    void aRotationFromTheRequestToTheRetirementCausesOneRolloutOfEachWorkloadThatSelectsTheSecret() {
        applyWeb(OFFER + MATCHED + "\nrotation: {overlap: 10m, maxOverlap: 1h}");
        stage.annotate("web", Annotations.ROTATE_REQUESTED_AT, "1");
        stage.eventually()
                .untilAsserted(() -> assertThat(live(team).getMetadata().getAnnotations())
                        .containsKey(Marks.CLIENT_SECRET_ID)
                        .containsEntry(
                                Marks.CLIENT_SECRET_ID,
                                live(stage.namespace())
                                        .getMetadata()
                                        .getAnnotations()
                                        .get(Marks.CLIENT_SECRET_ID)));

        awaitSeen();
        assertThat(own.rollouts()).isEqualTo(oneOfEach());
        assertThat(copies.rollouts()).isEqualTo(oneOfEach());

        awaitSummary("Overlap 1/1 until ");
        stage.simulator().clock().advance(Duration.ofMinutes(11));
        clock.advance(Duration.ofMinutes(11));
        stage.wake("web");
        awaitPhase("Steady");

        awaitSeen();
        assertThat(own.rollouts()).isEqualTo(oneOfEach());
        assertThat(copies.rollouts()).isEqualTo(oneOfEach());
    }

    private void awaitPhase(String phase) {
        stage.eventually()
                .untilAsserted(
                        () -> assertThat(stage.status("web").rotation().phase()).isEqualTo(phase));
    }

    private void awaitSummary(String start) {
        stage.eventually()
                .untilAsserted(() ->
                        assertThat(stage.status("web").rotation().summary()).startsWith(start));
    }

    /** Reloader sees the edit of the other writer and the restore of the operator. */
    @Test
    void anEditOfTheValueThatTheOperatorRevertsCausesTwoRollouts() {
        editSecretIn(team, "web", secret -> secret.getData().put("client-secret", "eA=="));
        awaitCopy(team, "web");

        awaitSeen();
        assertThat(copies.rollouts("auto")).isEqualTo(2);
        assertThat(own.rollouts()).isEmpty();
    }

    @Test
    void aWorkloadThatSearchesIgnoresASecretWithoutTheAnnotation() {
        claim(team, "web");
        stage.eventually()
                .untilAsserted(() -> assertThat(live(team).getMetadata().getAnnotations())
                        .doesNotContainKey("reloader.stakater.com/match"));
        stage.applyClient("web", WEB.replace("[openid]", "[openid, profile]") + OFFER + MATCHED + "\n");
        stage.eventually()
                .untilAsserted(() -> assertThat(dataIn(team, "web")).containsEntry("scopes", "openid profile"));

        awaitSeen();
        assertThat(copies.rollouts()).isEqualTo(Map.of("auto", 1, "secret-auto", 1, "named", 1));
    }

    private void awaitAnnotation(String namespace) {
        stage.eventually()
                .untilAsserted(() -> assertThat(live(namespace).getMetadata().getAnnotations())
                        .containsEntry("reloader.stakater.com/note", "a"));
    }

    /** Writes an id as the operator does. */
    private void mark(String namespace) {
        stage.admin()
                .secrets()
                .inNamespace(namespace)
                .withName("web")
                .patch(
                        new PatchContext.Builder()
                                .withPatchType(PatchType.JSON_MERGE)
                                .withFieldManager(Marks.FIELD_MANAGER)
                                .build(),
                        "{\"metadata\": {\"annotations\": {\"" + Marks.CLIENT_SECRET_ID + "\": \"id-2\"}}}");
    }

    private Secret live(String namespace) {
        return Objects.requireNonNull(secretIn(namespace, "web"));
    }

    /** Waits until Reloader has seen the newest versions. */
    private void awaitSeen() {
        stage.eventually().until(() -> own.hasSeen(live(stage.namespace())) && copies.hasSeen(live(team)));
    }
}
