package dev.appclients.cognito.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * A user pool. A setter changes the pool at once, also while requests are served, and returns the pool.
 */
public final class UserPool {

    private final String id;
    private final Instant created;
    private final Clients clients;
    /** Admits one update or delete of a client at a time. */
    private final Semaphore writeSlot = new Semaphore(1);

    private final Map<String, Domain> domains = new ConcurrentSkipListMap<>();
    private final Map<String, ObjectNode> resourceServers = new ConcurrentSkipListMap<>();
    private final Map<String, ObjectNode> identityProviders = new ConcurrentSkipListMap<>();
    private final List<SchemaAttribute> schema = new CopyOnWriteArrayList<>(SchemaAttribute.STANDARD);
    private volatile String account;
    private volatile String name;
    private volatile String tier = "ESSENTIALS";
    private volatile @Nullable String issuerType;

    UserPool(String id, String account, SimulatorClock clock) {
        this.id = id;
        this.account = account;
        this.name = id.substring(id.indexOf('_') + 1);
        this.created = clock.instant();
        this.clients = new Clients(clock);
    }

    public String id() {
        return id;
    }

    public String account() {
        return account;
    }

    /** The Region, which is the part of the id before the underscore. */
    public String region() {
        return id.substring(0, id.lastIndexOf('_'));
    }

    public String arn() {
        return "arn:" + partition(region()) + ":cognito-idp:" + region() + ":" + account + ":userpool/" + id;
    }

    public UserPool account(String owner) {
        account = owner;
        return this;
    }

    public UserPool name(String display) {
        name = display;
        return this;
    }

    /** Sets the tier: LITE, ESSENTIALS (the default) or PLUS. */
    public UserPool tier(String featurePlan) {
        tier = featurePlan;
        return this;
    }

    /** Sets the issuer type: ORIGINAL or UPDATED. The description has none by default. */
    public UserPool issuerType(String type) {
        issuerType = type;
        return this;
    }

    /** Adds an active prefix domain with managed login. */
    public UserPool prefixDomain(String prefix) {
        return prefixDomain(prefix, 2);
    }

    public UserPool prefixDomain(String prefix, int managedLoginVersion) {
        return domain(new Domain(prefix, "ACTIVE", managedLoginVersion, null));
    }

    /** Adds a custom domain with this status: CREATING, DELETING, UPDATING, ACTIVE or FAILED. */
    public UserPool customDomain(String host, String status) {
        return domain(new Domain(host, status, 2, "arn:aws:acm:us-east-1:" + account + ":certificate/0"));
    }

    /**
     * Changes the status of a domain. Does nothing if the pool has no such domain.
     *
     * @throws IllegalArgumentException for a status that a domain cannot have
     */
    public UserPool domainStatus(String nameOfDomain, String status) {
        if (!Domain.STATUSES.contains(status)) {
            throw new IllegalArgumentException("status is one of " + Domain.STATUSES + ", not '" + status + "'.");
        }
        domains.computeIfPresent(nameOfDomain, (name, domain) -> domain.withStatus(status));
        return this;
    }

    public UserPool withoutDomain(String nameOfDomain) {
        domains.remove(nameOfDomain);
        return this;
    }

    /** Adds or replaces a resource server. */
    public UserPool resourceServer(String identifier, String... scopes) {
        var server = Json.object()
                .put("UserPoolId", id)
                .put("Identifier", identifier)
                .put("Name", identifier);
        var listed = server.putArray("Scopes");
        for (var scope : scopes) {
            listed.addObject().put("ScopeName", scope).put("ScopeDescription", scope);
        }
        resourceServers.put(identifier, server);
        return this;
    }

    /** Removes a resource server. Clients that use its scopes keep them. */
    public UserPool withoutResourceServer(String identifier) {
        resourceServers.remove(identifier);
        return this;
    }

    /** Adds an identity provider of a type such as Google, SAML or OIDC. */
    public UserPool identityProvider(String provider, String type) {
        identityProviders.put(
                provider,
                Json.object()
                        .put("UserPoolId", id)
                        .put("ProviderName", provider)
                        .put("ProviderType", type));
        return this;
    }

    public UserPool withoutIdentityProvider(String provider) {
        identityProviders.remove(provider);
        return this;
    }

    /** Adds an attribute to the schema, or replaces the attribute with this name. */
    public UserPool attribute(String attribute, boolean mutable, boolean required) {
        return attribute(new SchemaAttribute(attribute, "String", mutable, required));
    }

    /** Sets the maximum number of clients. The default is 1,000. */
    public UserPool clientLimit(int limit) {
        clients.limit(limit);
        return this;
    }

    UserPool attribute(SchemaAttribute attribute) {
        schema.removeIf(each -> each.name().equals(attribute.name()));
        schema.add(attribute);
        return this;
    }

    UserPool domain(Domain domain) {
        domains.put(domain.name(), domain);
        return this;
    }

    String tier() {
        return tier;
    }

    String name() {
        return name;
    }

    Instant created() {
        return created;
    }

    Clients clients() {
        return clients;
    }

    Semaphore writeSlot() {
        return writeSlot;
    }

    Map<String, Domain> domains() {
        return domains;
    }

    Map<String, ObjectNode> resourceServers() {
        return resourceServers;
    }

    Map<String, ObjectNode> identityProviders() {
        return identityProviders;
    }

    List<SchemaAttribute> schema() {
        return schema;
    }

    /** The scopes that the resource servers of this pool define, as {@code server/scope}. */
    Collection<String> customScopes() {
        var scopes = new ArrayList<String>();
        resourceServers.forEach((identifier, server) -> server.path("Scopes")
                .forEach(scope ->
                        scopes.add(identifier + "/" + scope.path("ScopeName").asText())));
        return scopes;
    }

    /** The answer of DescribeUserPool. */
    ObjectNode describe() {
        var json =
                Json.object().put("Id", id).put("Name", name).put("Arn", arn()).put("UserPoolTier", tier);
        json.put("DeletionProtection", "INACTIVE")
                .put("MfaConfiguration", "OFF")
                .put("EstimatedNumberOfUsers", 0);
        json.set("CreationDate", Json.timestamp(created));
        json.set("LastModifiedDate", Json.timestamp(created));
        var attributes = json.putArray("SchemaAttributes");
        schema.forEach(attribute -> attributes.add(attribute.json()));
        domains.values().forEach(domain -> json.put(domain.custom() ? "CustomDomain" : "Domain", domain.name()));
        if (issuerType != null) {
            json.putObject("IssuerConfiguration").put("Type", issuerType);
        }
        return json;
    }

    static String partition(String region) {
        if (region.startsWith("us-gov-")) {
            return "aws-us-gov";
        }
        return region.startsWith("cn-") ? "aws-cn" : "aws";
    }
}
