package dev.appclients.cognito.runtime.metrics;

import static dev.appclients.cognito.runtime.metrics.MetricLabel.CAUSE;
import static dev.appclients.cognito.runtime.metrics.MetricLabel.CONTROLLER;
import static dev.appclients.cognito.runtime.metrics.MetricLabel.EVENT_TYPE;
import static dev.appclients.cognito.runtime.metrics.MetricLabel.KIND;
import static dev.appclients.cognito.runtime.metrics.MetricLabel.OPERATION;
import static dev.appclients.cognito.runtime.metrics.MetricLabel.OUTCOME;
import static dev.appclients.cognito.runtime.metrics.MetricLabel.PHASE;
import static dev.appclients.cognito.runtime.metrics.MetricLabel.QUOTA;
import static dev.appclients.cognito.runtime.metrics.MetricLabel.READY;
import static dev.appclients.cognito.runtime.metrics.MetricLabel.REASON;
import static dev.appclients.cognito.runtime.metrics.MetricLabel.REGION;
import static dev.appclients.cognito.runtime.metrics.MetricLabel.ROTATION_OUTCOME;
import static dev.appclients.cognito.runtime.metrics.MetricLabel.STALLED;
import static dev.appclients.cognito.runtime.metrics.MetricLabel.USER_POOL;
import static dev.appclients.cognito.runtime.metrics.MetricLabel.WRITE_FAILURE;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The catalogue of the operator's own metrics. Every meter is registered from it, and {@code make generate} writes
 * {@code src/docs/metrics.md} from it.
 */
@SuppressWarnings("ImmutableEnumChecker") // the list of labels is immutable, which its type does not show
public enum OperatorMetric {
    LEADER(
            "leader",
            MetricType.GAUGE,
            "",
            "1 on the replica that leads and reconciles, 0 on a replica that waits for the lease."),
    OBJECTS(
            "objects",
            MetricType.GAUGE,
            "objects",
            "The objects in this state. Only the leader reports it. A state without objects has no series.",
            KIND,
            READY,
            REASON,
            STALLED),
    NOT_READY_LONGEST(
            "objects.not.ready.longest.seconds",
            MetricType.GAUGE,
            "seconds",
            "How long the object that is longest not Ready has not been Ready, of the objects in this state. Only the leader"
                    + " reports it.",
            KIND,
            READY,
            REASON,
            STALLED),
    TERMINATING(
            "objects.terminating",
            MetricType.GAUGE,
            "objects",
            "The objects with a deletion timestamp. Only the leader reports it.",
            KIND),
    TERMINATING_LONGEST(
            "objects.terminating.longest.seconds",
            MetricType.GAUGE,
            "seconds",
            "The time since the oldest deletion timestamp, 0 without one. Only the leader reports it.",
            KIND),
    PAUSED(
            "objects.paused",
            MetricType.GAUGE,
            "objects",
            "The objects with the annotation `cognito.appclients.dev/paused: \"true\"`. Only the leader reports it.",
            KIND),
    COPIES_WANTED(
            "copies.wanted",
            MetricType.GAUGE,
            "copies",
            "The copies that clients and pools permit, from the status of every client. Only the leader reports it."),
    COPIES_READY(
            "copies.ready",
            MetricType.GAUGE,
            "copies",
            "The copies of these that are Ready. A status counts them at most every 10 s. Only the leader reports it."),
    ROTATIONS(
            "rotations",
            MetricType.COUNTER,
            "rotations",
            "The rotations of client secrets that ended, by their cause and outcome.",
            CAUSE,
            ROTATION_OUTCOME),
    ROTATIONS_OLDEST(
            "rotations.pending.longest.seconds",
            MetricType.GAUGE,
            "seconds",
            "How long the oldest rotation of this phase has been in it, 0 without one. Without paused clients. Only the leader"
                    + " reports it.",
            PHASE),
    ROTATIONS_OVERDUE(
            "rotations.overdue.longest.seconds",
            MetricType.GAUGE,
            "seconds",
            "The time since the oldest end of an overlap whose old secret is not deleted, 0 without one. Without paused clients."
                    + " Only the leader reports it."),
    ROTATIONS_BLOCKED(
            "rotations.blocked",
            MetricType.GAUGE,
            "clients",
            "The clients whose condition `RotationPending` has this reason, other than `Rotating` and `CopiesLagging`. Without"
                    + " paused clients. Only the leader reports it.",
            REASON),
    ROTATIONS_LAGGING(
            "rotations.lagging",
            MetricType.GAUGE,
            "clients",
            "The clients with the reason `CopiesLagging`: half of `maxOverlap` has passed, and copies have the old secret."
                    + " Without paused clients. Only the leader reports it."),
    SECRET_AGE(
            "client.secret.age.days",
            MetricType.HISTOGRAM,
            "days",
            "The ages of the published client secrets at the scrape, so without `rate`. An original without an id is as old as its"
                    + " object; that of an adopted client is not counted. Only the leader reports it.",
            USER_POOL),
    EVENTS(
            "events",
            MetricType.COUNTER,
            "events",
            "The transitions that the operator announced as Events, with those that the limit on Events dropped.",
            KIND,
            EVENT_TYPE,
            REASON),
    AWS_CALL(
            "aws.call",
            MetricType.TIMER,
            "seconds",
            "Calls to AWS: their number and duration, from the first byte of the request to the end of the response.",
            OPERATION,
            REGION,
            OUTCOME),
    AWS_LAST_SUCCESS(
            "aws.last.success.timestamp.seconds",
            MetricType.GAUGE,
            "seconds since 1970",
            "The time of the last successful call.",
            REGION),
    AWS_BUDGET_WAIT(
            "aws.budget.wait",
            MetricType.TIMER,
            "seconds",
            "How long calls to AWS waited for the budget, for credentials and for a connection.",
            OPERATION,
            REGION),
    AWS_BUDGET_WAITING(
            "aws.budget.waiting",
            MetricType.GAUGE,
            "calls",
            "The calls to AWS that wait for this quota, in all accounts.",
            REGION,
            QUOTA),
    AWS_BUDGET_RATE(
            "aws.budget.rate.ratio",
            MetricType.GAUGE,
            "0 to 1",
            "The part of its share of this quota that the operator uses: 1, and less for a minute after AWS throttled a call."
                    + " The lowest value of all accounts and pools.",
            REGION,
            QUOTA),
    AWS_BREAKERS_OPEN(
            "aws.circuit.breakers.open",
            MetricType.GAUGE,
            "circuit breakers",
            "The open circuit breakers, one for each pool and operation. An open one lets one call at a time probe AWS.",
            REGION,
            OPERATION),
    AWS_PASSES(
            "aws.passes",
            MetricType.GAUGE,
            "reconciliations",
            "The reconciliations that call AWS or wait for the budget, at most 512."),
    AWS_PASSES_DEFERRED(
            "aws.passes.deferred",
            MetricType.GAUGE,
            "objects",
            "The objects whose reconciliation is deferred until one of these ends. New objects among them have no status yet."),
    STATUS_NOT_WRITTEN(
            "status.not.written",
            MetricType.COUNTER,
            "writes",
            "Failed writes of a status, or of the intent before a create. The operator retries them.",
            CONTROLLER,
            WRITE_FAILURE),
    UNEXPECTED_ERRORS(
            "unexpected.errors",
            MetricType.COUNTER,
            "reconciliations",
            "Reconciliations that ended with an unexpected error.",
            CONTROLLER),
    HEAP_LIVE(
            "heap.live.ratio",
            MetricType.GAUGE,
            "0 to 1",
            "The part of the maximum heap in use after the last full collection; `NaN` before the first."),
    CLIENTS_CAPACITY(
            "clients.capacity",
            MetricType.GAUGE,
            "objects",
            "The number of UserPoolClients for which the maximum heap is enough, beside the ClientSecretClaims that exist. See"
                    + " [capacity](capacity.md).");

    /** The start of every name. */
    public static final String PREFIX = "cognito_client_operator";

    private final String name;
    private final MetricType type;
    private final String unit;
    private final String meaning;
    private final List<MetricLabel> labels;

    OperatorMetric(String name, MetricType type, String unit, String meaning, MetricLabel... labels) {
        this.name = PREFIX + "." + name;
        this.type = type;
        this.unit = unit;
        this.meaning = meaning;
        this.labels = List.of(labels);
    }

    public MetricType type() {
        return type;
    }

    /** The unit in words; empty for a state. */
    public String unit() {
        return unit;
    }

    /** One or more sentences in Markdown. */
    public String meaning() {
        return meaning;
    }

    public List<MetricLabel> labels() {
        return labels;
    }

    /** The names of its series in Prometheus. */
    public List<String> series() {
        return type.suffixes().stream().map(suffix -> family() + suffix).toList();
    }

    /** The name in Prometheus without a suffix. */
    String family() {
        return name.replace('.', '_');
    }

    List<String> labelNames() {
        return labels.stream().map(MetricLabel::text).toList();
    }

    /** @param values in the order of the labels */
    Counter counter(MeterRegistry registry, String... values) {
        return Counter.builder(name).description(meaning).tags(tags(values)).register(registry);
    }

    /** @param values in the order of the labels */
    Timer timer(MeterRegistry registry, String... values) {
        return Timer.builder(name).description(meaning).tags(tags(values)).register(registry);
    }

    /**
     * Registers a gauge.
     *
     * @param source kept alive by the registry
     * @param values in the order of the labels
     */
    public <T> void gauge(MeterRegistry registry, T source, ToDoubleFunction<T> value, String... values) {
        Gauge.builder(name, source, value)
                .description(meaning)
                .tags(tags(values))
                .strongReference(true)
                .register(registry);
    }

    private Tags tags(String... values) {
        if (values.length != labels.size()) {
            throw new IllegalArgumentException(name + " has the labels " + labels + ", not "
                    + Stream.of(values).toList());
        }
        return Tags.of(IntStream.range(0, values.length)
                .mapToObj(i -> Tag.of(labels.get(i).text(), values[i]))
                .toList());
    }
}
