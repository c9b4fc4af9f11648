package dev.appclients.cognito.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Dispatches each operation to the class that executes it. */
final class Service {

    private final ClientOperations clients;
    private final SecretOperations secrets;
    private final PoolOperations pools;
    private final ResourceOperations resources;
    private final Sts sts;

    Service(
            ClientOperations clients,
            SecretOperations secrets,
            PoolOperations pools,
            ResourceOperations resources,
            Sts sts) {
        this.clients = clients;
        this.secrets = secrets;
        this.pools = pools;
        this.resources = resources;
        this.sts = sts;
    }

    /** Checks the request, changes the state, and returns the result. Throws a {@link Refusal} and changes nothing otherwise. */
    ObjectNode execute(Call call) {
        return switch (call.operation()) {
            case CREATE_USER_POOL_CLIENT -> clients.create(call);
            case UPDATE_USER_POOL_CLIENT -> clients.update(call);
            case DELETE_USER_POOL_CLIENT -> clients.delete(call);
            case DESCRIBE_USER_POOL_CLIENT -> clients.describe(call);
            case LIST_USER_POOL_CLIENTS -> clients.list(call);
            case ADD_USER_POOL_CLIENT_SECRET -> secrets.add(call);
            case LIST_USER_POOL_CLIENT_SECRETS -> secrets.list(call);
            case DELETE_USER_POOL_CLIENT_SECRET -> secrets.delete(call);
            case CREATE_USER_POOL -> pools.create(call);
            case DELETE_USER_POOL -> pools.delete(call);
            case DESCRIBE_USER_POOL -> pools.describe(call);
            case LIST_USER_POOLS -> pools.list(call);
            case CREATE_USER_POOL_DOMAIN -> pools.createDomain(call);
            case DELETE_USER_POOL_DOMAIN -> pools.deleteDomain(call);
            case DESCRIBE_USER_POOL_DOMAIN -> pools.describeDomain(call);
            case CREATE_RESOURCE_SERVER -> resources.createResourceServer(call);
            case UPDATE_RESOURCE_SERVER -> resources.updateResourceServer(call);
            case DELETE_RESOURCE_SERVER -> resources.deleteResourceServer(call);
            case LIST_RESOURCE_SERVERS -> resources.listResourceServers(call);
            case CREATE_IDENTITY_PROVIDER -> resources.createIdentityProvider(call);
            case DELETE_IDENTITY_PROVIDER -> resources.deleteIdentityProvider(call);
            case LIST_IDENTITY_PROVIDERS -> resources.listIdentityProviders(call);
            case ASSUME_ROLE -> sts.assumeRole(call);
            case ASSUME_ROLE_WITH_WEB_IDENTITY -> sts.assumeRoleWithWebIdentity(call);
            case GET_CALLER_IDENTITY -> sts.getCallerIdentity(call);
        };
    }
}
