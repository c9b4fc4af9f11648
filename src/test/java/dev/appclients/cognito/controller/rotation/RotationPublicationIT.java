package dev.appclients.cognito.controller.rotation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.simulator.Switch;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One rotation changes the data of each Secret once. The old value never comes back. */
class RotationPublicationIT extends OnRotationStage {

    private static final String VALUE = "client-secret";

    private PublishedVersions versions;
    private String old = "";

    @BeforeEach
    void share() {
        client(SHARED);
        copy("one");
        copy("two");
        claim(stage.namespace(), "own");
        awaitCopy(stage.namespace(), "own");
        old = encoded(live().getFirst().value());
        versions = new PublishedVersions(
                stage.admin(), stage.client("web").getMetadata().getUid());
        stage.eventually().untilAsserted(() -> assertThat(versions.contents()).hasSize(4));
    }

    @AfterEach
    void closeWatch() {
        versions.close();
    }

    @Test
    void oneRotationIsOneChangeOfDataPerSecret() {
        rotateToTheEnd();

        assertOneChange(4);
    }

    @Test
    void aLostAnswerAndARestartCauseNoFurtherChange() {
        stage.simulator().faults().on(ADD).dropAfterCommit();
        rotateUntilStaged("1").release();
        stage.restartOperator();
        String second = awaitRotated("");
        awaitCopies();
        stage.restartOperator();
        endOverlap(second);

        assertOneChange(4);
    }

    @Test
    void aGeneratedValueIsOneChangeOfDataPerSecret() {
        stage.simulator().switches().set(Switch.SUPPLIED_SECRETS_REFUSED, true);

        rotateToTheEnd();

        assertOneChange(4);
    }

    @Test
    void secretsThatAreDeletedAndEditedDuringTheOverlapGetTheNewValue() {
        String second = rotate("1");
        awaitCopies();

        stage.deleteSecret("web");
        stage.eventually().untilAsserted(() -> assertThat(stage.secret("web")).isNotNull());
        unlock("one");
        awaitCopy(team, "one");
        copy("new");
        endOverlap(second);

        assertNeverOldAgain();
        assertThat(carried("new")).isEqualTo(second);
        assertThat(versions.contents().get(team + "/new"))
                .allSatisfy(data -> assertThat(data)
                        .containsEntry(VALUE, encoded(live().getLast().value())));
    }

    @Test
    void aChangeOfNameTypeAndPresetDuringTheOverlapPublishesTheNewValue() {
        String original = liveIds().getFirst();
        String second = rotate("1");
        awaitCopies();

        stage.applyClient("web", SHARED + "secret: {preset: CamelCase}\n");
        stage.eventually().untilAsserted(() -> assertThat(stage.data("web")).containsKey("clientSecret"));
        stage.applyClient("web", SHARED + "secret: {name: web-oidc, type: example.com/oidc}\n");
        stage.eventually().untilAsserted(() -> {
            assertThat(stage.secret("web")).isNull();
            assertThat(stage.data("web-oidc"))
                    .containsEntry(VALUE, live().getLast().value());
        });
        stage.awaitReady("web");
        assertThat(liveIds()).containsExactly(original, second);
        awaitPhase("Overlap");

        awaitCarried();
        pass(PAST_OVERLAP);
        awaitLive(second);
        awaitPhase("Steady");
        assertThat(authenticates("web-oidc")).isTrue();
        assertThat(stage.secret("web-oidc").getMetadata().getAnnotations())
                .containsEntry("cognito.appclients.dev/client-secret-id", second);
        assertNeverOldAgain();
    }

    @Test
    void anEditOfTheSettingsDuringTheOverlapMovesNothing() {
        String second = rotate("1");
        awaitCopies();
        String until = awaitEnd();
        stage.forgetCalls();

        stage.applyClient("web", SHARED + "authSessionValidity: 5m\n");
        stage.awaitReady("web");

        assertThat(stage.inCognito("web", "AuthSessionValidity")).isEqualTo("5");
        assertThat(clientCalls()).contains("UpdateUserPoolClient").doesNotContain(ADD, DELETE);
        assertThat(rotation().nextAt()).isEqualTo(until);
        endOverlap(second);
        assertOneChange(4);
    }

    @Test
    void aRotationByScheduleAfterAnotherPublishesEachValueOnce() {
        rotateToTheEnd();
        String second = published();
        pass(Duration.ofDays(1));
        stage.annotate("web", ROTATE, "2");
        String third = awaitRotated(second);
        awaitCopies();
        endOverlap(third);

        stage.eventually()
                .untilAsserted(() -> assertThat(versions.contents().values())
                        .allSatisfy(contents -> assertThat(contents)
                                .extracting(data -> data.get(VALUE))
                                .hasSize(3)
                                .doesNotHaveDuplicates()));
    }

    private void rotateToTheEnd() {
        String second = rotate("1");
        awaitCopies();
        endOverlap(second);
    }

    private void awaitCopies() {
        awaitCopy(team, "one");
        awaitCopy(team, "two");
        awaitCopy(stage.namespace(), "own");
    }

    /** The watch delivers a version some time after its write. */
    private void assertOneChange(int secrets) {
        String current = encoded(live().getLast().value());
        stage.eventually()
                .untilAsserted(() -> assertThat(versions.contents())
                        .hasSize(secrets)
                        .allSatisfy((name, contents) -> assertThat(contents)
                                .as(name)
                                .extracting(data -> data.get(VALUE))
                                .containsExactly(old, current)));
    }

    private void assertNeverOldAgain() {
        assertThat(versions.contents().values())
                .allSatisfy(contents -> assertThat(contents.stream()
                                .dropWhile(data -> data.containsValue(old))
                                .toList())
                        .noneMatch(data -> data.containsValue(old)));
    }

    private static String encoded(String value) {
        return Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8));
    }
}
