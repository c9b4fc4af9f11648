package dev.appclients.cognito.controller.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.controller.Kubectl;
import dev.appclients.cognito.controller.OnStage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The documented way to delete a namespace whose clients cannot be deleted from Cognito any more. */
class NamespaceGoesIT extends OnStage {

    private static final String SALES = "eu-central-1_Sales";
    private static final String ROLE = "arn:aws:iam::222222222222:role/cognito-sales";
    private static final int CLIENTS = 30;

    @Test
    void oneDocumentedCommandReleasesANamespaceWhoseRoleAndPoolAreDeleted() throws IOException {
        stage.simulator().pool(SALES).account("222222222222").prefixDomain("sales");
        stage.simulator().access().role(ROLE);
        stage.applyPool("sales", """
                userPoolId: %s
                aws: {identity: AssumeRole, roleARN: "%s"}
                namespaces: {from: All}
                """.formatted(SALES, ROLE));
        for (int i = 0; i < CLIENTS; i++) {
            applyClient("web-" + i);
        }
        for (int i = 0; i < CLIENTS; i++) {
            stage.awaitReady("web-" + i);
        }
        stage.simulator().access().withoutRole(ROLE);
        stage.simulator().removePool(SALES);
        clock.advance(Duration.ofHours(1));
        stage.admin().namespaces().withName(stage.namespace()).delete();
        stage.awaitCondition("web-0", "Ready", "False", "RoleDenied");

        Kubectl.Output output = Kubectl.shell(documented().replace("-n shop", "-n " + stage.namespace()));

        assertThat(output.exitCode()).as(output.text()).isZero();
        assertThat(output.text().lines().filter(line -> line.contains("patched")))
                .hasSize(CLIENTS);
        stage.eventually()
                .until(() ->
                        stage.admin().namespaces().withName(stage.namespace()).get() == null);
    }

    private static String documented() throws IOException {
        List<String> commands = Files.readAllLines(Path.of("src/docs/userpoolclient.md")).stream()
                .filter(line -> line.startsWith("kubectl get upc") && line.contains("Retain"))
                .toList();
        assertThat(commands).hasSize(1);
        return commands.getFirst();
    }

    private void applyClient(String name) {
        stage.apply("""
                apiVersion: cognito.appclients.dev/v1beta1
                kind: UserPoolClient
                metadata: {name: %s}
                spec: {userPoolRef: {name: sales}, appType: Public}
                """.formatted(name));
    }
}
