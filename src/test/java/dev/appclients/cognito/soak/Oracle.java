package dev.appclients.cognito.soak;

import com.fasterxml.jackson.databind.JsonNode;
import dev.appclients.cognito.simulator.AppClient;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Checks the documented promises of the operator, without knowledge of its implementation: an object is as its manifest says and
 * Ready, or a blocker exists and the condition names it.
 */
final class Oracle {

    private static final String DOMAIN = "cognito.appclients.dev/";

    /** After this many changes of a Secret by other writers, the operator may stop restoring it. */
    private static final int CONTESTED = 3;

    /** The reasons that may be reported if Cognito lacks or refuses a value of the manifest. */
    private static final Set<String> REFUSED = Set.of("DependencyMissing", "InvalidSettings");

    private final Snapshot state;
    private final List<Finding> findings = new ArrayList<>();

    private Oracle(Snapshot state) {
        this.state = state;
    }

    static List<Finding> judge(Snapshot state) {
        Oracle judge = new Oracle(state);
        state.objects().forEach(judge::object);
        judge.deletedObjects();
        judge.foreignObjects();
        return List.copyOf(judge.findings);
    }

    /** Whether the object reports that it is as its manifest says. */
    static boolean isReady(JsonNode object) {
        return condition(object, "Ready").path("status").asText().equals("True");
    }

    static boolean isPaused(JsonNode object) {
        return object.path("metadata")
                .path("annotations")
                .path(DOMAIN + "paused")
                .asText()
                .equals("true");
    }

    static String secretName(JsonNode object) {
        return object.path("spec")
                .path("secret")
                .path("name")
                .asText(object.path("metadata").path("name").asText());
    }

    static boolean isMarked(Secret secret, String uid) {
        Map<String, String> labels = secret.getMetadata().getLabels();
        return labels != null && uid.equals(labels.get(DOMAIN + "client-uid"));
    }

    static JsonNode condition(JsonNode object, String type) {
        for (JsonNode condition : object.path("status").path("conditions")) {
            if (condition.path("type").asText().equals(type)) {
                return condition;
            }
        }
        return object.path("nothing");
    }

    private void object(JsonNode object) {
        String uid = World.uid(object);
        Ledger.History history = state.ledger().histories.get(uid);
        if (history == null) {
            return;
        }
        List<AppClient> own = state.clientsOf(history.poolId, uid).toList();
        if (own.size() > 1) {
            find(history, "has " + own.size() + " clients: " + ids(own));
        }
        if (World.isBeingDeleted(object)) {
            deleting(object, history);
            return;
        }
        Set<String> blocks = blocks(object, history);
        if (!blocks.isEmpty()) {
            expectNotReady(object, history, blocks);
            return;
        }
        AppClient known = known(object, history);
        Set<String> blockers = blockers(object, history, known);
        if (blockers.isEmpty()) {
            expectReady(object, history, own, known);
        } else {
            expectNotReady(object, history, blockers);
        }
    }

    private @Nullable AppClient known(JsonNode object, Ledger.History history) {
        String id = object.path("status").path("clientId").asText();
        return state.clients().get(history.poolId).stream()
                .filter(client -> client.clientId().equals(id))
                .findFirst()
                .orElse(null);
    }

    /** The reasons for which the operator must not work on the object. */
    private Set<String> blocks(JsonNode object, Ledger.History history) {
        Set<String> blocks = new TreeSet<>();
        if (isPaused(object)) {
            blocks.add("Paused");
        }
        JsonNode pool = state.pools().get(World.poolName(history.poolId));
        if (pool == null) {
            blocks.add("PoolMissing");
        } else if (World.isBeingDeleted(pool)) {
            blocks.add("PoolTerminating");
        } else {
            JsonNode allowed = pool.path("spec").path("namespaces");
            boolean named = Settings.set(allowed.path("names"))
                    .contains(object.path("metadata").path("namespace").asText());
            if (!allowed.path("from").asText().equals("All") && !named) {
                blocks.add("NamespaceNotAllowed");
            }
            if (!mayAdopt(object, pool)) {
                blocks.add("AdoptionNotAllowed");
            }
        }
        return blocks;
    }

    private static boolean mayAdopt(JsonNode object, JsonNode pool) {
        JsonNode spec = object.path("spec");
        String adopts = Ledger.adopts(spec);
        if (adopts.isEmpty()) {
            return true;
        }
        for (JsonNode entry : pool.path("spec").path("adoption")) {
            if (entry.path("clientId").asText().equals(adopts)) {
                return Settings.set(entry.path("modes")).contains(Ledger.observes(spec) ? "Observe" : "Manage");
            }
        }
        return false;
    }

    /** The reasons for which the object cannot be as its manifest says. */
    private Set<String> blockers(JsonNode object, Ledger.History history, @Nullable AppClient known) {
        Set<String> blockers = new TreeSet<>();
        String uid = World.uid(object);
        String id = object.path("status").path("clientId").asText();
        JsonNode spec = object.path("spec");
        boolean adopts = !Ledger.adopts(spec).isEmpty();
        if (id.isEmpty() && adopts && !state.has(history.poolId, Ledger.adopts(spec))) {
            blockers.add("NothingToAdopt");
        }
        if (id.isEmpty() && !adopts && Ledger.observes(spec)) {
            blockers.add("NothingToObserve");
        }
        if (!id.isEmpty() && known == null) {
            String recreate = object.path("metadata")
                    .path("annotations")
                    .path(DOMAIN + "recreate")
                    .asText();
            if (adopts || Ledger.observes(spec) || !id.equals(recreate)) {
                blockers.add("ClientLost");
            }
        }
        if (known != null && !adopts && !known.name().endsWith(Snapshot.suffix(uid))) {
            blockers.add("NotOurs");
        }
        Secret secret = secret(object);
        if (secret != null && !isMarked(secret, uid)) {
            blockers.add(isMarkedAtAll(secret) ? "RestoredObject" : "SecretConflict");
        }
        boolean equal = known != null
                && Settings.differences(Settings.wanted(object, known), Settings.found(known))
                        .isEmpty();
        if (!equal && !Ledger.observes(spec) && asksForMissingDependency(object, history)) {
            blockers.addAll(REFUSED);
        }
        return blockers;
    }

    private boolean asksForMissingDependency(JsonNode object, Ledger.History history) {
        JsonNode spec = object.path("spec");
        Set<String> missing = state.missing().getOrDefault(history.poolId, Set.of());
        Set<String> named = new HashSet<>(Settings.set(spec.path("allowedOAuthScopes")));
        named.addAll(Settings.set(spec.path("supportedIdentityProviders")));
        return missing.stream().anyMatch(named::contains)
                || Settings.set(spec.path("writeAttributes")).contains(Manifest.UNKNOWN_ATTRIBUTE);
    }

    private void expectNotReady(JsonNode object, Ledger.History history, Set<String> reasons) {
        JsonNode ready = condition(object, "Ready");
        Set<String> possible = new TreeSet<>(reasons);
        if (history.secretChanges >= CONTESTED) {
            possible.add("SecretContested");
        }
        if (!ready.path("status").asText().equals("False")
                || !possible.contains(ready.path("reason").asText())) {
            find(history, "Ready must be False for " + reasons + ", but " + describe(ready));
        }
        expectCurrent(object, history, ready);
    }

    private void expectReady(JsonNode object, Ledger.History history, List<AppClient> own, @Nullable AppClient known) {
        JsonNode ready = condition(object, "Ready");
        if (history.secretChanges >= CONTESTED && ready.path("reason").asText().equals("SecretContested")) {
            return;
        }
        if (!isReady(object)) {
            find(history, "nothing prevents Ready, but " + describe(ready));
        }
        expectCurrent(object, history, ready);
        String asked = object.path("metadata")
                .path("annotations")
                .path(DOMAIN + "reconcile-requested-at")
                .asText();
        if (!asked.isEmpty()
                && !asked.equals(
                        object.path("status").path("lastHandledReconcileAt").asText())) {
            find(history, "a requested reconcile was not handled");
        }
        if (object.path("status").hasNonNull("pendingCreate")) {
            find(history, "pendingCreate is still set");
        }
        for (String type : List.of("Reconciling", "Stalled")) {
            if (condition(object, type).path("status").asText().equals("True")) {
                find(history, "nothing prevents Ready, but " + type + " is True");
            }
        }
        if (known == null) {
            find(history, "the status has no client, but Cognito has " + ids(own));
            return;
        }
        List<String> differences = Settings.differences(Settings.wanted(object, known), Settings.found(known));
        boolean reportsDrift =
                condition(object, "Drifted").path("status").asText().equals("True");
        boolean observes = Ledger.observes(object.path("spec"));
        if (!differences.isEmpty() && !(observes && reportsDrift)) {
            find(history, "the client differs" + (observes ? ", but Drifted is not True: " : ": ") + differences);
        }
        if (reportsDrift && !(observes && !differences.isEmpty())) {
            find(history, "Drifted is True, but nothing differs");
        }
        String wrong = PublishedSecret.wrong(object, known, secret(object));
        if (wrong != null) {
            find(history, wrong);
        }
        formerSecrets(object, history);
    }

    private void expectCurrent(JsonNode object, Ledger.History history, JsonNode ready) {
        long generation = object.path("metadata").path("generation").asLong();
        long seen = ready.path("observedGeneration").asLong(-1);
        if (seen != generation) {
            find(history, "Ready has generation " + seen + ", but the manifest has " + generation);
        }
    }

    private void formerSecrets(JsonNode object, Ledger.History history) {
        state.secrets().stream()
                .filter(secret -> isMarked(secret, World.uid(object)))
                .filter(secret -> !secret.getMetadata().getName().equals(secretName(object)))
                .filter(secret -> !history.secretEverRetained)
                .forEach(secret -> find(
                        history,
                        "a Secret with a former name still exists: "
                                + secret.getMetadata().getName()));
    }

    /** An object must be deleted, unless its ClusterUserPool is missing or does not permit the deletion. */
    private void deleting(JsonNode object, Ledger.History history) {
        JsonNode ready = condition(object, "Ready");
        JsonNode pool = state.pools().get(World.poolName(history.poolId));
        if (pool != null
                && !mayAdopt(object, pool)
                && ready.path("reason").asText().equals("AdoptionNotAllowed")) {
            return;
        }
        if (pool != null) {
            find(history, "nothing prevents its deletion, but it still exists and " + describe(ready));
        } else if (!ready.path("reason").asText().equals("PoolMissing")) {
            find(history, "it cannot be deleted without its ClusterUserPool, but " + describe(ready));
        }
    }

    private void deletedObjects() {
        Set<String> present = state.objects().stream().map(World::uid).collect(Collectors.toSet());
        state.ledger().histories.forEach((uid, history) -> {
            if (present.contains(uid)) {
                return;
            }
            if (!history.retain && !history.policyChangedLate) {
                List<AppClient> left = state.clientsOf(history.poolId, uid).toList();
                if (!left.isEmpty()) {
                    find(history, "the object is deleted, but its client still exists: " + names(left));
                }
            }
            state.secrets().stream()
                    .filter(secret -> isMarked(secret, uid) && !history.secretEverRetained)
                    .forEach(secret -> find(
                            history,
                            "the object is deleted, but its Secret still exists: "
                                    + secret.getMetadata().getName()));
        });
        state.ledger().mustBeDeleted.forEach((clientId, uid) -> {
            Ledger.History history = state.ledger().histories.get(uid);
            boolean asked = !history.retain && !history.policyChangedLate && !present.contains(uid);
            if (asked && state.has(history.poolId, clientId)) {
                find(history, "the object is deleted with Delete, but its adopted client still exists: " + clientId);
            }
        });
        state.ledger().mustExist.forEach((clientId, poolId) -> {
            if (!state.has(poolId, clientId) && !state.ledger().lostClients.contains(clientId)) {
                findings.add(
                        new Finding(clientId, "the object was deleted with Retain, but the client does not exist"));
            }
        });
    }

    /** Foreign clients and Secrets are unchanged, and no orphan exists. */
    private void foreignObjects() {
        Set<String> suffixes =
                state.ledger().histories.keySet().stream().map(Snapshot::suffix).collect(Collectors.toSet());
        state.clients()
                .forEach((poolId, clients) -> clients.forEach(client -> {
                    AppClient foreign = state.ledger().foreignClients.get(client.clientId());
                    boolean known = suffixes.stream().anyMatch(client.name()::endsWith);
                    if (foreign != null && !foreign.equals(client)) {
                        findings.add(new Finding(client.clientId(), "the foreign client was changed"));
                    } else if (foreign == null
                            && !state.ledger().legacies.containsKey(client.clientId())
                            && !known
                            && !state.ledger().lostClients.contains(client.clientId())) {
                        findings.add(new Finding(client.clientId(), "orphaned client: " + client.name()));
                    }
                }));
        state.ledger().foreignClients.forEach((id, foreign) -> {
            if (!state.has(foreign.poolId(), id)) {
                findings.add(new Finding(id, "the foreign client was deleted"));
            }
        });
        state.ledger().legacies.forEach((id, legacy) -> {
            if (!state.ledger().changedLegacies.contains(id)
                    && !state.clients().get(legacy.poolId()).contains(legacy)) {
                findings.add(new Finding(id, "the observed client was changed"));
            }
        });
        state.ledger().foreignSecrets.forEach((where, foreignSecret) -> {
            boolean same = state.secrets().stream()
                    .filter(secret -> (secret.getMetadata().getNamespace() + "/"
                                    + secret.getMetadata().getName())
                            .equals(where))
                    .anyMatch(secret -> Objects.equals(secret.getData(), foreignSecret.getData())
                            && secret.getMetadata()
                                    .getUid()
                                    .equals(foreignSecret.getMetadata().getUid()));
            if (!same) {
                findings.add(new Finding(where, "the foreign Secret was changed"));
            }
        });
    }

    private @Nullable Secret secret(JsonNode object) {
        String namespace = object.path("metadata").path("namespace").asText();
        return state.secrets().stream()
                .filter(secret -> secret.getMetadata().getNamespace().equals(namespace)
                        && secret.getMetadata().getName().equals(secretName(object)))
                .findFirst()
                .orElse(null);
    }

    private static boolean isMarkedAtAll(Secret secret) {
        Map<String, String> labels = secret.getMetadata().getLabels();
        return labels != null && labels.containsKey(DOMAIN + "client-uid");
    }

    private static String describe(JsonNode ready) {
        return "it is " + ready.path("status").asText("absent") + ", "
                + ready.path("reason").asText() + ": " + ready.path("message").asText();
    }

    /** The clients with their names, ids and creation times. */
    private static String names(List<AppClient> clients) {
        return clients.stream()
                .map(client -> client.name() + " (" + client.clientId() + ", created at " + client.created() + ")")
                .collect(Collectors.joining(", "));
    }

    private static String ids(List<AppClient> clients) {
        return clients.stream().map(AppClient::clientId).collect(Collectors.joining(", ", "[", "]"));
    }

    private void find(Ledger.History history, String sentence) {
        findings.add(new Finding(history.where, sentence));
    }
}
