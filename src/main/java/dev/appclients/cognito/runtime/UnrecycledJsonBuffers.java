package dev.appclients.cognito.runtime;

import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.kubernetes.client.KubernetesClientObjectMapperCustomizer;
import jakarta.inject.Singleton;

/**
 * Turns off the recycling of JSON buffers. Every Secret that the operator lists, watches, reads or writes passes through these buffers.
 * Jackson does not clear a buffer before it recycles it. The values of Secrets would stay in memory until another object overwrites them.
 */
@Singleton
final class UnrecycledJsonBuffers implements KubernetesClientObjectMapperCustomizer {

    /** The container calls this. */
    UnrecycledJsonBuffers() {}

    @Override
    public void customize(ObjectMapper mapper) {
        mapper.getFactory().setRecyclerPool(JsonRecyclerPools.nonRecyclingPool());
    }
}
