package dev.appclients.cognito.controller.claim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.controller.RunningOperator;
import dev.appclients.cognito.controlplane.Versions;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A client with many copies is reconciled and written far less often than its copies change. */
class ManyCopiesIT extends OnPushStage {

    private static final int COPIES = 150;

    private final Set<String> counts = ConcurrentHashMap.newKeySet();

    @Test
    void theCountIsWrittenEveryTenSecondsAndTheClientIsReconciledLessOftenThanItsCopies() {
        List<String> targets = Stream.generate(this::target).limit(COPIES).toList();
        stage.stopOperator();
        RunningOperator operator = stage.startOperator();
        long began = System.nanoTime();
        try (Versions<UserPoolClient> watch = watchCounts()) {
            pushWeb();
            awaitCopies(COPIES + "/" + COPIES);
        }
        Duration took = Duration.ofNanos(System.nanoTime() - began);

        targets.forEach(target -> assertThat(pushed(target).get()).isNotNull());
        String uid = stage.client("web").getMetadata().getUid();
        assertThat(operator.passes().started(uid))
                .as("reconciliations of the client")
                .isLessThan(Math.max(COPIES, 3 * (int) took.toSeconds()));
        // The first count, one every ten seconds, and the complete one.
        assertThat(counts.size())
                .as("counts %s within %s", counts, took)
                .isLessThanOrEqualTo(3 + (int) (took.toSeconds() / 10));
    }

    private Versions<UserPoolClient> watchCounts() {
        return Versions.of(
                stage.admin().resources(UserPoolClient.class).inNamespace(stage.namespace()), (action, client) -> {
                    if (client.getStatus() != null && client.getStatus().copies() != null) {
                        counts.add(client.getStatus().copies().summary());
                    }
                });
    }
}
