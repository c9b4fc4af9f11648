package dev.appclients.cognito.controller.secret;

import dev.appclients.cognito.controlplane.Clients;
import dev.appclients.cognito.controlplane.TestCluster;
import dev.appclients.cognito.model.Marks;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.util.List;

/** Records the methods of the writes of Secrets. */
final class RecordedWrites implements Interceptor {

    private final List<String> writes;

    private RecordedWrites(List<String> writes) {
        this.writes = writes;
    }

    /** A client with the operator's identity and user agent that adds its writes to the list. */
    static KubernetesClient operator(List<String> writes) {
        Config config = TestCluster.operatorConfig();
        config.setUserAgent(Marks.FIELD_MANAGER);
        return Clients.of(config, http -> http.addOrReplaceInterceptor("writes", new RecordedWrites(writes)));
    }

    @Override
    public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
        if (!"GET".equals(request.method()) && request.uri().getPath().contains("/secrets")) {
            writes.add(request.method());
        }
    }
}
