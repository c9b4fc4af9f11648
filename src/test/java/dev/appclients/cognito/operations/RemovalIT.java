package dev.appclients.cognito.operations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.api.v1beta1.ClusterUserPool;
import dev.appclients.cognito.controller.Kubectl;
import dev.appclients.cognito.controller.OnStage;
import dev.appclients.cognito.controller.Stage;
import dev.appclients.cognito.simulator.AppClient;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The documented ways to remove the objects, with the operator and after it is gone. */
class RemovalIT extends OnStage {

    @Test
    void theDocumentedCommandsDeleteTheObjectsAndTheirAppClients() {
        ready("web");
        ready("spa");

        shell(OperationsPage.command("kubectl delete userpoolclients"));
        shell(OperationsPage.command("kubectl delete clusteruserpools"));

        assertThat(stage.cognito()).isEmpty();
        assertThat(pool()).isNull();
    }

    @Test
    void theDocumentedCommandKeepsTheAppClients() {
        ready("web");

        shell(OperationsPage.command("kubectl get userpoolclients -A", "Retain"));
        shell(OperationsPage.command("kubectl delete userpoolclients"));

        assertThat(stage.cognito()).hasSize(1);
    }

    @Test
    void anOperatorThatIsPutBackCompletesTheDeletion() {
        ready("web");
        stage.stopOperator();
        stage.delete("web");
        assertThat(stage.client("web").getMetadata().getFinalizers()).isNotEmpty();

        stage.startOperator();

        stage.awaitGone("web");
        assertThat(stage.cognito()).isEmpty();
    }

    @Test
    void withoutTheOperatorTheDocumentedCommandsReleaseTheObjectsAndFindTheAppClientsThatStay() {
        ready("web");
        stage.stopOperator();
        AppClient ours = stage.cognito().getFirst();
        stage.simulator().createForeignClient(Stage.POOL_ID, "legacy web");
        stage.delete("web");

        assertThat(orphans()).as("while the object exists").isEmpty();
        shell(OperationsPage.command("kubectl get userpoolclients -A", "finalizers"));
        stage.awaitGone("web");
        shell(OperationsPage.command("kubectl get clusteruserpools", "finalizers"));
        shell("kubectl delete clusteruserpools --all");

        assertThat(pool()).isNull();
        assertThat(orphans()).isEqualTo(ours.clientId() + "\t" + ours.name() + "\n");
    }

    /** Runs the documented command with a list of the clients in the simulator instead of the AWS CLI. */
    private String orphans() {
        String list = stage.cognito().stream()
                .map(client -> client.clientId() + "\\t" + client.name() + "\\n")
                .collect(Collectors.joining());
        Kubectl.Output output =
                Kubectl.shell("aws() { printf '" + list + "'; }\n" + OperationsPage.block("list-user-pool-clients"));
        assertThat(output.exitCode()).as(output.text()).isZero();
        return output.text();
    }

    private void ready(String name) {
        stage.applyClient(name, WEB);
        stage.awaitReady(name);
    }

    private ClusterUserPool pool() {
        return stage.admin()
                .resources(ClusterUserPool.class)
                .withName(Stage.POOL)
                .get();
    }

    private static void shell(String command) {
        Kubectl.Output output = Kubectl.shell(command);
        assertThat(output.exitCode()).as(output.text()).isZero();
    }
}
