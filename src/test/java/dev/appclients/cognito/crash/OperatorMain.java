package dev.appclients.cognito.crash;

import dev.appclients.cognito.controller.RunningOperator;
import dev.appclients.cognito.controller.Stage;
import dev.appclients.cognito.controller.reconcile.OperatorSettings;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import java.io.File;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/**
 * Runs the operator as a process for tests that kill it. Arguments: kubeconfig, the addresses of the API server and of Cognito,
 * and the settling time of a create.
 */
final class OperatorMain {

    private OperatorMain() {}

    public static void main(String[] args) throws InterruptedException {
        Config config = new ConfigBuilder(Config.fromKubeconfig(new File(args[0])))
                .withMasterUrl(args[1])
                .withHttp2Disable(true)
                .build();
        // As in this process: nothing is read again because its time has come.
        OperatorSettings settings = Stage.SETTINGS.withCreateSettlesAfter(Duration.parse(args[3]));
        RunningOperator operator =
                RunningOperator.start(URI.create(args[2]), RunningOperator.SetUp.of(settings, config));
        Runtime.getRuntime().addShutdownHook(new Thread(operator::close));
        new CountDownLatch(1).await();
    }
}
