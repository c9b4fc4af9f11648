package dev.appclients.cognito.controller.reconcile;

import dev.appclients.cognito.aws.Quotas;
import dev.appclients.cognito.aws.budget.VirtualCognito;
import dev.appclients.cognito.aws.budget.VirtualCognito.Call;
import dev.appclients.cognito.controller.reconcile.VirtualOperator.Client;
import dev.appclients.cognito.failure.FailureKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Simulates thousands of clients over hours in virtual time, with the operator's own code for queues, pacing, circuit breaker,
 * drift check slots and back-off. The quotas are Cognito's with the shipped share, and a call takes 150 ms.
 */
public final class Simulations {

    private static final String POOL = "eu-west-1_Shop";
    private static final Duration LATENCY = Duration.ofMillis(150);
    private static final double PER_SECOND = 4;
    private static final long SEED = 7;

    private Simulations() {}

    /**
     * The result of an outage.
     *
     * @param callsDuring calls while the service did not answer
     * @param callsAfter calls from then until all were Ready
     * @param seconds from the end of the outage until all were Ready
     * @param floor the seconds that their calls take at the budget's rate
     */
    public record OutageResult(long callsDuring, long callsAfter, double seconds, double floor) {}

    /** Creates clients at the start of an outage of AWS. */
    public static OutageResult outageWithNewClients(int count, Duration outage) {
        return outage(count, outage, true, FailureKind.NOT_SENT);
    }

    /** Edits Ready clients at the start of an outage of AWS. */
    public static OutageResult outageWithEditedClients(int count, Duration outage) {
        return outage(count, outage, false, FailureKind.SERVICE_FAULT);
    }

    private static OutageResult outage(int count, Duration outage, boolean fresh, FailureKind trouble) {
        VirtualCognito cognito = new VirtualCognito(Quotas.DEFAULT, LATENCY, trouble);
        VirtualOperator operator = new VirtualOperator(cognito, SEED);
        cognito.outage(Duration.ZERO, outage);
        for (int i = 0; i < count; i++) {
            String namespace = "n" + i % 20;
            if (fresh) {
                operator.create(POOL, namespace);
            } else {
                Client client = operator.ready(POOL, namespace);
                cognito.after(Duration.ofMillis(10), client::edit);
            }
        }
        cognito.runUntil(outage.plusHours(1));
        Duration all = operator.clients().stream()
                .map(Client::readyAt)
                .max(Comparator.naturalOrder())
                .orElseThrow();
        return new OutageResult(
                cognito.calls(Duration.ZERO, outage),
                cognito.calls(outage, all),
                seconds(all.minus(outage)),
                count / PER_SECOND);
    }

    /**
     * The time until the first client of another namespace is Ready.
     *
     * @param worst the longest, in seconds
     * @param median in seconds
     */
    public record FairnessResult(double worst, double median) {}

    /** Creates many clients in one namespace, and every seven seconds the first client of another. */
    public static FairnessResult fairness(int count) {
        VirtualCognito cognito = new VirtualCognito(Quotas.DEFAULT, LATENCY, FailureKind.NOT_SENT);
        VirtualOperator operator = new VirtualOperator(cognito, SEED);
        IntStream.range(0, count).forEach(i -> operator.create(POOL, "crowd"));
        List<Client> firsts = new ArrayList<>();
        IntStream.range(0, 30)
                .forEach(i -> cognito.after(
                        Duration.ofSeconds(7L * i), () -> firsts.add(operator.create(POOL, "other" + i))));
        cognito.runUntil(Duration.ofHours(1));
        double[] took = firsts.stream()
                .mapToDouble(client -> seconds(client.took()))
                .sorted()
                .toArray();
        return new FairnessResult(took[took.length - 1], took[took.length / 2]);
    }

    /**
     * The result of several hours of drift checks.
     *
     * @param fewestAnHour the fewest drift checks of any client in any hour
     * @param mostAnHour the most drift checks of any client in any hour
     * @param irregularity the largest deviation of the time between two checks of a client from one hour, in seconds
     * @param mostInOneSecond the most Describe calls in any second
     * @param editSeconds from the edits until all were applied
     * @param editFloor the seconds that their calls take at the budget's rate
     * @param driftShareDuringEdits the share of drift checks in the Describe calls during the edits
     */
    public record DriftResult(
            int fewestAnHour,
            int mostAnHour,
            double irregularity,
            int mostInOneSecond,
            double editSeconds,
            double editFloor,
            double driftShareDuringEdits) {}

    /** Keeps Ready clients in one pool for four hours, then edits some of them at once. */
    public static DriftResult drift(int count, int edited) {
        VirtualCognito cognito = new VirtualCognito(Quotas.DEFAULT, LATENCY, FailureKind.NOT_SENT);
        VirtualOperator operator = new VirtualOperator(cognito, SEED);
        IntStream.range(0, count).forEach(i -> operator.ready(POOL, "n" + i % 100));
        Duration hour = Duration.ofHours(1);
        cognito.runUntil(hour.multipliedBy(4));
        // The first hour has no checks: a new process starts within the current slot.
        int[] perHour = operator.clients().stream()
                .flatMapToInt(client -> IntStream.range(1, 4).map(h -> (int) client.checks().stream()
                        .filter(check -> check.toHours() == h)
                        .count()))
                .sorted()
                .toArray();
        double irregularity = operator.clients().stream()
                .mapToDouble(Simulations::irregularity)
                .max()
                .orElseThrow();
        Duration begun = cognito.elapsed();
        List<Client> some = operator.clients().subList(0, edited);
        some.forEach(Client::edit);
        cognito.runUntil(hour.multipliedBy(5));
        Duration all = some.stream()
                .map(Client::readyAt)
                .max(Comparator.naturalOrder())
                .orElseThrow();
        double describes = cognito.driftCalls(begun, all) + (double) edited;
        return new DriftResult(
                perHour[0],
                perHour[perHour.length - 1],
                irregularity,
                cognito.mostInOneSecond(Call.DESCRIBE),
                seconds(all.minus(begun)),
                edited / PER_SECOND,
                cognito.driftCalls(begun, all) / describes);
    }

    /** The largest deviation of the time between two checks of a client from one hour, in seconds. */
    private static double irregularity(Client client) {
        List<Duration> checks = client.checks();
        return IntStream.range(1, checks.size())
                .mapToDouble(i -> Math.abs(seconds(checks.get(i).minus(checks.get(i - 1))) - 3_600))
                .max()
                .orElse(Double.MAX_VALUE);
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
