package dev.appclients.cognito.controller.rotation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.controller.Stage;
import dev.appclients.cognito.controller.cluster.Annotations;
import io.fabric8.kubernetes.api.model.Secret;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A client is paused, frozen, observed or deleted in the middle of a rotation. */
class RotationHoldIT extends OnRotationStage {

    private static final String SHARING = "\nsharing: {namespaces: {from: All}}";

    @ParameterizedTest
    @EnumSource
    void aPausedClientIsNotTouchedAndGoesOnAfterwards(RotationProgress progress) {
        steady();
        progress.reach(this);

        stage.annotate("web", Annotations.PAUSED, "true");
        stage.awaitCondition("web", "Ready", "False", "Paused");
        assertUntouched();

        stage.removeAnnotation("web", Annotations.PAUSED);
        stage.awaitReady("web");
        finish(progress);
    }

    @ParameterizedTest
    @EnumSource
    void aClientWithoutPermissionIsNotTouchedAndGoesOnAfterwards(RotationProgress progress) {
        steady();
        progress.reach(this);

        stage.applyPool(Stage.POOL, "namespaces: {from: Names, names: [another]}" + SHARING);
        stage.awaitCondition("web", "Ready", "False", "NamespaceNotAllowed");
        assertUntouched();

        stage.applyPool(Stage.POOL, ALL + SHARING);
        stage.awaitReady("web");
        finish(progress);
    }

    @ParameterizedTest
    @EnumSource
    void anObservedClientIsNotTouchedAndGoesOnAfterwards(RotationProgress progress) {
        steady();
        progress.reach(this);

        stage.applyClient("web", WEB + "mode: Observe\n");
        stage.awaitReady("web");
        assertUntouched();

        stage.applyClient("web", ROTATED);
        stage.awaitReady("web");
        finish(progress);
    }

    private void assertUntouched() {
        stage.forgetCalls();
        List<String> before = liveIds();
        Secret record = record();
        Secret secret = stage.secret("web");
        if (before.size() == 1) {
            stage.annotate("web", ROTATE, "second");
        }
        pass(Duration.ofMinutes(30));
        pass(Duration.ofDays(30));

        assertThat(clientCalls()).doesNotContain(ADD, DELETE, LIST);
        assertThat(liveIds()).isEqualTo(before);
        assertThat(record()).isEqualTo(record);
        assertThat(stage.secret("web")).isEqualTo(secret);
    }

    /** The overlap ended long ago. */
    private void finish(RotationProgress progress) {
        if (progress == RotationProgress.OVERLAP) {
            String current = published();
            awaitLive(current);
            awaitPhase("Steady");
            assertThat(authenticates("web")).isTrue();
            return;
        }
        progress.complete(this);
    }

    @ParameterizedTest
    @EnumSource
    void aDeletedClientIsDeletedInCognito(RotationProgress progress) {
        steady();
        progress.reach(this);

        String record = recordName();

        stage.delete("web");

        stage.awaitGone("web");
        assertThat(stage.cognito()).isEmpty();
        assertThat(stage.secret("web")).isNull();
        assertThat(stage.secret(record)).isNull();
    }

    @ParameterizedTest
    @EnumSource
    void aRetainedClientKeepsItsSecretsAndAnEventNamesThem(RotationProgress progress) {
        steady();
        progress.reach(this);
        List<String> before = liveIds();
        String clientId = stage.status("web").clientId();
        stage.applyClient("web", ROTATED + "deletionPolicy: Retain\n");
        stage.eventually()
                .until(() -> stage.client("web")
                        .getMetadata()
                        .getGeneration()
                        .equals(stage.status("web").observedGeneration()));
        stage.forgetCalls();

        stage.delete("web");

        stage.awaitGone("web");
        assertThat(clientCalls()).isEmpty();
        assertThat(stage.simulator().client(Stage.POOL_ID, clientId).secrets())
                .extracting(secret -> secret.id())
                .isEqualTo(before);
        if (progress == RotationProgress.STAGED || progress == RotationProgress.OVERLAP) {
            stage.eventually()
                    .untilAsserted(() -> assertThat(stage.eventsAbout("web"))
                            .filteredOn(event -> event.getReason().equals("SecretsLeftBehind"))
                            .singleElement()
                            .satisfies(event -> assertThat(event.getMessage()).contains(before)));
        } else {
            assertThat(stage.events("web")).doesNotContain("SecretsLeftBehind");
        }
    }
}
