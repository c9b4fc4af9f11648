package dev.appclients.cognito.controlplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.client.ConfigBuilder;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ClientsTest {

    @Test
    void closedClientsLeaveNoThreadsBehind() {
        int clients = 100;
        var nowhere = new ConfigBuilder().withMasterUrl("http://127.0.0.1:9").build();

        for (int i = 0; i < clients; i++) {
            Clients.of(nowhere).close();
        }

        await().untilAsserted(() -> assertThat(threads()).hasSizeLessThan(clients));
    }

    /** The threads of Vert.x. */
    private static Set<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("vert"))
                .collect(Collectors.toSet());
    }
}
