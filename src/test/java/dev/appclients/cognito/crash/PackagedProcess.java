package dev.appclients.cognito.crash;

import dev.appclients.cognito.controlplane.Identities;
import dev.appclients.cognito.runtime.PackagedOperator;
import java.nio.file.Path;
import java.util.Map;

/** Runs the packaged operator behind a proxy, as a container of one pod. A crash is a SIGKILL. */
final class PackagedProcess implements Scene.Handle {

    private final PackagedOperator operator;

    PackagedProcess(FaultProxy proxy, Path directory, String name) {
        Path kubeconfig = Identities.writeKubeconfig(directory.resolve(name + ".kubeconfig"), proxy.kubernetesConfig());
        operator = PackagedOperator.start(
                directory,
                name,
                proxy.cognito(),
                Map.of(
                        "KUBECONFIG", kubeconfig.toString(),
                        // The proxy reads HTTP/1.1.
                        "HTTP2_DISABLE", "true",
                        // A restarted container has the name of its pod, and takes back its own lease.
                        "POD_NAME", "rotating",
                        "COGNITO_CLIENT_OPERATOR_CREATE_SETTLES_AFTER", "10s"));
        proxy.onCrash(operator::close);
    }

    @Override
    public void discard() {
        operator.close();
    }

    @Override
    public void stop() {
        operator.terminate();
        operator.close();
    }
}
