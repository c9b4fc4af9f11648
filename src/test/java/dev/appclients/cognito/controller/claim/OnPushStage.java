package dev.appclients.cognito.controller.claim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.api.v1beta1.ClientSecretClaim;
import dev.appclients.cognito.controller.OnClaimStage;
import dev.appclients.cognito.model.Marks;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;

/** A stage whose pool lets the clients of its namespace push, and a client that pushes to the namespaces with the label of this test. */
abstract class OnPushStage extends OnClaimStage {

    static final String LABEL = "push-test";
    static final String PUSHED = "web-oidc";

    @BeforeEach
    void permitPushes() {
        applyPoolSharing("""
                sharing:
                  namespaces: {from: All}
                  pushFrom: {from: Names, names: [%s]}
                """.formatted(stage.namespace()));
    }

    /** Applies client {@code web}, which pushes to the namespaces with the label. */
    void pushWeb() {
        pushWeb("push: {secret: {name: " + PUSHED + ", preset: Env}}");
        stage.awaitReady("web");
    }

    /** @param push the field {@code push}, or an empty line */
    void pushWeb(String push) {
        applyWeb("""
                sharing:
                  namespaces: {from: Selector, selector: {matchLabels: {%s: "%s"}}}
                  %s
                """.formatted(LABEL, stage.namespace(), push));
    }

    /** Creates a namespace that the client offers its Secret to. */
    String target() {
        return namespace(Map.of(LABEL, stage.namespace()));
    }

    String namespace(Map<String, String> labels) {
        return namespace("target-", labels);
    }

    /** @param value null removes the label */
    void label(String namespace, @Nullable String value) {
        label(namespace, LABEL, value);
    }

    String claimName() {
        return stage.namespace() + ".web";
    }

    Resource<ClientSecretClaim> pushed(String namespace) {
        return claimIn(namespace, claimName());
    }

    ClientSecretClaim awaitPushed(String namespace) {
        ClientSecretClaim claim =
                stage.eventually().until(() -> pushed(namespace).get(), Objects::nonNull);
        assertThat(claim.getMetadata().getLabels()).containsEntry(Marks.PUSHED, "true");
        return claim;
    }

    /** Waits until another object than the one with this UID has the name. */
    ClientSecretClaim awaitPushedAgain(String namespace, String formerUid) {
        return stage.eventually()
                .until(
                        () -> pushed(namespace).get(),
                        claim -> claim != null && !claim.getMetadata().getUid().equals(formerUid));
    }

    void awaitNone(String namespace) {
        stage.eventually().until(() -> pushed(namespace).get() == null);
    }

    void awaitCopies(String summary) {
        stage.eventually()
                .untilAsserted(
                        () -> assertThat(stage.status("web").copies().summary()).isEqualTo(summary));
    }

    void apply(String yaml) {
        stage.admin()
                .resource(Serialization.<ClientSecretClaim>unmarshal(yaml, ClientSecretClaim.class))
                .create();
    }
}
