package dev.appclients.cognito.controller.claim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.controller.OnClaimStage;
import dev.appclients.cognito.controller.Stage;
import dev.appclients.cognito.simulator.Fault;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The variable {@code userPoolArn}. No annotation of a Secret records its value. */
class PoolArnIT extends OnClaimStage {

    private static final String TEMPLATE = "template: {pool: '$(json(userPoolArn))'}";

    @Test
    void theArnIsInTheSecretTheConfigMapAndTheCopyAlike() {
        applyWeb("sharing: {namespaces: {from: All}}\nsecret: {" + TEMPLATE + "}\nconfigMap: {name: web-public, "
                + TEMPLATE + "}");
        stage.awaitReady("web");

        claim(team, "web", TEMPLATE);
        awaitClaim(team, "web", "True", "Synced");

        String arn = "\"" + stage.status("web").userPoolARN() + "\"";
        assertThat(stage.data("web")).containsEntry("pool", arn);
        assertThat(dataIn(team, "web")).containsEntry("pool", arn);
        stage.eventually()
                .untilAsserted(() -> assertThat(configMap("web-public")).containsEntry("pool", arn));
    }

    /** Other writers can write the status of the pool, and the pool may not answer then. */
    @Test
    void aCopyWaitsForTheArnOnlyIfItContainsIt() {
        offerTo(team);
        claim(team, "before", TEMPLATE);
        awaitClaim(team, "before", "True", "Synced");
        Map<String, String> before = dataIn(team, "before");
        stage.stopOperator();
        Fault read = stage.simulator().faults().on("DescribeUserPool").always().pause();
        forgetArn();

        stage.startOperator();
        claim(team, "without");
        claim(team, "with", "name: with, " + TEMPLATE);

        awaitClaim(team, "without", "True", "Synced");
        awaitClaim(team, "with", "False", "SourceNotReady");
        assertThat(dataIn(team, "before")).isEqualTo(before);

        read.release();
        awaitClaim(team, "with", "True", "Synced");
        assertThat(dataIn(team, "with")).containsEntry("pool", before.get("pool"));
    }

    private Map<String, String> configMap(String name) {
        ConfigMap found = stage.admin()
                .configMaps()
                .inNamespace(stage.namespace())
                .withName(name)
                .require();
        return found.getData();
    }

    private void forgetArn() {
        stage.admin()
                .resource(stage.pool(Stage.POOL))
                .subresource("status")
                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"status\":{\"userPoolARN\":null}}");
    }
}
