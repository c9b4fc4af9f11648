package dev.appclients.cognito.aws.budget;

import dev.appclients.cognito.aws.AppClients.Priority;
import dev.appclients.cognito.aws.BudgetState;
import dev.appclients.cognito.aws.CallCancelled;
import dev.appclients.cognito.aws.Operation;
import dev.appclients.cognito.aws.Quotas;
import dev.appclients.cognito.failure.AwsCallException;
import dev.appclients.cognito.failure.Failure;
import dev.appclients.cognito.failure.FailureKind;
import dev.appclients.cognito.model.PoolId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Blocks threads until they may call AWS. {@link QuotaScheduler} decides the order and the times; this class adds locks, a timer and waiting.
 * There is one scheduler for each quota of each account and Region.
 */
public final class Budget implements AutoCloseable {

    private final Quotas quotas;
    private final LongSupplier nanoTime;
    private final long start;
    private final ScheduledThreadPoolExecutor timer;
    private final Map<QuotaKey, LockedScheduler> schedulers = new ConcurrentHashMap<>();

    /** @param nanoTime a clock that only goes forward, such as {@code System::nanoTime} */
    public Budget(Quotas quotas, LongSupplier nanoTime) {
        this.quotas = quotas;
        this.nanoTime = nanoTime;
        this.start = nanoTime.getAsLong();
        this.timer = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("aws-budget").factory());
        timer.setRemoveOnCancelPolicy(true);
        // A caller that arrives while the budget closes gets CallCancelled, not an exception of the timer.
        timer.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
    }

    /**
     * Waits until the call may be made.
     *
     * @throws CallCancelled if the thread is interrupted while it waits, or the budget is closed; the interrupt flag stays set,
     *     and no other caller loses its turn
     * @throws AwsCallException if the circuit breaker is open and another call probes the service
     */
    public Permit acquire(String account, PoolId pool, Operation operation, Priority priority, String namespace) {
        LockedScheduler scheduler =
                schedulers.computeIfAbsent(new QuotaKey(account, pool.region(), operation.category()), this::scheduler);
        CountDownLatch turn = new CountDownLatch(1);
        Ticket ticket = scheduler.enqueue(pool, operation, priority, namespace, turn::countDown);
        try {
            turn.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            scheduler.withdraw(ticket);
            throw new CallCancelled(operation.apiName());
        }
        FailureKind failureOfEarlierCalls = ticket.shortCircuitedBy();
        if (failureOfEarlierCalls != null) {
            throw new AwsCallException(Failure.shortCircuited(failureOfEarlierCalls, operation.apiName()));
        }
        if (!ticket.isGranted()) {
            throw new CallCancelled(operation.apiName());
        }
        return new Permit(scheduler, ticket);
    }

    /** The state of every quota that was used. */
    public List<BudgetState> states() {
        return schedulers.entrySet().stream()
                .map(each -> each.getValue()
                        .state(each.getKey().region(), each.getKey().category()))
                .toList();
    }

    /** Cancels all waiting callers. Calls that were permitted may go on. */
    @Override
    public void close() {
        timer.shutdownNow();
        schedulers.values().forEach(LockedScheduler::cancelAll);
    }

    private LockedScheduler scheduler(QuotaKey key) {
        return new LockedScheduler(
                new QuotaScheduler(quotas.perSecond(key.category()), quotas.perSecondInPool(key.category())));
    }

    private long now() {
        return nanoTime.getAsLong() - start;
    }

    private record QuotaKey(String account, String region, Operation.Category category) {}

    /** The right to make one call. Its holder closes it when the call has ended. */
    public final class Permit implements AutoCloseable {

        private final LockedScheduler scheduler;
        private final Ticket ticket;
        private boolean open = true;

        private Permit(LockedScheduler scheduler, Ticket ticket) {
            this.scheduler = scheduler;
            this.ticket = ticket;
        }

        /** The call has been prepared and starts now. */
        public void callStarted() {
            scheduler.change(locked -> locked.callStarted(ticket));
        }

        /** The call was not made: the next caller gets its turn. */
        public void cancel() {
            open = false;
            scheduler.withdraw(ticket);
        }

        /** The service answered, whatever it said. */
        public void recordAnswer() {
            scheduler.change(locked -> locked.recordAnswer(ticket));
        }

        /** The service throttled the call: the quota's rate goes down. */
        public void recordThrottle(Duration retryAfter) {
            scheduler.change(locked -> locked.recordThrottle(ticket, now(), retryAfter.toNanos()));
        }

        /** The call did not reach the service, got no answer, or got a server error. Failures in a row open the circuit breaker. */
        public void recordFailure(FailureKind failure) {
            scheduler.change(
                    locked -> locked.recordFailure(ticket, failure, now()).forEach(Ticket::wake));
        }

        @Override
        public void close() {
            if (open) {
                open = false;
                scheduler.change(locked -> locked.callEnded(ticket));
            }
        }
    }

    /** One scheduler with its lock and its timer. */
    private final class LockedScheduler {

        private final ReentrantLock lock = new ReentrantLock();
        private final QuotaScheduler scheduler;
        private @Nullable ScheduledFuture<?> wakeUp;
        private long wakeUpAt = Long.MAX_VALUE;

        LockedScheduler(QuotaScheduler scheduler) {
            this.scheduler = scheduler;
        }

        Ticket enqueue(PoolId pool, Operation operation, Priority priority, String namespace, Runnable wake) {
            lock.lock();
            try {
                Ticket ticket = scheduler.enqueue(pool, operation, priority, namespace, wake);
                wakeGranted();
                return ticket;
            } finally {
                lock.unlock();
            }
        }

        BudgetState state(String region, Operation.Category quota) {
            lock.lock();
            try {
                return scheduler.state(region, quota, now());
            } finally {
                lock.unlock();
            }
        }

        void withdraw(Ticket ticket) {
            change(locked -> locked.withdraw(ticket));
        }

        void cancelAll() {
            change(locked -> locked.removeAll().forEach(Ticket::wake));
        }

        void change(Consumer<QuotaScheduler> step) {
            lock.lock();
            try {
                step.accept(scheduler);
                wakeGranted();
            } finally {
                lock.unlock();
            }
        }

        private void wakeGranted() {
            if (timer.isShutdown()) {
                scheduler.removeAll().forEach(Ticket::wake);
                return;
            }
            for (Ticket next = scheduler.next(now()); next != null; next = scheduler.next(now())) {
                next.wake();
            }
            long readyAt = scheduler.readyAt();
            if (readyAt < wakeUpAt) {
                if (wakeUp != null) {
                    wakeUp.cancel(false);
                }
                wakeUpAt = readyAt;
                wakeUp = timer.schedule(this::timeIsUp, Math.max(0, readyAt - now()), TimeUnit.NANOSECONDS);
            }
        }

        private void timeIsUp() {
            change(locked -> {
                wakeUp = null;
                wakeUpAt = Long.MAX_VALUE;
            });
        }
    }
}
