package dev.appclients.cognito.controlplane;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.client.ConfigBuilder;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ClientsTest {

    @Test
    void aClosedClientLeavesNoThreadBehind() {
        Set<Thread> before = threads();
        var nowhere = new ConfigBuilder().withMasterUrl("http://127.0.0.1:9").build();

        Clients.of(nowhere).close();

        await().until(() -> threads().stream().noneMatch(thread -> !before.contains(thread)));
    }

    /** The threads of Vert.x. */
    private static Set<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("vert"))
                .collect(Collectors.toSet());
    }
}
