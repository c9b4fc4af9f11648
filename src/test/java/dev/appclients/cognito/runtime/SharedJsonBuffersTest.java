package dev.appclients.cognito.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class SharedJsonBuffersTest {

    @Test
    void aThousandThreadsShareAFewBuffers() {
        ObjectMapper mapper = new ObjectMapper();
        new SharedJsonBuffers().customize(mapper);

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 1000; i++) {
                var _ = threads.submit(() -> mapper.writeValueAsString(Map.of("key", "value")));
            }
        }

        assertThat(mapper.getFactory()._getRecyclerPool()).isInstanceOf(JsonRecyclerPools.BoundedPool.class);
        assertThat(mapper.getFactory()._getRecyclerPool().pooledCount()).isBetween(1, 32);
    }
}
