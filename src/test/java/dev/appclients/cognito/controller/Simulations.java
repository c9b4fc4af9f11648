package dev.appclients.cognito.controller;

import dev.appclients.cognito.aws.Quotas;
import dev.appclients.cognito.aws.VirtualCognito;
import dev.appclients.cognito.aws.VirtualCognito.Call;
import dev.appclients.cognito.controller.VirtualOperator.Client;
import dev.appclients.cognito.failure.FailureKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Questions about thousands of clients and hours, answered in virtual time by the code that decides in the operator: lanes,
 * pacers, outages, slots, back-off. The quotas are Cognito's own and the share that ships, and a call takes 150 ms.
 */
public final class Simulations {

    private static final String POOL = "eu-west-1_Shop";
    private static final Duration LATENCY = Duration.ofMillis(150);
    private static final double PER_SECOND = 4;
    private static final long SEED = 7;

    private Simulations() {}

    /**
     * What an outage came to.
     *
     * @param callsDuring while the service did not answer
     * @param callsAfter until all were Ready
     * @param seconds from the end of the outage until all were Ready
     * @param floor the seconds that their calls take at the budget's rate
     */
    public record OutageResult(long callsDuring, long callsAfter, double seconds, double floor) {}

    /** As many new clients as said, and AWS out for so long. */
    public static OutageResult outageWithNewClients(int count, Duration outage) {
        return outage(count, outage, true, FailureKind.NOT_SENT);
    }

    /** As many clients as said are edited while AWS is out for so long. */
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
     * How long the first client of another namespace takes.
     *
     * @param worst the longest of all, in seconds
     * @param median in seconds
     */
    public record FairnessResult(double worst, double median) {}

    /** So many new clients in one namespace, and every seven seconds the first client of another. */
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
     * A day's work in some hours.
     *
     * @param fewestAnHour the fewest looks at any client in any hour
     * @param mostAnHour the most looks at any client in any hour
     * @param irregularity how far two looks at a client were from an hour apart, at worst, in seconds
     * @param mostInOneSecond the most Describe calls in any second
     * @param editSeconds from the first of the edits until all were done
     * @param editFloor the seconds that their calls take at the budget's rate
     * @param driftShareDuringEdits the part of the Describe calls that went to drift checks meanwhile
     */
    public record DriftResult(
            int fewestAnHour,
            int mostAnHour,
            double irregularity,
            int mostInOneSecond,
            double editSeconds,
            double editFloor,
            double driftShareDuringEdits) {}

    /** So many Ready clients in one pool for four hours; in the last, so many of them are edited at once. */
    public static DriftResult drift(int count, int edited) {
        VirtualCognito cognito = new VirtualCognito(Quotas.DEFAULT, LATENCY, FailureKind.NOT_SENT);
        VirtualOperator operator = new VirtualOperator(cognito, SEED);
        IntStream.range(0, count).forEach(i -> operator.ready(POOL, "n" + i % 100));
        Duration hour = Duration.ofHours(1);
        cognito.runUntil(hour.multipliedBy(4));
        // The first hour is without looks: a process that has just begun starts with the current slot.
        int[] perHour = operator.clients().stream()
                .flatMapToInt(client -> IntStream.range(1, 4).map(h -> (int) client.looks().stream()
                        .filter(look -> look.toHours() == h)
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

    /** Two looks are an hour apart, but for how long each waited; the most that they differ from that. */
    private static double irregularity(Client client) {
        List<Duration> looks = client.looks();
        return IntStream.range(1, looks.size())
                .mapToDouble(i -> Math.abs(seconds(looks.get(i).minus(looks.get(i - 1))) - 3_600))
                .max()
                .orElse(Double.MAX_VALUE);
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
