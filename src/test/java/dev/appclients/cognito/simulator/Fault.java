package dev.appclients.cognito.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** An armed fault: the calls that it hits, its effect, and the number of hits. */
public final class Fault {

    /**
     * The calls that a fault hits.
     *
     * @param operation its name, or {@code *}
     * @param call the first call that is hit, counted from 1 among the matching calls after arming
     * @param times the number of calls that are hit; 0 is unlimited
     */
    record Target(
            String operation,
            int call,
            int times,
            @Nullable String poolId,
            @Nullable String clientId,
            @Nullable String clientName,
            @Nullable String caller) {}

    private final int id;
    private final Target target;
    private final Effect effect;
    private final Runnable disarm;
    private final AtomicInteger seen = new AtomicInteger();
    private final AtomicInteger hits = new AtomicInteger();
    private final CountDownLatch hit = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);

    Fault(int id, Target target, Effect effect, Consumer<Fault> disarm) {
        this.id = id;
        this.target = target;
        this.effect = effect;
        this.disarm = () -> disarm.accept(this);
    }

    public int id() {
        return id;
    }

    /** The number of calls that were hit. */
    public int hits() {
        return hits.get();
    }

    /** Waits until a call is hit. */
    public Fault awaitHit(Duration atMost) throws InterruptedException, TimeoutException {
        if (!hit.await(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new TimeoutException("No call was hit by " + json() + " within " + atMost + ".");
        }
        return this;
    }

    /** Lets every held call continue, and holds no more. */
    public void release() {
        released.countDown();
    }

    /** Disarms the fault and releases the held calls. */
    public void remove() {
        disarm.run();
        release();
    }

    Effect effect() {
        return effect;
    }

    boolean matches(Call call) {
        boolean meant = (target.operation().equals("*")
                        || target.operation().equals(call.operation().wireName()))
                && (target.poolId() == null || target.poolId().equals(call.poolId()))
                && (target.clientId() == null || target.clientId().equals(call.clientId()))
                && (target.clientName() == null || target.clientName().equals(call.clientName()))
                && (target.caller() == null
                        || Glob.matches(target.caller(), call.caller().arn()));
        if (!meant) {
            return false;
        }
        int nth = seen.incrementAndGet();
        boolean struck = nth >= target.call() && (target.times() == 0 || nth < target.call() + target.times());
        if (struck) {
            hits.incrementAndGet();
        }
        return struck;
    }

    void reached() {
        hit.countDown();
    }

    /** Blocks until the fault is released, or for the delay. */
    void hold(@Nullable Duration delay) {
        try {
            if (delay == null) {
                released.await();
            } else {
                var unused = released.await(delay.toNanos(), TimeUnit.NANOSECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    ObjectNode json() {
        var json = Json.object().put("id", id).put("operation", target.operation());
        json.put("call", target.call()).put("times", target.times());
        if (target.poolId() != null) {
            json.put("poolId", target.poolId());
        }
        if (target.clientId() != null) {
            json.put("clientId", target.clientId());
        }
        if (target.clientName() != null) {
            json.put("clientName", target.clientName());
        }
        if (target.caller() != null) {
            json.put("caller", target.caller());
        }
        return json.put("kind", effect.kind()).put("hits", hits());
    }
}
