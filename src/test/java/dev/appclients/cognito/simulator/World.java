package dev.appclients.cognito.simulator;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/** The pools of all accounts and Regions. */
final class World {

    private final Map<String, UserPool> pools = new ConcurrentSkipListMap<>();
    private final SimulatorClock clock;
    private final Switches switches;

    World(SimulatorClock clock, Switches switches) {
        this.clock = clock;
        this.switches = switches;
    }

    UserPool pool(String id, String account) {
        if (!id.matches("[\\w-]+_[0-9a-zA-Z]+")) {
            throw new IllegalArgumentException("A pool id is <region>_<letters and digits>, not '" + id + "'.");
        }
        return pools.computeIfAbsent(id, absent -> new UserPool(absent, account, clock));
    }

    void remove(String id) {
        pools.remove(id);
    }

    void clear() {
        pools.clear();
    }

    Collection<UserPool> pools() {
        return pools.values();
    }

    @Nullable
    UserPool find(String id) {
        return pools.get(id);
    }

    /** Returns the pool that has this client. */
    @Nullable
    UserPool poolOfClient(String clientId) {
        for (var pool : pools.values()) {
            if (pool.clients().get(clientId) != null) {
                return pool;
            }
        }
        return null;
    }

    /** Returns the pool that the call names. Throws a {@link Refusal} if its account or Region differs from the caller's. */
    UserPool visibleTo(Call call) {
        var id = call.poolId();
        var pool = id == null ? null : pools.get(id);
        if (pool == null) {
            throw missingPool(id);
        }
        if (!pool.account().equals(call.caller().account())) {
            throw switches.isOn(Switch.WRONG_ACCOUNT_LOOKS_LIKE_A_MISSING_POOL)
                    ? missingPool(id)
                    : Refusal.notFound("User pool " + id + " does not exist in account "
                            + call.caller().account() + ".");
        }
        if (!pool.region().equals(call.region())) {
            throw switches.isOn(Switch.WRONG_REGION_IS_NOT_ENABLED)
                    ? new Refusal(
                            "OperationNotEnabledException",
                            400,
                            "User pool " + id + " is not enabled in " + call.region() + ".")
                    : missingPool(id);
        }
        return pool;
    }

    private static Refusal missingPool(@Nullable String id) {
        return Refusal.notFound("User pool " + id + " does not exist.");
    }
}
