package dev.appclients.cognito.controller;

import dev.appclients.cognito.api.v1beta1.ClusterUserPool;
import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import io.javaoperatorsdk.operator.processing.event.source.ResourceEventAware;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import java.util.Set;

/** Tells a pool that a client came or went: whether it is in use may have changed. */
final class ClientComings extends AbstractEventSource<Void, UserPoolClient>
        implements ResourceEventAware<UserPoolClient> {

    private final SimpleInboundEventSource<ClusterUserPool> pools;

    ClientComings(SimpleInboundEventSource<ClusterUserPool> pools) {
        super(Void.class, "comings");
        this.pools = pools;
    }

    @Override
    public void onResourceCreated(UserPoolClient client) {
        signal(client);
    }

    @Override
    public void onResourceDeleted(UserPoolClient client) {
        signal(client);
    }

    @Override
    public Set<Void> getSecondaryResources(UserPoolClient client) {
        return Set.of();
    }

    private void signal(UserPoolClient client) {
        pools.propagateEvent(new ResourceID(client.getSpec().userPoolRef().name()));
    }
}
