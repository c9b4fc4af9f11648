package dev.appclients.cognito.runtime;

import dev.appclients.cognito.controlplane.TestCluster;
import dev.appclients.cognito.simulator.Simulator;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.List;
import java.util.Map;

/** The environment of {@link WiringIT}: the test cluster with the RBAC of the release, and the simulator. */
public final class OperatorResource implements QuarkusTestResourceLifecycleManager {

    /** The system properties for the environment variables of a pod. */
    private static final List<String> AWS =
            List.of("aws.endpointUrl", "aws.accessKeyId", "aws.secretAccessKey", "aws.region");

    private final Simulator simulator = Simulator.start();

    @Override
    public Map<String, String> start() {
        simulator.quotas().off();
        simulator.pool("eu-west-1_Wiring").prefixDomain("wiring");
        List<String> values = List.of(simulator.endpoint().toString(), "AKIDWIRING", "unused", "eu-west-1");
        for (int i = 0; i < AWS.size(); i++) {
            System.setProperty(AWS.get(i), values.get(i));
        }
        return Map.of(
                "quarkus.kubernetes-client.kubeconfig-file",
                        TestCluster.operatorKubeconfig().toString(),
                "cognito-client-operator.cluster-name", "wiring-test",
                "cognito-client-operator.drift-check-interval", "2h",
                "cognito-client-operator.quota-share", "0.5");
    }

    @Override
    public void stop() {
        AWS.forEach(System::clearProperty);
        simulator.close();
    }
}
