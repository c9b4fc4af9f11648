package dev.appclients.cognito.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.controlplane.Binaries;
import dev.appclients.cognito.release.InstallManifest;
import dev.appclients.cognito.simulator.Simulator;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Installs the operator with {@code install.yaml} of a release on a cluster that has nothing of it. */
class InstallManifestIT {

    private static final String NAME = "cognito-client-operator";
    private static final String IMAGE = "registry.example.com/cognito-client-operator";
    private static final String VERSION = "1.2.3";
    private static final String APPLY = "kubectl apply --server-side -f ";

    @TempDir
    private Path directory;

    private ReleaseBed bed;
    private Path manifest;

    @BeforeEach
    void open() throws IOException {
        bed = ReleaseBed.open(directory);
        manifest = Files.writeString(
                directory.resolve("install.yaml"), InstallManifest.install(Binaries.project(), IMAGE, VERSION));
    }

    @AfterEach
    void close() {
        bed.close();
    }

    @Test
    void oneCommandInstallsAnOperatorThatServesTheClientOfTheReadme() {
        bed.shell(Helm.newest(), APPLY + manifest).orFail();

        Deployment deployment = bed.admin()
                .apps()
                .deployments()
                .inNamespace(NAME)
                .withName(NAME)
                .get();
        assertThat(deployment
                        .getSpec()
                        .getTemplate()
                        .getSpec()
                        .getContainers()
                        .getFirst()
                        .getImage())
                .isEqualTo(IMAGE + ":" + VERSION);
        try (Simulator simulator = bed.simulator();
                Pods.Pod operator = start(calling(deployment, simulator))) {
            bed.applyReadme();
            bed.awaitReady("shop", "web");
            assertThat(operator.log()).doesNotContain("\"level\":\"ERROR\"");
        }
        // The same command is the upgrade.
        assertThat(bed.shell(Helm.newest(), APPLY + manifest).orFail().text())
                .contains("deployment.apps/" + NAME + " serverside-applied");
        // As the server-side diff of Argo CD compares, also after the operator has run.
        bed.shell(Helm.newest(), "kubectl diff --server-side -f " + manifest).orFail();
        assertThat(bed.shell(Helm.newest(), "kubectl get upc web -n shop -o name")
                        .text())
                .contains("userpoolclient.cognito.appclients.dev/web");
    }

    private Pods.Pod start(Deployment deployment) {
        return Pods.ofPackage(bed.plane())
                .start(deployment, deployment.getSpec().getTemplate(), directory)
                .awaitLog("Started event processing for controller");
    }

    /** Calls the simulator in the place of AWS. */
    private static Deployment calling(Deployment deployment, Simulator simulator) {
        deployment
                .getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .getFirst()
                .getEnv()
                .add(new EnvVarBuilder()
                        .withName("AWS_ENDPOINT_URL")
                        .withValue(simulator.endpoint().toString())
                        .build());
        return deployment;
    }
}
