package dev.appclients.cognito.controller.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.api.v1beta1.DriftedField;
import dev.appclients.cognito.controller.OnAdoptionStage;
import dev.appclients.cognito.controller.Stage;
import dev.appclients.cognito.drift.Published;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Recorded answers of the real service, each adopted by a manifest with the same settings. */
class PublishedAnswersIT extends OnAdoptionStage {

    @Test
    void aPublishedAnswerIsObservedWithoutDrift() {
        List<Published> all = Published.all();
        all.forEach(published -> stage.simulator().loadClient(Stage.POOL_ID, published.answer()));
        applyPool(all.stream()
                .map(published -> entry(published.clientId(), stage.namespace(), "Observe"))
                .toList());

        all.forEach(published -> stage.apply(published.manifest()));

        all.forEach(published -> {
            stage.awaitCondition(published.name(), "Drifted", "False", "NoDrift");
            stage.awaitReady(published.name());
            assertThat(stage.status(published.name()).drift())
                    .as("%s", published)
                    .isNull();
        });
        assertThat(stage.calls())
                .containsOnly("DescribeUserPoolClient", "ListUserPoolClientSecrets")
                .hasSize(2 * all.size());
    }

    @Test
    void aClientThatNeverSetUserExistenceErrorsDriftsFromEnabledAlone() {
        Published published = new Published("live-14");
        stage.simulator().loadClient(Stage.POOL_ID, published.answer());
        applyPool(List.of(entry(published.clientId(), stage.namespace(), "Observe")));

        stage.apply(published.manifest().replace("LEGACY", "ENABLED"));

        stage.awaitCondition(published.name(), "Drifted", "True", "Drifted");
        assertThat(stage.status(published.name()).drift())
                .containsExactly(new DriftedField("preventUserExistenceErrors", "ENABLED", "LEGACY"));
    }
}
