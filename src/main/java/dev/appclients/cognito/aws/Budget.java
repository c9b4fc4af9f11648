package dev.appclients.cognito.aws;

import dev.appclients.cognito.aws.AppClients.Priority;
import dev.appclients.cognito.failure.FailedCall;
import dev.appclients.cognito.failure.Failure;
import dev.appclients.cognito.failure.FailureKind;
import dev.appclients.cognito.model.PoolId;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets threads wait for their turn to call AWS. Who is next, and when, is decided by {@link Lane}; here are the locks, the
 * timer, and the parking. One lane for each quota of each account and Region.
 */
final class Budget implements AutoCloseable {

    private final Quotas quotas;
    private final LongSupplier nanoTime;
    private final long start;
    private final ScheduledThreadPoolExecutor timer;
    private final Map<LaneKey, Gate> gates = new ConcurrentHashMap<>();

    /** Begins with nobody waiting; {@code nanoTime} only goes forward, such as {@code System::nanoTime}. */
    Budget(Quotas quotas, LongSupplier nanoTime) {
        this.quotas = quotas;
        this.nanoTime = nanoTime;
        this.start = nanoTime.getAsLong();
        this.timer = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("aws-budget").factory());
        timer.setRemoveOnCancelPolicy(true);
        // Whoever comes while the budget closes is sent away by that, not by an exception from the timer.
        timer.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
    }

    /**
     * Waits until the call may be made.
     *
     * @throws CallNoLongerWanted if the thread is interrupted while it waits, or the budget is closed; the interrupt is kept, and
     *     nobody else loses a turn
     * @throws FailedCall if the service does not answer at present, and another call is left to find out when it does
     */
    Permit acquire(String account, PoolId pool, Operation operation, Priority priority, String namespace) {
        Gate gate = gates.computeIfAbsent(new LaneKey(account, pool.region(), operation.category()), this::gate);
        CountDownLatch turn = new CountDownLatch(1);
        Ticket ticket = gate.enqueue(pool, operation, priority, namespace, turn::countDown);
        try {
            turn.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            gate.withdraw(ticket);
            throw new CallNoLongerWanted(operation.apiName());
        }
        FailureKind sparedFor = ticket.sparedFor();
        if (sparedFor != null) {
            throw new FailedCall(Failure.shortCircuited(sparedFor, operation.apiName()));
        }
        if (!ticket.isGranted()) {
            throw new CallNoLongerWanted(operation.apiName());
        }
        return new Permit(gate, ticket);
    }

    /** Sends all who wait away; who calls already may finish. */
    @Override
    public void close() {
        timer.shutdownNow();
        gates.values().forEach(Gate::dismiss);
    }

    private Gate gate(LaneKey key) {
        return new Gate(new Lane(quotas.perSecond(key.category()), quotas.perSecondInPool(key.category())));
    }

    private long now() {
        return nanoTime.getAsLong() - start;
    }

    private record LaneKey(String account, String region, Operation.Category category) {}

    /** The right to make one call; to be closed when the call has ended. */
    static final class Permit implements AutoCloseable {

        private final Gate gate;
        private final Ticket ticket;
        private boolean open = true;

        private Permit(Gate gate, Ticket ticket) {
            this.gate = gate;
            this.ticket = ticket;
        }

        /** Everything is prepared, and the call is being made. */
        void begun() {
            gate.begun(ticket);
        }

        /** The call was not made: the turn goes to the next. */
        void unused() {
            open = false;
            gate.withdraw(ticket);
        }

        /** The service answered, whatever it said. */
        void answered() {
            gate.answered(ticket);
        }

        /** The service throttled the call: everybody slows down. */
        void throttled(Duration askedToWait) {
            gate.throttled(ticket, askedToWait);
        }

        /** The call came to nothing: when that happens again and again, the others are spared. */
        void failed(FailureKind failure) {
            gate.failed(ticket, failure);
        }

        @Override
        public void close() {
            if (open) {
                open = false;
                gate.release(ticket);
            }
        }
    }

    /** One lane with its lock and its alarm. */
    private final class Gate {

        private final ReentrantLock lock = new ReentrantLock();
        private final Lane lane;
        private @Nullable ScheduledFuture<?> alarm;
        private long alarmAt = Long.MAX_VALUE;

        Gate(Lane lane) {
            this.lane = lane;
        }

        Ticket enqueue(PoolId pool, Operation operation, Priority priority, String namespace, Runnable wake) {
            lock.lock();
            try {
                Ticket ticket = lane.enqueue(pool, operation, priority, namespace, wake);
                serve();
                return ticket;
            } finally {
                lock.unlock();
            }
        }

        void dismiss() {
            lock.lock();
            try {
                lane.clear().forEach(Ticket::wake);
            } finally {
                lock.unlock();
            }
        }

        void withdraw(Ticket ticket) {
            change(() -> lane.withdraw(ticket));
        }

        void begun(Ticket ticket) {
            change(() -> lane.begun(ticket));
        }

        void release(Ticket ticket) {
            change(() -> lane.release(ticket));
        }

        void answered(Ticket ticket) {
            change(() -> lane.answered(ticket));
        }

        void throttled(Ticket ticket, Duration askedToWait) {
            change(() -> lane.throttled(ticket, now(), askedToWait.toNanos()));
        }

        void failed(Ticket ticket, FailureKind failure) {
            change(() -> lane.failed(ticket, failure, now()).forEach(Ticket::wake));
        }

        private void change(Runnable step) {
            lock.lock();
            try {
                step.run();
                serve();
            } finally {
                lock.unlock();
            }
        }

        private void serve() {
            if (timer.isShutdown()) {
                lane.clear().forEach(Ticket::wake);
                return;
            }
            for (Ticket next = lane.next(now()); next != null; next = lane.next(now())) {
                next.wake();
            }
            long readyAt = lane.readyAt();
            if (readyAt < alarmAt) {
                if (alarm != null) {
                    alarm.cancel(false);
                }
                alarmAt = readyAt;
                alarm = timer.schedule(this::ring, Math.max(0, readyAt - now()), TimeUnit.NANOSECONDS);
            }
        }

        private void ring() {
            change(() -> {
                alarm = null;
                alarmAt = Long.MAX_VALUE;
            });
        }
    }
}
