package dev.appclients.cognito.soak;

import com.fasterxml.jackson.databind.JsonNode;
import dev.appclients.cognito.simulator.JournalEntry;
import dev.appclients.cognito.simulator.Switch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** Judges the operator after the faults have stopped: first with the blockers that users must remove, then without them. */
final class FinalChecks {

    /** Errors that need a person are retried within five minutes. */
    private static final Duration UNAIDED = Duration.ofMinutes(7);

    private static final Duration AIDED = Duration.ofMinutes(3);

    private final World world;
    private final Operators operators;
    private final StepRunner runner;
    private final SoakOptions options;
    private int asked;

    FinalChecks(World world, Operators operators, StepRunner runner, SoakOptions options) {
        this.world = world;
        this.operators = operators;
        this.runner = runner;
        this.options = options;
    }

    /** Stops all faults on both sides. Denied permissions, removed clients and other blockers stay. */
    void stopFaults() {
        world.simulator.faults().clear();
        world.simulator.access().withoutPolicies();
        world.simulator.switches().set(Switch.LIST_LAGS, false);
        operators.stopFaults();
        requestReconciles(object -> !options.unaided() || world.ledger.drifted.contains(World.uid(object)));
    }

    /** Every object is Ready or reports a blocker, and stays so. */
    List<Finding> judgeWithBlockers() {
        List<Finding> findings = awaitNone(() -> Oracle.judge(world.snapshot()), patience());
        return findings.isEmpty() ? awaitNone(this::changesDuringQuiet, patience()) : findings;
    }

    /** A pass that began before may still end in this time, so a finding counts only if the next time has one too. */
    private List<Finding> changesDuringQuiet() {
        Set<String> ready = readyClients();
        long mark = lastCall();
        List<Finding> findings = new ArrayList<>();
        try (FlapWatch flaps = new FlapWatch(world.admin)) {
            during(options.quiet());
            findings.addAll(flaps.flaps());
        }
        world.simulator.journal().since(mark).stream()
                .filter(entry -> ready.contains(String.valueOf(entry.clientId())))
                .map(entry -> new Finding(
                        String.valueOf(entry.clientId()), "a call although the client is Ready: " + describe(entry)))
                .forEach(findings::add);
        findings.addAll(Oracle.judge(world.snapshot()));
        return findings;
    }

    private Set<String> readyClients() {
        return world.snapshot().objects().stream()
                .filter(Oracle::isReady)
                .map(object -> object.path("status").path("clientId").asText())
                .collect(Collectors.toSet());
    }

    /** Does the remedies of the messages, until no blocker is left. */
    void removeBlockers() {
        for (String poolId : World.POOL_IDS) {
            var pool = world.clusterPool(poolId);
            if (pool != null && pool.isMarkedForDeletion()) {
                world.removePoolByForce(poolId);
            }
            world.permitAll(poolId);
            world.allowAll(poolId);
            world.bringBackDependencies(poolId);
        }
        IntStream.range(0, options.clients()).forEach(runner::deleteForeignSecret);
        boolean contested = world.snapshot().objects().stream()
                .anyMatch(object -> Oracle.condition(object, "Ready")
                        .path("reason")
                        .asText()
                        .equals("SecretContested"));
        IntStream.range(0, options.clients()).forEach(this::removeBlockers);
        deleteLeftBehindSecrets();
        if (contested) {
            // The operator remembers a contested Secret for ten minutes, until it restarts.
            operators.restart();
            operators.stopFaults();
        }
        requestReconciles(object -> true);
    }

    private void removeBlockers(int slot) {
        JsonNode object = world.object(slot);
        if (object == null || World.isBeingDeleted(object)) {
            return;
        }
        if (Oracle.isPaused(object)) {
            world.annotate(slot, "paused", null);
        }
        if (Settings.set(object.path("spec").path("writeAttributes")).contains(Manifest.UNKNOWN_ATTRIBUTE)) {
            world.patch(slot, "{\"spec\":{\"writeAttributes\":null}}");
        }
        String clientId = object.path("status").path("clientId").asText();
        if (Ledger.observes(object.path("spec"))) {
            world.patch(slot, "{\"spec\":{\"mode\":\"Manage\"}}");
            world.ledger.changedLegacies.add(clientId);
        }
        String adopted = Ledger.adopts(object.path("spec"));
        if (!adopted.isEmpty() && !world.snapshot().has(world.poolId(slot), adopted)) {
            // The operator never replaces an adopted client, so the object cannot become Ready any more.
            world.delete(slot);
        } else if (world.ledger.lostClients.contains(clientId)) {
            String poolId = world.poolId(slot);
            if (world.snapshot().has(poolId, clientId)) {
                Object name = Settings.wanted(object, world.simulator.client(poolId, clientId))
                        .get("ClientName");
                world.simulator.changeClient(poolId, clientId, Map.of("ClientName", name));
            } else {
                world.ledger.histories.get(World.uid(object)).recreated++;
                world.annotate(slot, "recreate", clientId);
            }
        }
    }

    /** Follows the page on conditions, under RestoredObject. */
    private void deleteLeftBehindSecrets() {
        Snapshot state = world.snapshot();
        Set<String> present = state.objects().stream().map(World::uid).collect(Collectors.toCollection(HashSet::new));
        state.secrets().stream()
                .filter(secret ->
                        world.ledger.histories.keySet().stream().anyMatch(uid -> Oracle.isMarked(secret, uid)))
                .filter(secret -> present.stream().noneMatch(uid -> Oracle.isMarked(secret, uid)))
                .forEach(secret -> world.admin.resource(secret).delete());
    }

    /** Every object is Ready, and the operator makes no more calls. */
    List<Finding> judgeWithoutBlockers() {
        List<Finding> findings = awaitNone(
                () -> {
                    Snapshot state = world.snapshot();
                    return Stream.concat(
                                    Oracle.judge(state).stream(),
                                    state.objects().stream()
                                            .filter(object -> !Oracle.isReady(object))
                                            .map(object -> new Finding(
                                                    object.path("metadata")
                                                                    .path("namespace")
                                                                    .asText() + "/"
                                                            + object.path("metadata")
                                                                    .path("name")
                                                                    .asText(),
                                                    "not Ready without any blocker: "
                                                            + Oracle.condition(object, "Ready"))))
                            .toList();
                },
                patience());
        return findings.isEmpty() ? awaitNone(this::callsDuringQuiet, patience()) : findings;
    }

    private List<Finding> callsDuringQuiet() {
        long mark = lastCall();
        operators.now().forgetCalls();
        try (FlapWatch flaps = new FlapWatch(world.admin)) {
            during(options.quiet());
            List<Finding> findings = new ArrayList<>(flaps.flaps());
            world.simulator.journal().since(mark).stream()
                    .map(entry -> new Finding(
                            String.valueOf(entry.clientId()),
                            "a call although every object is Ready: " + describe(entry)))
                    .forEach(findings::add);
            operators.now().history().stream()
                    .map(call -> new Finding("the operator", "a call although every object is Ready: " + call))
                    .forEach(findings::add);
            return findings;
        }
    }

    private long lastCall() {
        List<JournalEntry> entries = world.simulator.journal().entries();
        return entries.isEmpty() ? 0 : entries.getLast().seq();
    }

    /** No object got more clients than one, plus one for each requested recreate. */
    List<Finding> creates(Map<String, Integer> committed) {
        return world.ledger.histories.entrySet().stream()
                .filter(history ->
                        committed.getOrDefault(Snapshot.suffix(history.getKey()), 0) > 1 + history.getValue().recreated)
                .map(history -> new Finding(
                        history.getValue().where,
                        "created " + committed.get(Snapshot.suffix(history.getKey())) + " times, with "
                                + history.getValue().recreated + " requested recreates"))
                .toList();
    }

    private void requestReconciles(Predicate<JsonNode> which) {
        asked++;
        for (int slot = 0; slot < options.clients(); slot++) {
            JsonNode object = world.object(slot);
            if (object != null && !World.isBeingDeleted(object) && which.test(object)) {
                world.annotate(slot, "reconcile-requested-at", "final request " + asked);
            }
        }
    }

    private Duration patience() {
        return options.unaided() ? UNAIDED : AIDED;
    }

    private static String describe(JournalEntry entry) {
        return entry.operation() + " " + entry.outcome();
    }

    private static void during(Duration time) {
        Awaitility.await().pollDelay(time).atMost(time.plusSeconds(60)).until(() -> true);
    }

    /** Repeats the judgement until it has no findings. Returns the last findings after the timeout. */
    private static List<Finding> awaitNone(Supplier<List<Finding>> judge, Duration patience) {
        List<List<Finding>> last = new ArrayList<>();
        try {
            Awaitility.await()
                    .atMost(patience)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(500))
                    .until(() -> {
                        last.add(judge.get());
                        return last.getLast().isEmpty();
                    });
            return List.of();
        } catch (ConditionTimeoutException late) {
            return last.getLast();
        }
    }
}
