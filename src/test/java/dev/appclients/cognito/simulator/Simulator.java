package dev.appclients.cognito.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Cognito and STS on one loopback port, in memory. A new simulator has no pools, enforces the documented quotas, accepts every
 * access key as a user of account 123456789012, and is safe for use by many threads.
 */
public final class Simulator implements AutoCloseable {

    private final Switches switches = new Switches();
    private final SimulatorClock clock;
    private final Faults faults = new Faults();
    private final Journal journal = new Journal();
    private final Quotas quotas;
    private final Access access;
    private final World world;
    private final Sts sts;
    private final ClientOperations clientOperations;
    private final SecretOperations secretOperations;
    private final Authentications authentications;
    private final RefreshTokens refreshTokens;
    private final TokenEndpoint tokenEndpoint;
    private final HttpListener listener;

    private Simulator(int port, InstantSource source) throws IOException {
        clock = new SimulatorClock(source);
        quotas = new Quotas(clock);
        access = new Access(clock, switches);
        world = new World(clock, switches);
        var ids = new Ids(switches);
        sts = new Sts(access, clock, ids);
        clientOperations = new ClientOperations(world, clock, switches, ids);
        secretOperations = new SecretOperations(world, clock, switches, ids);
        authentications = new Authentications(clock);
        refreshTokens = new RefreshTokens(clock, switches, ids);
        tokenEndpoint = new TokenEndpoint(world, authentications, refreshTokens, ids);
        var service = new Service(
                clientOperations,
                secretOperations,
                new PoolOperations(world, switches, ids),
                new ResourceOperations(world, clock, switches),
                sts);
        var pipeline = new Pipeline(clock, access, switches, quotas, faults, journal, world, service);
        var admin = new Admin(this);
        listener = new HttpListener(port, clock, request -> switch (request.path()) {
            case String path when path.startsWith("/_") -> admin.handle(request);
            case TokenEndpoint.PATH -> tokenEndpoint.handle(request);
            default -> pipeline.handle(request);
        });
    }

    /** Listens on a port that the system chooses. */
    public static Simulator start() {
        return start(0);
    }

    /** Listens on this port of 127.0.0.1; 0 lets the system choose. */
    public static Simulator start(int port) {
        return start(port, InstantSource.system());
    }

    /** Listens as {@link #start(int)} does, with a clock based on this source. */
    public static Simulator start(int port, InstantSource source) {
        try {
            return new Simulator(port, source);
        } catch (IOException e) {
            throw new UncheckedIOException("The simulator cannot listen on 127.0.0.1:" + port + ".", e);
        }
    }

    /** The endpoint for the SDK, for user pools and for STS. */
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + listener.port());
    }

    /** Returns the pool with this id. Creates it in the default account if absent. The id starts with the Region. */
    public UserPool pool(String id) {
        return world.pool(id, access.defaultAccount());
    }

    /** Removes the pool and everything in it. */
    public void removePool(String id) {
        world.remove(id);
    }

    public Journal journal() {
        return journal;
    }

    public Faults faults() {
        return faults;
    }

    public Quotas quotas() {
        return quotas;
    }

    public Switches switches() {
        return switches;
    }

    public SimulatorClock clock() {
        return clock;
    }

    public Access access() {
        return access;
    }

    /** Delays every call from now on by a random time within these bounds. */
    public Fault latency(Duration least, Duration most) {
        return faults.on("*").always().latency(least, most);
    }

    /** The stored clients of a pool, in the order of their ids. */
    public List<AppClient> clients(String poolId) {
        return known(poolId).clients().all();
    }

    /** The stored client. */
    public AppClient client(String poolId, String clientId) {
        var client = known(poolId).clients().get(clientId);
        if (client == null) {
            throw new NoSuchElementException("Pool " + poolId + " has no client " + clientId + ".");
        }
        return client;
    }

    /**
     * Changes settings as another writer, at once, without rules, quotas or the journal.
     *
     * @param changes by member name; null removes a setting, as if it had never been set. A name that the API does not have becomes
     *     a member that descriptions show and the next update removes.
     */
    public AppClient changeClient(String poolId, String clientId, Map<String, ?> changes) {
        var changed = known(poolId).clients().change(clientId, before -> {
            if (before == null) {
                throw new NoSuchElementException("Pool " + poolId + " has no client " + clientId + ".");
            }
            var settings = new HashMap<>(before.settings());
            var extras = new HashMap<>(before.extras());
            changes.forEach((member, value) -> {
                var target = Setting.named(member) == null ? extras : settings;
                if (value == null) {
                    target.remove(member);
                } else {
                    target.put(member, Json.MAPPER.valueToTree(value));
                }
            });
            return before.with(settings, extras, clock.instant());
        });
        return Objects.requireNonNull(changed);
    }

    /** Deletes a client as another writer, at once, without quotas or the journal. Does nothing if it is already deleted. */
    public void deleteClient(String poolId, String clientId) {
        known(poolId).clients().change(clientId, before -> null);
    }

    /** Creates a confidential client with this name as another writer, without rules, quotas or the journal. */
    public AppClient createForeignClient(String poolId, String name) {
        var pool = known(poolId);
        Map<String, JsonNode> settings = Map.of("ClientName", Json.MAPPER.valueToTree(name));
        var client = clientOperations.client(pool, settings, null, true);
        pool.clients().add(client);
        return client;
    }

    /**
     * Adds a secret to a confidential client as another writer, at once, without quotas or the journal.
     *
     * @param value null: the service generates the value
     * @throws IllegalStateException if the client is public or has two secrets
     */
    public LiveSecret addSecret(String poolId, String clientId, @Nullable String value) {
        return secretOperations.addForeign(known(poolId).clients(), clientId, value);
    }

    /**
     * Deletes a secret as another writer, at once, without quotas or the journal.
     *
     * @throws IllegalStateException if it is the last secret
     */
    public void removeSecret(String poolId, String clientId, String secretId) {
        secretOperations.removeForeign(known(poolId).clients(), clientId, secretId);
    }

    /** Whether the token endpoint accepts this secret of this client now. Counted as a request to the endpoint. */
    public boolean authenticate(String clientId, String secret) {
        return tokenEndpoint.authenticate(clientId, secret);
    }

    /**
     * Issues a refresh token for a user of the client who signed in now. Counted as a request to the endpoint.
     *
     * @throws IllegalStateException if the token endpoint refuses the secret
     */
    public String refreshToken(String clientId, String secret) {
        var token = tokenEndpoint.refreshToken(clientId, secret);
        if (token == null) {
            throw new IllegalStateException("The token endpoint refuses this secret of client " + clientId + ".");
        }
        return token;
    }

    /** The accepted and refused requests at the token endpoint. */
    public Authentications authentications() {
        return authentications;
    }

    /**
     * Loads a client that the real service has described. Descriptions show exactly this answer until the client changes.
     *
     * @param answer the answer of a create, an update or a describe, as JSON
     */
    public AppClient loadClient(String poolId, String answer) {
        return load(poolId, Json.parse(answer.getBytes(StandardCharsets.UTF_8)));
    }

    AppClient load(String poolId, ObjectNode answer) {
        var pool = known(poolId);
        var client = PublishedAnswer.client(pool, answer);
        pool.clients().add(client);
        return client;
    }

    /** Restores the initial state: no pools, no faults, an empty journal, and default switches, quotas and identities. */
    public void reset() {
        faults.clear();
        world.clear();
        journal.clear();
        authentications.clear();
        refreshTokens.clear();
        switches.reset();
        quotas.reset();
        access.reset();
        clock.skew(Duration.ZERO);
    }

    @Override
    public void close() {
        faults.clear();
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    ObjectNode podIdentity(@Nullable String token) {
        return sts.podIdentity(token);
    }

    World world() {
        return world;
    }

    private UserPool known(String poolId) {
        var pool = world.find(poolId);
        if (pool == null) {
            throw new NoSuchElementException("There is no pool " + poolId + ".");
        }
        return pool;
    }
}
