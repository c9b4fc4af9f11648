package dev.appclients.cognito.runtime;

import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.kubernetes.client.KubernetesClientObjectMapperCustomizer;
import jakarta.inject.Singleton;

/**
 * Makes all threads share one pool of JSON buffers. Jackson's default keeps one set per thread. Every reconciliation has a virtual thread,
 * and one that waits for Cognito would hold about 9 KB of buffers.
 */
@Singleton
final class SharedJsonBuffers implements KubernetesClientObjectMapperCustomizer {

    /** The number of concurrent requests to the API server, see {@link BoundedVertxClientFactory}. */
    private static final int BUFFERS = 32;

    /** The container calls this. */
    SharedJsonBuffers() {}

    @Override
    public void customize(ObjectMapper mapper) {
        mapper.getFactory().setRecyclerPool(JsonRecyclerPools.newBoundedPool(BUFFERS));
    }
}
