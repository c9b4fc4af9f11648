package dev.appclients.cognito.simulator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Faults on demand. Several faults can hit one call; all their effects apply. */
public final class Faults {

    private final List<Fault> armed = new CopyOnWriteArrayList<>();
    private final AtomicInteger lastId = new AtomicInteger();

    Faults() {}

    /** Starts a fault on an operation such as {@code CreateUserPoolClient}; {@code *} is every operation. */
    public Builder on(String operation) {
        if (!operation.equals("*") && !Operation.exists(operation)) {
            throw new IllegalArgumentException("The simulator does not serve " + operation + ".");
        }
        return new Builder(operation);
    }

    public List<Fault> all() {
        return List.copyOf(armed);
    }

    /** Disarms every fault and releases every held call. */
    public void clear() {
        var removed = List.copyOf(armed);
        armed.removeAll(removed);
        removed.forEach(Fault::release);
    }

    List<Fault> hitting(Call call) {
        if (armed.isEmpty()) {
            return List.of();
        }
        var hitting = new ArrayList<Fault>();
        for (var fault : armed) {
            if (fault.matches(call)) {
                hitting.add(fault);
            }
        }
        return hitting;
    }

    /** Selects the calls that a fault hits, and arms the fault with its effect. The default is one call. */
    public final class Builder {

        private final String operation;
        private int call = 1;
        private int times = 1;
        private @Nullable String poolId;
        private @Nullable String clientId;
        private @Nullable String clientName;
        private @Nullable String caller;

        private Builder(String operation) {
            this.operation = operation;
        }

        /** The first call to hit, counted from 1 among the matching calls after arming. */
        public Builder call(int nth) {
            call = nth;
            return this;
        }

        /** The number of calls to hit. */
        public Builder times(int count) {
            times = count;
            return this;
        }

        /** Hits every call from the first one on. */
        public Builder always() {
            times = 0;
            return this;
        }

        public Builder pool(String id) {
            poolId = id;
            return this;
        }

        public Builder client(String id) {
            clientId = id;
            return this;
        }

        /** Hits only calls with exactly this client name. */
        public Builder clientNamed(String name) {
            clientName = name;
            return this;
        }

        /** Hits only calls of matching identities; {@code *} and {@code ?} as in IAM. */
        public Builder caller(String arnPattern) {
            caller = arnPattern;
            return this;
        }

        public Fault failBeforeCommit(String type, int status, String message) {
            return arm(new Effect.FailBefore(type, status, message));
        }

        public Fault failAfterCommit(String type, int status, String message) {
            return arm(new Effect.FailAfter(type, status, message));
        }

        public Fault throttle() {
            return failBeforeCommit("TooManyRequestsException", 400, "Rate exceeded");
        }

        public Fault expireCredentials() {
            return failBeforeCommit(
                    "ExpiredTokenException", 400, "The security token included in the request is expired");
        }

        public Fault dropBeforeCommit() {
            return arm(new Effect.DropBefore());
        }

        public Fault dropAfterCommit() {
            return arm(new Effect.DropAfter());
        }

        /** Commits, sends half of the answer, and resets the connection. */
        public Fault resetInAnswer() {
            return arm(new Effect.ResetAfter());
        }

        /** Drops the connection at once. Commits after the delay, or earlier on release. */
        public Fault commitLate(Duration delay) {
            return arm(new Effect.CommitLate(delay));
        }

        /** Drops the connection at once. Commits on release. */
        public Fault commitWhenReleased() {
            return arm(new Effect.CommitLate(null));
        }

        /** Holds the call before its commit until release. */
        public Fault pause() {
            return arm(new Effect.Pause(null));
        }

        public Fault pause(Duration atMost) {
            return arm(new Effect.Pause(atMost));
        }

        public Fault latency(Duration least, Duration most) {
            return arm(new Effect.Latency(least, most));
        }

        /** Accepts the request but ignores this member of it, such as {@code CallbackURLs}. */
        public Fault ignore(String member) {
            return arm(new Effect.Ignore(member));
        }

        /** Runs the action between reading the request and changing the state. */
        public Fault runBeforeCommit(Runnable action) {
            return arm(new Effect.RunBefore(action));
        }

        /** Runs the action between changing the state and answering. */
        public Fault runAfterCommit(Runnable action) {
            return arm(new Effect.RunAfter(action));
        }

        Fault arm(Effect effect) {
            if (call < 1 || times < 0) {
                throw new IllegalArgumentException("Calls are counted from 1, and times is not negative.");
            }
            var target = new Fault.Target(operation, call, times, poolId, clientId, clientName, caller);
            var fault = new Fault(lastId.incrementAndGet(), target, effect, armed::remove);
            armed.add(fault);
            return fault;
        }
    }
}
