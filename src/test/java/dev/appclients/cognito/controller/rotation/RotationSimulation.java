package dev.appclients.cognito.controller.rotation;

import dev.appclients.cognito.aws.Quotas;
import dev.appclients.cognito.aws.budget.VirtualCognito;
import dev.appclients.cognito.aws.budget.VirtualCognito.Call;
import dev.appclients.cognito.failure.FailureKind;
import dev.appclients.cognito.model.PoolId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Simulates a schedule that many clients of a pool get at once, in virtual time, with the operator's own code for starts and budget. */
public final class RotationSimulation {

    private static final String POOL = "eu-west-1_Shop";
    private static final Duration LATENCY = Duration.ofMillis(150);
    private static final Duration BETWEEN_EDITS = Duration.ofSeconds(97);

    private RotationSimulation() {}

    /**
     * The result of a schedule.
     *
     * @param mostInAMinute the most rotations that started within any minute
     * @param hours from the schedule until the last rotation started
     * @param slowestEdit from an edit until its last call ended, in seconds
     * @param editAlone the same without rotations, in seconds
     */
    public record Result(int mostInAMinute, double hours, double slowestEdit, double editAlone) {}

    /** Gives a schedule to this many clients whose secrets are overdue, and edits other clients meanwhile. */
    public static Result overdue(int count) {
        VirtualCognito cognito = new VirtualCognito(Quotas.DEFAULT, LATENCY, FailureKind.NOT_SENT);
        StartPacer pacer = new StartPacer(() -> cognito.elapsed().toNanos());
        List<Duration> starts = new ArrayList<>();
        IntStream.range(0, count).forEach(i -> begin(cognito, pacer, "client-" + i, starts));
        Duration end = StartPacer.INTERVAL.multipliedBy(count + 1L);
        double slowest = slowestEdit(cognito, end);
        if (starts.size() != count) {
            throw new IllegalStateException("only " + starts.size() + " rotations started");
        }
        VirtualCognito idle = new VirtualCognito(Quotas.DEFAULT, LATENCY, FailureKind.NOT_SENT);
        return new Result(
                mostInAMinute(starts),
                starts.getLast().toSeconds() / 3_600.0,
                slowest,
                slowestEdit(idle, BETWEEN_EDITS.multipliedBy(2)));
    }

    private static void begin(VirtualCognito cognito, StartPacer pacer, String uid, List<Duration> starts) {
        Duration wait = pacer.untilStart(new PoolId(POOL), uid);
        if (wait.isPositive()) {
            cognito.after(wait, () -> begin(cognito, pacer, uid, starts));
            return;
        }
        starts.add(cognito.elapsed());
        pacer.release(uid);
        calls(cognito, "overdue", List.of(Call.LIST_SECRETS, Call.DESCRIBE, Call.ADD_SECRET), () -> {});
    }

    private static double slowestEdit(VirtualCognito cognito, Duration end) {
        List<Duration> took = new ArrayList<>();
        for (Duration at = BETWEEN_EDITS; at.compareTo(end) < 0; at = at.plus(BETWEEN_EDITS)) {
            cognito.after(at, () -> {
                Duration began = cognito.elapsed();
                calls(
                        cognito,
                        "edited",
                        List.of(Call.DESCRIBE, Call.UPDATE),
                        () -> took.add(cognito.elapsed().minus(began)));
            });
        }
        cognito.runUntil(end.plusMinutes(1));
        return took.stream().mapToDouble(time -> time.toNanos() / 1e9).max().orElseThrow();
    }

    /** Makes the calls one after the other. */
    private static void calls(VirtualCognito cognito, String namespace, List<Call> calls, Runnable ended) {
        if (calls.isEmpty()) {
            ended.run();
            return;
        }
        cognito.call(
                POOL,
                calls.getFirst(),
                false,
                namespace,
                failure -> calls(cognito, namespace, calls.subList(1, calls.size()), ended));
    }

    private static int mostInAMinute(List<Duration> starts) {
        return starts.stream()
                .mapToInt(start -> (int) starts.stream()
                        .filter(other -> other.compareTo(start) >= 0
                                && other.minus(start).compareTo(Duration.ofMinutes(1)) < 0)
                        .count())
                .max()
                .orElse(0);
    }
}
