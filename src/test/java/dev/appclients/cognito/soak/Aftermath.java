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

/** What comes after the faults: the operator is given time, and then judged; first with what is in the way, then without. */
final class Aftermath {

    /** What waits for somebody looks again within five minutes. */
    private static final Duration UNAIDED = Duration.ofMinutes(7);

    private static final Duration AIDED = Duration.ofSeconds(60);

    private final World world;
    private final Lives lives;
    private final Performer performer;
    private final SoakOptions options;
    private int asked;

    Aftermath(World world, Lives lives, Performer performer, SoakOptions options) {
        this.world = world;
        this.lives = lives;
        this.performer = performer;
        this.options = options;
    }

    /** No faults any more, on either side. What was denied, taken away or is in the way stays so. */
    void calm() {
        world.simulator.faults().clear();
        world.simulator.access().withoutPolicies();
        world.simulator.switches().set(Switch.LIST_LAGS, false);
        lives.calm();
        askForLooks(object -> !options.unaided() || world.ledger.drifted.contains(World.uid(object)));
    }

    /** Everything is Ready or says why, and stays so. */
    List<Finding> judgeAsItIs() {
        List<Finding> findings = awaitNone(() -> Judge.judge(world.snapshot()), patience());
        if (!findings.isEmpty()) {
            return findings;
        }
        Set<String> ready = readyClients();
        long mark = lastCall();
        try (FlapWatch flaps = new FlapWatch(world.admin)) {
            during(options.quiet());
            findings = new ArrayList<>(flaps.flaps());
        }
        world.simulator.journal().since(mark).stream()
                .filter(entry -> ready.contains(String.valueOf(entry.clientId())))
                .map(entry -> new Finding(String.valueOf(entry.clientId()), "it is Ready, and still: " + said(entry)))
                .forEach(findings::add);
        findings.addAll(Judge.judge(world.snapshot()));
        return findings;
    }

    private Set<String> readyClients() {
        return world.snapshot().objects().stream()
                .filter(Judge::isReady)
                .map(object -> object.path("status").path("clientId").asText())
                .collect(Collectors.toSet());
    }

    /** Does what the messages tell people to do, until nothing is in anybody's way. */
    void mend() {
        for (String poolId : World.POOL_IDS) {
            var pool = world.clusterPool(poolId);
            if (pool != null && pool.isMarkedForDeletion()) {
                world.removePoolByForce(poolId);
            }
            world.permitAll(poolId);
            world.allowAll(poolId);
            world.bringBackDependencies(poolId);
        }
        IntStream.range(0, options.clients()).forEach(performer::endSquat);
        boolean contested = world.snapshot().objects().stream()
                .anyMatch(object ->
                        Judge.condition(object, "Ready").path("reason").asText().equals("SecretContested"));
        IntStream.range(0, options.clients()).forEach(this::mend);
        deleteLeftBehindSecrets();
        if (contested) {
            // The operator remembers for ten minutes that it was fought; a new life does not.
            lives.restart();
            lives.calm();
        }
        askForLooks(object -> true);
    }

    private void mend(int slot) {
        JsonNode object = world.object(slot);
        if (object == null || World.isGoing(object)) {
            return;
        }
        if (Judge.isPaused(object)) {
            world.annotate(slot, "paused", null);
        }
        if (Settings.set(object.path("spec").path("writeAttributes")).contains(Manifest.UNKNOWN_ATTRIBUTE)) {
            world.patch(slot, "{\"spec\":{\"writeAttributes\":null}}");
        }
        String clientId = object.path("status").path("clientId").asText();
        if (Ledger.observes(object.path("spec"))) {
            world.patch(slot, "{\"spec\":{\"mode\":\"Manage\"}}");
            world.ledger.touchedLegacies.add(clientId);
        }
        String adopted = Ledger.adopts(object.path("spec"));
        if (!adopted.isEmpty() && !world.snapshot().has(world.poolId(slot), adopted)) {
            // What was adopted is never replaced: the object is of no use any more.
            world.delete(slot);
        } else if (world.ledger.takenAway.contains(clientId)) {
            String poolId = world.poolId(slot);
            if (world.snapshot().has(poolId, clientId)) {
                Object name = Settings.wanted(object, world.simulator.client(poolId, clientId))
                        .get("ClientName");
                world.simulator.changeClient(poolId, clientId, Map.of("ClientName", name));
            } else {
                world.ledger.pasts.get(World.uid(object)).recreated++;
                world.annotate(slot, "recreate", clientId);
            }
        }
    }

    /** As the page on conditions says under RestoredObject. */
    private void deleteLeftBehindSecrets() {
        Snapshot there = world.snapshot();
        Set<String> present = there.objects().stream().map(World::uid).collect(Collectors.toCollection(HashSet::new));
        there.secrets().stream()
                .filter(secret -> world.ledger.pasts.keySet().stream().anyMatch(uid -> Judge.isMarked(secret, uid)))
                .filter(secret -> present.stream().noneMatch(uid -> Judge.isMarked(secret, uid)))
                .forEach(secret -> world.admin.resource(secret).delete());
    }

    /** Everything is Ready, and nobody says anything any more. */
    List<Finding> judgeMended() {
        List<Finding> findings = awaitNone(
                () -> {
                    Snapshot there = world.snapshot();
                    return Stream.concat(
                                    Judge.judge(there).stream(),
                                    there.objects().stream()
                                            .filter(object -> !Judge.isReady(object))
                                            .map(object -> new Finding(
                                                    object.path("metadata")
                                                                    .path("namespace")
                                                                    .asText() + "/"
                                                            + object.path("metadata")
                                                                    .path("name")
                                                                    .asText(),
                                                    "all was mended, and it is not Ready: "
                                                            + Judge.condition(object, "Ready"))))
                            .toList();
                },
                patience());
        return findings.isEmpty() ? awaitNone(this::callsDuringQuiet, patience()) : findings;
    }

    private List<Finding> callsDuringQuiet() {
        long mark = lastCall();
        lives.now().forgetCalls();
        try (FlapWatch flaps = new FlapWatch(world.admin)) {
            during(options.quiet());
            List<Finding> findings = new ArrayList<>(flaps.flaps());
            world.simulator.journal().since(mark).stream()
                    .map(entry -> new Finding(
                            String.valueOf(entry.clientId()), "everything is Ready, and still: " + said(entry)))
                    .forEach(findings::add);
            lives.now().history().stream()
                    .map(call -> new Finding("the operator", "everything is Ready, and still: " + call))
                    .forEach(findings::add);
            return findings;
        }
    }

    private long lastCall() {
        List<JournalEntry> entries = world.simulator.journal().entries();
        return entries.isEmpty() ? 0 : entries.getLast().seq();
    }

    /** No object ever got more clients than people allowed. */
    List<Finding> creates(Map<String, Integer> committed) {
        return world.ledger.pasts.entrySet().stream()
                .filter(past ->
                        committed.getOrDefault(Snapshot.suffix(past.getKey()), 0) > 1 + past.getValue().recreated)
                .map(past -> new Finding(
                        past.getValue().where,
                        "it was created " + committed.get(Snapshot.suffix(past.getKey())) + " times, and "
                                + past.getValue().recreated + " times that was allowed"))
                .toList();
    }

    private void askForLooks(Predicate<JsonNode> which) {
        asked++;
        for (int slot = 0; slot < options.clients(); slot++) {
            JsonNode object = world.object(slot);
            if (object != null && !World.isGoing(object) && which.test(object)) {
                world.annotate(slot, "reconcile-requested-at", "in the end " + asked);
            }
        }
    }

    private Duration patience() {
        return options.unaided() ? UNAIDED : AIDED;
    }

    private static String said(JournalEntry entry) {
        return entry.operation() + " " + entry.outcome();
    }

    private static void during(Duration time) {
        Awaitility.await().pollDelay(time).atMost(time.plusSeconds(60)).until(() -> true);
    }

    /** Asks until there is nothing to be found; what was found last when the patience is over. */
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
