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
 * Cognito and STS on one loopback port, in memory. A new one has no pools, enforces the documented quotas, takes every access
 * key for a user of account 123456789012, and is safe to use from many threads.
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
    private final HttpListener listener;

    private Simulator(int port, InstantSource source) throws IOException {
        clock = new SimulatorClock(source);
        quotas = new Quotas(clock);
        access = new Access(clock, switches);
        world = new World(clock, switches);
        var ids = new Ids(switches);
        sts = new Sts(access, clock, ids);
        clientOperations = new ClientOperations(world, clock, switches, ids);
        var service = new Service(
                clientOperations,
                new PoolOperations(world, switches, ids),
                new ResourceOperations(world, clock, switches),
                sts);
        var pipeline = new Pipeline(clock, access, quotas, faults, journal, world, service);
        var admin = new Admin(this);
        listener = new HttpListener(
                port,
                clock,
                request -> request.path().startsWith("/_") ? admin.handle(request) : pipeline.handle(request));
    }

    /** Listens on a port that the system chooses. */
    public static Simulator start() {
        return start(0);
    }

    /** Listens on this port of 127.0.0.1; 0 lets the system choose. */
    public static Simulator start(int port) {
        return start(port, InstantSource.system());
    }

    /** As {@link #start(int)}, with its clock based on another one. */
    public static Simulator start(int port, InstantSource source) {
        try {
            return new Simulator(port, source);
        } catch (IOException e) {
            throw new UncheckedIOException("The simulator cannot listen on 127.0.0.1:" + port + ".", e);
        }
    }

    /** What the SDK takes as its endpoint, for user pools and for STS. */
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + listener.port());
    }

    /** The pool of this id, made in the default account when there is none. Its Region is the part before the underscore. */
    public UserPool pool(String id) {
        return world.pool(id, access.defaultAccount());
    }

    /** The pool and everything in it are gone. */
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

    /** Every call takes so much longer from now on. */
    public Fault latency(Duration least, Duration most) {
        return faults.on("*").always().latency(least, most);
    }

    /** The clients of a pool as they are stored now, in the order of their ids. */
    public List<AppClient> clients(String poolId) {
        return known(poolId).clients().all();
    }

    /** The client as it is stored now. */
    public AppClient client(String poolId, String clientId) {
        var client = known(poolId).clients().get(clientId);
        if (client == null) {
            throw new NoSuchElementException("Pool " + poolId + " has no client " + clientId + ".");
        }
        return client;
    }

    /**
     * Somebody else changes settings, at once and past all rules, quotas and the journal.
     *
     * @param changes by the name on the wire; null removes a setting, as if it had never been set. A name that the API does not
     *     know becomes a member that descriptions show and the next update resets.
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

    /** Somebody else deletes a client, at once and past quotas and the journal; nothing happens when it is gone already. */
    public void deleteClient(String poolId, String clientId) {
        known(poolId).clients().change(clientId, before -> null);
    }

    /** Somebody else makes a confidential client of this name, past all rules, quotas and the journal. */
    public AppClient createForeignClient(String poolId, String name) {
        var pool = known(poolId);
        Map<String, JsonNode> settings = Map.of("ClientName", Json.MAPPER.valueToTree(name));
        var client = clientOperations.client(pool, settings, null, true);
        pool.clients().add(client);
        return client;
    }

    /**
     * Loads a client that the real service has described: descriptions show exactly this answer until the client is changed.
     *
     * @param answer what Create, Update or Describe answered, as JSON
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

    /** Everything as after the start: no pools, no faults, an empty journal, the first switches, quotas and identities. */
    public void reset() {
        faults.clear();
        world.clear();
        journal.clear();
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
