package dev.appclients.cognito.simulator;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Limits request rates with a token bucket per account, Region and category, and one per pool and operation. If either bucket
 * is empty, the request is answered with TooManyRequestsException and takes no token.
 */
public final class Quotas {

    private static final double PER_POOL_AND_OPERATION = 5;

    private record Limit(String key, double perSecond) {}

    private final SimulatorClock clock;
    private final Map<String, TokenBucket> buckets = new HashMap<>();
    private final Map<Category, Double> rates = new EnumMap<>(Category.class);
    private volatile boolean enforced = true;
    private volatile double scale = 1;

    Quotas(SimulatorClock clock) {
        this.clock = clock;
    }

    /** Enforces the rates, which is the default, and fills the buckets. */
    public synchronized void on() {
        enforced = true;
        buckets.clear();
    }

    public void off() {
        enforced = false;
    }

    public boolean enforced() {
        return enforced;
    }

    /** Multiplies every documented rate by a factor, and fills the buckets. */
    public synchronized void scale(double factor) {
        if (!(factor > 0)) {
            throw new IllegalArgumentException("A scale is greater than 0; use off() for no limits.");
        }
        scale = factor;
        buckets.clear();
    }

    public double scale() {
        return scale;
    }

    /** Sets the rate of one category, in requests per second before scaling. */
    public synchronized void rate(Category category, double perSecond) {
        rates.put(category, perSecond);
        buckets.clear();
    }

    /** Restores the documented rates, enforced, with full buckets. */
    public synchronized void reset() {
        enforced = true;
        scale = 1;
        rates.clear();
        buckets.clear();
    }

    /** Takes a token for the call. Throws a {@link Refusal} if there is none. */
    void admit(Call call) {
        var category = call.operation().category();
        if (!enforced || category == null) {
            return;
        }
        if (!take(limits(call, category))) {
            throw new Refusal("TooManyRequestsException", 400, "Rate exceeded");
        }
    }

    private synchronized boolean take(List<Limit> limits) {
        long now = clock.elapsedNanos();
        var taken = new ArrayList<TokenBucket>(limits.size());
        for (var limit : limits) {
            var bucket = buckets.computeIfAbsent(limit.key(), absent -> new TokenBucket(limit.perSecond(), now));
            if (!bucket.has(limit.perSecond(), now)) {
                return false;
            }
            taken.add(bucket);
        }
        taken.forEach(TokenBucket::take);
        return true;
    }

    private List<Limit> limits(Call call, Category category) {
        var limits = new ArrayList<Limit>(2);
        double rate;
        synchronized (this) {
            rate = rates.getOrDefault(category, (double) category.perSecond());
        }
        limits.add(new Limit(call.caller().account() + ' ' + call.region() + ' ' + category, rate * scale));
        if (category.limitedPerPool() && call.poolId() != null) {
            limits.add(new Limit(call.poolId() + ' ' + call.operation().wireName(), PER_POOL_AND_OPERATION * scale));
        }
        return limits;
    }
}
