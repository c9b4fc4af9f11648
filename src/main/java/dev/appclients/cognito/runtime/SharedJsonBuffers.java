package dev.appclients.cognito.runtime;

import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.kubernetes.client.KubernetesClientObjectMapperCustomizer;
import jakarta.inject.Singleton;

/**
 * Lets all threads take the buffers for JSON from one pool. Jackson's default keeps one set for each thread: every reconciliation has a
 * virtual thread of its own, and one that waits for its turn at Cognito would hold some 9 KB of buffers.
 */
@Singleton
final class SharedJsonBuffers implements KubernetesClientObjectMapperCustomizer {

    /** As many requests to the API server are under way at once, see {@link FewConnections}. */
    private static final int BUFFERS = 32;

    /** Made by the container. */
    SharedJsonBuffers() {}

    @Override
    public void customize(ObjectMapper mapper) {
        mapper.getFactory().setRecyclerPool(JsonRecyclerPools.newBoundedPool(BUFFERS));
    }
}
