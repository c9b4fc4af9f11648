package dev.appclients.cognito.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** Resource servers and identity providers. Changing them covers only what a person at a shell needs. */
final class ResourceOperations {

    private final World world;
    private final SimulatorClock clock;
    private final Switches switches;

    ResourceOperations(World world, SimulatorClock clock, Switches switches) {
        this.world = world;
        this.clock = clock;
        this.switches = switches;
    }

    ObjectNode createResourceServer(Call call) {
        var servers = world.visibleTo(call).resourceServers();
        var server = resourceServer(call);
        var identifier = server.path("Identifier").asText();
        if (servers.putIfAbsent(identifier, server) != null) {
            throw Refusal.invalidParameter(identifier + " already exists in user pool " + call.poolId() + ".");
        }
        return wrapped("ResourceServer", server);
    }

    ObjectNode updateResourceServer(Call call) {
        var servers = world.visibleTo(call).resourceServers();
        var server = resourceServer(call);
        if (servers.replace(server.path("Identifier").asText(), server) == null) {
            throw Refusal.notFound("Resource server does not exist.");
        }
        return wrapped("ResourceServer", server);
    }

    /** Deletes a resource server. Clients that use its scopes keep them. */
    ObjectNode deleteResourceServer(Call call) {
        if (world.visibleTo(call).resourceServers().remove(Json.text(call.body(), "Identifier", "")) == null) {
            throw Refusal.notFound("Resource server does not exist.");
        }
        return Json.object();
    }

    ObjectNode listResourceServers(Call call) {
        var servers = world.visibleTo(call).resourceServers();
        return page(call, 50, "ResourceServers", servers);
    }

    ObjectNode createIdentityProvider(Call call) {
        var pool = world.visibleTo(call);
        var provider = Json.object();
        var name = Json.text(call.body(), "ProviderName", "");
        for (var member : new String[] {"ProviderName", "ProviderType", "ProviderDetails", "AttributeMapping"}) {
            var value = call.body().get(member);
            if (value != null) {
                provider.set(member, value);
            }
        }
        provider.put("UserPoolId", pool.id());
        provider.set("CreationDate", Json.timestamp(clock.instant()));
        provider.set("LastModifiedDate", Json.timestamp(clock.instant()));
        if (pool.identityProviders().putIfAbsent(name, provider) != null) {
            throw new Refusal("DuplicateProviderException", 400, "A provider of the name " + name + " already exists.");
        }
        return wrapped("IdentityProvider", provider);
    }

    ObjectNode deleteIdentityProvider(Call call) {
        var name = Json.text(call.body(), "ProviderName", "");
        if (world.visibleTo(call).identityProviders().remove(name) == null) {
            throw Refusal.notFound("Identity provider " + name + " does not exist.");
        }
        return Json.object();
    }

    ObjectNode listIdentityProviders(Call call) {
        var providers = world.visibleTo(call).identityProviders();
        return page(call, 60, "Providers", providers);
    }

    private ObjectNode page(Call call, int most, String member, Map<String, ObjectNode> byKey) {
        int asked = call.body().path("MaxResults").asInt(most);
        if (asked < 0 || asked > most) {
            throw Refusal.invalidParameter("1 validation error detected: Value '" + asked
                    + "' at 'maxResults' failed to satisfy constraint: Member must have value less than or equal to "
                    + most);
        }
        return new Pages(most, switches)
                .page(
                        call.body(),
                        member,
                        after -> byKey.entrySet().stream()
                                .filter(entry -> entry.getKey().compareTo(after) > 0)
                                .map(entry -> new Pages.Item(entry.getKey(), entry.getValue())));
    }

    private static ObjectNode resourceServer(Call call) {
        var identifier = Json.text(call.body(), "Identifier", "");
        if (identifier.isEmpty()) {
            throw Refusal.invalidParameter("1 validation error detected: Value null at 'identifier' failed to satisfy"
                    + " constraint: Member must not be null");
        }
        var server = Json.object().put("UserPoolId", call.poolId()).put("Identifier", identifier);
        server.put("Name", Json.text(call.body(), "Name", identifier));
        var scopes = server.putArray("Scopes");
        call.body().path("Scopes").forEach(scopes::add);
        return server;
    }

    private static ObjectNode wrapped(String member, ObjectNode value) {
        var result = Json.object();
        result.set(member, value);
        return result;
    }
}
