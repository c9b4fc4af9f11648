package dev.appclients.cognito.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** User pools and their domains. Creating and deleting them covers only what a person at a shell needs. */
final class PoolOperations {

    private final World world;
    private final Switches switches;
    private final Ids ids;

    PoolOperations(World world, Switches switches, Ids ids) {
        this.world = world;
        this.switches = switches;
        this.ids = ids;
    }

    ObjectNode create(Call call) {
        var body = call.body();
        var pool = world.pool(call.region() + "_" + ids.word(9), call.caller().account())
                .name(Json.text(body, "PoolName", "pool"))
                .tier(Json.text(body, "UserPoolTier", "ESSENTIALS"));
        body.path("Schema").forEach(attribute -> {
            var name = Json.text(attribute, "Name", "");
            boolean standard =
                    pool.schema().stream().anyMatch(each -> each.name().equals(name));
            pool.attribute(new SchemaAttribute(
                    standard || name.startsWith("custom:") ? name : "custom:" + name,
                    Json.text(attribute, "AttributeDataType", "String"),
                    attribute.path("Mutable").asBoolean(true),
                    attribute.path("Required").asBoolean(false)));
        });
        var issuer = body.path("IssuerConfiguration").path("Type");
        if (issuer.isTextual()) {
            pool.issuerType(issuer.asText());
        }
        return described(pool);
    }

    ObjectNode delete(Call call) {
        var pool = world.visibleTo(call);
        if (!pool.domains().isEmpty()) {
            throw Refusal.invalidParameter(
                    "User pool cannot be deleted. It has a domain configured that should be deleted" + " first.");
        }
        world.remove(pool.id());
        return Json.object();
    }

    ObjectNode describe(Call call) {
        return described(world.visibleTo(call));
    }

    ObjectNode list(Call call) {
        int asked = call.body().path("MaxResults").asInt(0);
        if (asked < 1 || asked > 60) {
            throw Refusal.invalidParameter("1 validation error detected: Value '" + asked
                    + "' at 'maxResults' failed to satisfy constraint: Member must have value between 1 and 60");
        }
        return new Pages(60, switches)
                .page(
                        call.body(),
                        "UserPools",
                        after -> world.pools().stream()
                                .filter(pool ->
                                        pool.account().equals(call.caller().account()))
                                .filter(pool -> pool.region().equals(call.region()))
                                .filter(pool -> pool.id().compareTo(after) > 0)
                                .map(pool -> new Pages.Item(pool.id(), summary(pool))));
    }

    ObjectNode createDomain(Call call) {
        var pool = world.visibleTo(call);
        var name = Json.text(call.body(), "Domain", "");
        if (name.isEmpty() || named(name, call) != null) {
            throw Refusal.invalidParameter("Domain already associated with another user pool.");
        }
        var certificate = Json.text(call.body().path("CustomDomainConfig"), "CertificateArn");
        boolean taken = pool.domains().values().stream().anyMatch(each -> each.custom() == (certificate != null));
        if (taken) {
            throw Refusal.invalidParameter("Custom domain and Cognito domain are limited to one each.");
        }
        int version = call.body().path("ManagedLoginVersion").asInt(1);
        pool.domain(new Domain(name, certificate == null ? "ACTIVE" : "CREATING", version, certificate));
        var result = Json.object().put("ManagedLoginVersion", version);
        return certificate == null ? result : result.put("CloudFrontDomain", "d111111abcdef8.cloudfront.net");
    }

    ObjectNode deleteDomain(Call call) {
        var pool = world.visibleTo(call);
        var name = Json.text(call.body(), "Domain", "");
        if (pool.domains().remove(name) == null) {
            throw Refusal.invalidParameter("No such domain or user pool exists.");
        }
        return Json.object();
    }

    /** Describes a domain. A domain that no pool has is an empty description, not an error. */
    ObjectNode describeDomain(Call call) {
        var name = Json.text(call.body(), "Domain", "");
        var pool = named(name, call);
        var result = Json.object();
        var domain = pool == null ? null : pool.domains().get(name);
        if (pool == null || domain == null) {
            result.putObject("DomainDescription");
        } else {
            result.set("DomainDescription", domain.json(pool));
        }
        return result;
    }

    private @Nullable UserPool named(String domain, Call call) {
        return world.pools().stream()
                .filter(pool -> pool.region().equals(call.region()))
                .filter(pool -> pool.domains().containsKey(domain))
                .findFirst()
                .orElse(null);
    }

    private static ObjectNode described(UserPool pool) {
        var result = Json.object();
        result.set("UserPool", pool.describe());
        return result;
    }

    private static ObjectNode summary(UserPool pool) {
        var summary = Json.object().put("Id", pool.id()).put("Name", pool.name());
        summary.set("CreationDate", Json.timestamp(pool.created()));
        summary.set("LastModifiedDate", Json.timestamp(pool.created()));
        return summary;
    }
}
