package dev.appclients.cognito.runtime.metrics;

import dev.appclients.cognito.api.v1beta1.ClientSecretClaim;
import dev.appclients.cognito.api.v1beta1.ClusterUserPool;
import dev.appclients.cognito.api.v1beta1.CopiesStatus;
import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.aws.BudgetState;
import dev.appclients.cognito.controller.cluster.Annotations;
import dev.appclients.cognito.controller.cluster.Informers;
import dev.appclients.cognito.controller.reconcile.Leadership;
import io.micrometer.core.instrument.MeterRegistry;
import io.prometheus.client.CollectorRegistry;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The states of the objects, of the leadership and of the budget. The caches are walked once for each scrape: with ten thousand
 * clients that takes a few milliseconds. Only the leader reports the objects, so that a sum over the replicas counts each once.
 */
public final class StateMetrics {

    private final Informers informers;
    private final Leadership leadership;
    private final Supplier<List<BudgetState>> budget;
    private final InstantSource clock;

    /** @param budget the state of the budget of calls to AWS */
    public StateMetrics(
            Informers informers, Leadership leadership, Supplier<List<BudgetState>> budget, InstantSource clock) {
        this.informers = informers;
        this.leadership = leadership;
        this.budget = budget;
        this.clock = clock;
    }

    /** Registers the metrics. Called once. */
    public void register(MeterRegistry meters, CollectorRegistry collectors) {
        OperatorMetric.LEADER.gauge(meters, leadership, lead -> lead.holds() ? 1 : 0);
        collectors.register(new ScrapedMetrics(this::objects));
        collectors.register(new ScrapedMetrics(() -> BudgetSamples.of(budget.get())));
    }

    /** Empty unless this replica leads with filled caches. */
    List<Sample> objects() {
        if (!leadership.holds() || !informers.haveClaims()) {
            return List.of();
        }
        List<Sample> samples = new ArrayList<>();
        samples.addAll(clients());
        samples.addAll(pools());
        samples.addAll(claims());
        return samples;
    }

    private List<Sample> clients() {
        ObjectStates states = new ObjectStates("UserPoolClient");
        RotationStates rotations = new RotationStates(clock.instant());
        Map<String, String> pools = poolIds();
        int[] copies = new int[2];
        informers.watches().everyClient().forEach((UserPoolClient client) -> {
            var status = client.getStatus();
            states.add(client.getMetadata(), Annotations.isPaused(client), status == null ? null : status.conditions());
            rotations.add(client, pools.get(client.getSpec().userPoolRef().name()));
            CopiesStatus counted = status == null ? null : status.copies();
            if (counted != null) {
                copies[0] += counted.wanted();
                copies[1] += counted.ready();
            }
        });
        List<Sample> samples = states.samples(clock.instant());
        samples.addAll(rotations.samples());
        samples.add(Sample.of(OperatorMetric.COPIES_WANTED, copies[0]));
        samples.add(Sample.of(OperatorMetric.COPIES_READY, copies[1]));
        return samples;
    }

    /** The ids of the user pools by the names of their ClusterUserPools. Only they become a label, so no status can add one. */
    private Map<String, String> poolIds() {
        Map<String, String> ids = new HashMap<>();
        for (ClusterUserPool pool : informers.pools()) {
            ids.put(pool.getMetadata().getName(), pool.getSpec().userPoolId());
        }
        return ids;
    }

    private List<Sample> pools() {
        ObjectStates states = new ObjectStates("ClusterUserPool");
        for (ClusterUserPool pool : informers.pools()) {
            var status = pool.getStatus();
            states.add(pool.getMetadata(), Annotations.isPaused(pool), status == null ? null : status.conditions());
        }
        return states.samples(clock.instant());
    }

    private List<Sample> claims() {
        ObjectStates states = new ObjectStates("ClientSecretClaim");
        informers.watches().everyClaim().forEach((ClientSecretClaim claim) -> {
            var status = claim.getStatus();
            states.add(claim.getMetadata(), Annotations.isPaused(claim), status == null ? null : status.conditions());
        });
        return states.samples(clock.instant());
    }
}
