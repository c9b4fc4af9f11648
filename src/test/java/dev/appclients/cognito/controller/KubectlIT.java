package dev.appclients.cognito.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.controlplane.Binaries;
import dev.appclients.cognito.controlplane.TestCluster;
import io.fabric8.kubernetes.client.Config;
import java.net.URI;
import org.junit.jupiter.api.Test;

/** The kubectl of the tests leaves nothing in the user's home. */
class KubectlIT {

    @Test
    void theCacheIsInTheBuildDirectory() {
        Kubectl.Output got = new Kubectl("default").run("get", "namespaces");

        assertThat(got.exitCode()).as(got.text()).isZero();
        URI server = URI.create(
                Config.fromKubeconfig(TestCluster.adminKubeconfig().toFile()).getMasterUrl());
        assertThat(Binaries.project()
                        .resolve("target/kube-cache/discovery")
                        .resolve(server.getHost() + "_" + server.getPort()))
                .isNotEmptyDirectory();
    }
}
