package dev.appclients.cognito.controller.claim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.controller.OnClaimStage;
import dev.appclients.cognito.controller.cluster.Annotations;
import dev.appclients.cognito.model.Marks;
import dev.appclients.cognito.simulator.Fault;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A copy that cannot follow a rotation is not in sync, and its claim says why. */
class RotatedCopiesIT extends OnClaimStage {

    @BeforeEach
    void share() {
        applyWeb("rotation: {overlap: 10m, maxOverlap: 1h}\nsharing: {namespaces: {from: All}}");
        stage.awaitReady("web");
        claim(team, "web");
        awaitClaim(team, "web", "True", "Synced");
    }

    @Test
    void theClaimOfACopyThatAdmissionRefusesSaysSoUntilTheCopyCarriesTheNewSecret() {
        try (SecretsRefused refused = new SecretsRefused(stage, team)) {
            String added = rotate();

            assertThat(awaitClaim(team, "web", "False", "SecretRefused").getMessage())
                    .contains(SecretsRefused.MESSAGE)
                    .contains("retries within five minutes");
            assertThat(carriedBy(team)).isNull();
            assertThat(carriedBy(stage.namespace())).isEqualTo(added);
            awaitSummary("Overlap 0/1 until ");
            stage.awaitReady("web");
        }
        requestPass(team, "web");

        awaitClaim(team, "web", "True", "Synced");
        awaitCopy(team, "web");
        awaitSummary("Overlap 1/1 until ");
    }

    @Test
    void theClaimOfAnImmutableCopySaysSoUntilTheCopyIsDeleted() {
        editSecretIn(team, "web", secret -> secret.setImmutable(true));
        rotate();

        assertThat(awaitClaim(team, "web", "False", "SecretImmutable").getMessage())
                .contains("retries within five minutes");
        assertThat(carriedBy(team)).isNull();
        awaitSummary("Overlap 0/1 until ");
        stage.awaitReady("web");

        stage.admin().secrets().inNamespace(team).withName("web").delete();
        awaitCopy(team, "web");
        awaitClaim(team, "web", "True", "Synced");
        awaitSummary("Overlap 1/1 until ");
    }

    /** The Secret of the client records another client secret, but another writer changed it, so it is no source. */
    @Test
    void aCopyWithAnotherClientSecretThanItsTamperedSourceIsHeld() {
        stage.stopOperator();
        record(stage.namespace(), "id-2");
        record(team, "id-1");
        editSecretIn(stage.namespace(), "web", secret -> secret.getData().put("client-secret", "eA=="));

        Fault repair =
                stage.simulator().faults().on("DescribeUserPoolClient").always().pause();
        stage.startOperator();

        awaitClaim(team, "web", "True", "Held");
        assertThat(carriedBy(team)).isEqualTo("id-1");
        repair.release();
    }

    private String rotate() {
        stage.annotate("web", Annotations.ROTATE_REQUESTED_AT, "1");
        stage.eventually().until(() -> carriedBy(stage.namespace()) != null);
        return Objects.requireNonNull(carriedBy(stage.namespace()));
    }

    private void awaitSummary(String start) {
        stage.eventually()
                .untilAsserted(() ->
                        assertThat(stage.status("web").rotation().summary()).startsWith(start));
    }

    private @Nullable String carriedBy(String namespace) {
        Secret secret = Objects.requireNonNull(secretIn(namespace, "web"));
        return secret.getMetadata().getAnnotations().get(Marks.CLIENT_SECRET_ID);
    }

    /** Writes the id as the operator does. */
    private void record(String namespace, String secretId) {
        stage.admin()
                .secrets()
                .inNamespace(namespace)
                .withName("web")
                .patch(
                        new PatchContext.Builder()
                                .withPatchType(PatchType.JSON_MERGE)
                                .withFieldManager(Marks.FIELD_MANAGER)
                                .build(),
                        "{\"metadata\": {\"annotations\": {\"" + Marks.CLIENT_SECRET_ID + "\": \"" + secretId
                                + "\"}}}");
    }
}
