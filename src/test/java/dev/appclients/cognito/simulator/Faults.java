package dev.appclients.cognito.simulator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** What goes wrong on demand. Several faults may hit one call; they act together. */
public final class Faults {

    private final List<Fault> armed = new CopyOnWriteArrayList<>();
    private final AtomicInteger lastId = new AtomicInteger();

    Faults() {}

    /** Begins a fault on an operation such as {@code CreateUserPoolClient}; {@code *} is every operation. */
    public Builder on(String operation) {
        if (!operation.equals("*") && !Operation.exists(operation)) {
            throw new IllegalArgumentException("The simulator does not serve " + operation + ".");
        }
        return new Builder(operation);
    }

    public List<Fault> all() {
        return List.copyOf(armed);
    }

    /** Disarms everything and releases every call that is held. */
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

    /** Narrows down which calls are hit, and ends with what happens to them. One call is hit unless told otherwise. */
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

        /** The first call to hit, counted from 1 among those that match from now on. */
        public Builder call(int nth) {
            call = nth;
            return this;
        }

        /** How many calls are hit from there on. */
        public Builder times(int count) {
            times = count;
            return this;
        }

        /** Every call from there on. */
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

        /** Calls that carry exactly this client name. */
        public Builder clientNamed(String name) {
            clientName = name;
            return this;
        }

        /** Calls of an identity; {@code *} and {@code ?} as in IAM. */
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

        /** Drops the connection at once and commits when the delay is over, or earlier when released. */
        public Fault commitLate(Duration delay) {
            return arm(new Effect.CommitLate(delay));
        }

        /** Drops the connection at once and commits when released. */
        public Fault commitWhenReleased() {
            return arm(new Effect.CommitLate(null));
        }

        /** Holds the call before its commit until released. */
        public Fault pause() {
            return arm(new Effect.Pause(null));
        }

        public Fault pause(Duration atMost) {
            return arm(new Effect.Pause(atMost));
        }

        public Fault latency(Duration least, Duration most) {
            return arm(new Effect.Latency(least, most));
        }

        /** Takes the request without doing what this member of it says, such as {@code CallbackURLs}. */
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
