package dev.appclients.cognito.controller.reconcile;

import dev.appclients.cognito.aws.AppClients.Priority;
import dev.appclients.cognito.aws.budget.VirtualCognito;
import dev.appclients.cognito.aws.budget.VirtualCognito.Call;
import dev.appclients.cognito.failure.FailureKind;
import dev.appclients.cognito.model.PoolId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Thousands of clients in virtual time. Each reconciliation uses the operator's memory of checks and its schedule. Time passes
 * only during calls.
 */
final class VirtualOperator {

    private static final Duration INTERVAL = OperatorSettings.DEFAULT.driftCheckInterval();

    private final VirtualCognito cognito;
    private final Random random;
    private final CheckMemory checkMemory;
    private final Schedule schedule;
    private final AwsWaitLimit limit = new AwsWaitLimit();
    private final List<Client> clients = new ArrayList<>();

    VirtualOperator(VirtualCognito cognito, long seed) {
        this.cognito = cognito;
        this.random = new Random(seed);
        this.checkMemory = new CheckMemory(cognito, random);
        this.schedule = new Schedule(checkMemory, OperatorSettings.DEFAULT, random);
    }

    /** Adds a client that does not exist in Cognito yet. */
    Client create(String pool, String namespace) {
        return add(new Client(pool, namespace, Wanted.CREATED));
    }

    /** Adds a Ready client. */
    Client ready(String pool, String namespace) {
        return add(new Client(pool, namespace, Wanted.NOTHING));
    }

    List<Client> clients() {
        return clients;
    }

    private Client add(Client client) {
        clients.add(client);
        client.wake(Duration.ZERO);
        return client;
    }

    private enum Wanted {
        NOTHING,
        CREATED,
        UPDATED
    }

    /** One UserPoolClient. */
    final class Client {

        private final String uid = new UUID(random.nextLong(), random.nextLong()).toString();
        private final String pool;
        private final String namespace;
        private final List<Duration> checks = new ArrayList<>();
        private Wanted wanted;
        private Duration since = cognito.elapsed();
        private @Nullable Duration readyAt;
        private boolean busy;
        private long nextWake;

        private Client(String pool, String namespace, Wanted wanted) {
            this.pool = pool;
            this.namespace = namespace;
            this.wanted = wanted;
        }

        /** Changes the manifest. */
        void edit() {
            wanted = Wanted.UPDATED;
            since = cognito.elapsed();
            readyAt = null;
            wake(Duration.ZERO);
        }

        /** The time from the change until Ready. */
        Duration took() {
            return readyAt().minus(since);
        }

        Duration readyAt() {
            if (readyAt == null) {
                throw new IllegalStateException("never Ready");
            }
            return readyAt;
        }

        /** The times of the comparisons with Cognito. */
        List<Duration> checks() {
            return checks;
        }

        /** As in the framework, only the latest timer counts, and reconciliations of one object do not overlap. */
        private void wake(Duration delay) {
            long wake = ++nextWake;
            cognito.after(delay, () -> {
                if (wake == nextWake && !busy) {
                    pass();
                }
            });
        }

        private void pass() {
            switch (wanted) {
                case CREATED -> call(Call.CREATE, false, this::done);
                case UPDATED -> call(Call.DESCRIBE, false, () -> call(Call.UPDATE, false, this::done));
                case NOTHING -> {
                    if (checkMemory.isDue(uid, INTERVAL)) {
                        call(Call.DESCRIBE, true, this::done);
                    } else {
                        wake(schedule.afterSuccess(uid, INTERVAL));
                    }
                }
            }
        }

        private void call(Call call, boolean drift, Runnable then) {
            var caller = new RunningPass.Caller(uid, () -> wake(Duration.ZERO));
            Priority priority = drift ? Priority.DRIFT : Priority.USER;
            if (!limit.enter(caller, new AwsWaitLimit.Group(new PoolId(pool), namespace, priority))) {
                return;
            }
            busy = true;
            cognito.call(pool, call, drift, namespace, failure -> {
                busy = false;
                if (failure == null) {
                    then.run();
                } else {
                    retry(failure);
                }
            });
        }

        private void done() {
            limit.leave(uid);
            checkMemory.recordCheck(uid, INTERVAL);
            checks.add(cognito.elapsed());
            if (wanted != Wanted.NOTHING) {
                wanted = Wanted.NOTHING;
                readyAt = cognito.elapsed();
            }
            wake(schedule.afterSuccess(uid, INTERVAL));
        }

        private void retry(FailureKind failure) {
            limit.leave(uid);
            wake(schedule.afterFailure(uid, failure.pace()));
        }
    }
}
