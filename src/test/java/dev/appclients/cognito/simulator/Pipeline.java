package dev.appclients.cognito.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Handles a call: authentication, quota, authorization, faults before the change, the change, faults after it, the journal. */
final class Pipeline {

    /** The outcome of a call, and the result of the change if it was made. */
    private record Outcome(
            Answer answer,
            String name,
            boolean committed,
            @Nullable ObjectNode result) {}

    private final SimulatorClock clock;
    private final Access access;
    private final Switches switches;
    private final Quotas quotas;
    private final Faults faults;
    private final Journal journal;
    private final World world;
    private final Service service;

    Pipeline(
            SimulatorClock clock,
            Access access,
            Switches switches,
            Quotas quotas,
            Faults faults,
            Journal journal,
            World world,
            Service service) {
        this.clock = clock;
        this.access = access;
        this.switches = switches;
        this.quotas = quotas;
        this.faults = faults;
        this.journal = journal;
        this.world = world;
        this.service = service;
    }

    Answer handle(Request request) {
        var protocol = Protocol.of(request);
        try {
            var operation = protocol.operation(request);
            var signature = Signature.of(request);
            var caller = Caller.ANONYMOUS;
            Refusal refused = null;
            if (operation != Operation.ASSUME_ROLE_WITH_WEB_IDENTITY) {
                try {
                    caller = access.authenticate(signature);
                } catch (Refusal e) {
                    refused = operation.isSts() ? e.asStsError() : e;
                }
            }
            var region = signature == null ? "" : signature.region();
            var call = new Call(
                    operation,
                    journal.nextNumber(operation),
                    clock.instant(),
                    System.nanoTime(),
                    region,
                    caller,
                    protocol.body(request));
            return serve(protocol, call, refused);
        } catch (Refusal e) {
            // Not a call of a known operation: there is nothing to record.
            return protocol.failure(e);
        }
    }

    private Answer serve(Protocol protocol, Call call, @Nullable Refusal refused) {
        var hitting = faults.hitting(call);
        for (var fault : hitting) {
            if (fault.effect() instanceof Effect.CommitLate(Duration delay)) {
                Thread.ofVirtual().name("simulator-late-commit").start(() -> {
                    var outcome = admitAndRun(protocol, call, refused, hitting, () -> {
                        fault.reached();
                        fault.hold(delay);
                    });
                    record(call, outcome, outcome.committed() ? JournalEntry.COMMITTED_LATE : outcome.name());
                });
                return new Answer.Drop();
            }
        }
        var outcome = admitAndRun(protocol, call, refused, hitting, () -> {});
        record(call, outcome, outcome.name());
        return outcome.answer();
    }

    private Outcome admitAndRun(
            Protocol protocol, Call call, @Nullable Refusal refused, List<Fault> hitting, Runnable wait) {
        try {
            if (refused != null) {
                throw refused;
            }
            if (failedBefore(hitting)) {
                return new Outcome(new Answer.Drop(), JournalEntry.DROPPED, false, null);
            }
            quotas.admit(call);
            authorize(call);
            return admitted(protocol, call, hitting, wait);
        } catch (Refusal e) {
            return new Outcome(protocol.failure(e), e.type(), false, null);
        } catch (RuntimeException e) {
            // A defect of the simulator, or of an action of a fault, must not look like a network failure.
            var refusal = new Refusal("InternalErrorException", 500, "The simulator failed: " + e);
            return new Outcome(protocol.failure(refusal), refusal.type(), false, null);
        }
    }

    private void authorize(Call call) {
        if (!call.operation().isSts()) {
            var resource = call.operation().limitableByPool()
                    ? "arn:" + UserPool.partition(call.region()) + ":cognito-idp:" + call.region() + ":"
                            + call.caller().account() + ":userpool/" + call.poolId()
                    : "*";
            access.authorize(call.caller(), "cognito-idp:" + call.operation().wireName(), resource);
        }
    }

    private Outcome admitted(Protocol protocol, Call call, List<Fault> hitting, Runnable wait) {
        if (!call.operation().oneAtATime(switches)) {
            return run(protocol, call, hitting, wait);
        }
        var slot = world.visibleTo(call).writeSlot();
        if (!slot.tryAcquire()) {
            throw new Refusal(
                    "ConcurrentModificationException",
                    400,
                    "Only one request to update user pool client can be processed at a time.");
        }
        try {
            return run(protocol, call, hitting, wait);
        } finally {
            slot.release();
        }
    }

    private Outcome run(Protocol protocol, Call call, List<Fault> hitting, Runnable wait) {
        wait.run();
        windowBefore(call, hitting);
        var result = service.execute(call);
        return windowAfter(protocol, call, hitting, result);
    }

    /** Returns true if the connection is to be dropped. Throws the error that a fault injects. */
    private static boolean failedBefore(List<Fault> hitting) {
        boolean drop = false;
        for (var fault : hitting) {
            switch (fault.effect()) {
                case Effect.FailBefore(String type, int status, String message) -> {
                    fault.reached();
                    throw new Refusal(type, status, message);
                }
                case Effect.DropBefore() -> {
                    fault.reached();
                    drop = true;
                }
                default -> {}
            }
        }
        return drop;
    }

    private static void windowBefore(Call call, List<Fault> hitting) {
        for (var fault : hitting) {
            switch (fault.effect()) {
                case Effect.Latency(Duration least, Duration most) -> {
                    fault.reached();
                    fault.hold(Duration.ofNanos(
                            ThreadLocalRandom.current().nextLong(least.toNanos(), most.toNanos() + 1)));
                }
                case Effect.Pause(Duration delay) -> {
                    fault.reached();
                    fault.hold(delay);
                }
                case Effect.Ignore(String member) -> {
                    call.body().remove(member);
                    fault.reached();
                }
                case Effect.RunBefore(Runnable action) -> {
                    action.run();
                    fault.reached();
                }
                default -> {}
            }
        }
    }

    private static Outcome windowAfter(Protocol protocol, Call call, List<Fault> hitting, ObjectNode result) {
        boolean committed = call.operation().writes();
        var outcome = new Outcome(protocol.success(call.operation(), result), JournalEntry.OK, committed, result);
        for (var fault : hitting) {
            switch (fault.effect()) {
                case Effect.RunAfter(Runnable action) -> {
                    action.run();
                    fault.reached();
                }
                case Effect.FailAfter(String type, int status, String message) -> {
                    fault.reached();
                    var refusal = new Refusal(type, status, message);
                    outcome = new Outcome(protocol.failure(refusal), type, committed, result);
                }
                case Effect.DropAfter() -> {
                    fault.reached();
                    outcome = new Outcome(new Answer.Drop(), JournalEntry.DROPPED, committed, result);
                }
                case Effect.ResetAfter() -> {
                    fault.reached();
                    var reset = new Answer.Reset(protocol.success(call.operation(), result));
                    outcome = new Outcome(reset, JournalEntry.RESET, committed, result);
                }
                default -> {}
            }
        }
        return outcome;
    }

    private void record(Call call, Outcome outcome, String name) {
        var created = outcome.result() == null ? null : outcome.result().get("UserPoolClient");
        var id = call.clientId() == null && created != null ? Json.text(created, "ClientId") : call.clientId();
        var added = outcome.result() == null ? null : outcome.result().get("ClientSecretDescriptor");
        var secretId = added == null ? Json.text(call.body(), "ClientSecretId") : Json.text(added, "ClientSecretId");
        var clientName =
                call.clientName() == null && created != null ? Json.text(created, "ClientName") : call.clientName();
        journal.add(call, id, clientName, secretId, name, outcome.committed());
    }
}
