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
 * Says what is not as it must be. It knows what the pages for users promise, and nothing of how the operator does it: an object is as
 * its manifest says and Ready, or something is in the way and the condition names that very thing.
 */
final class Judge {

    private static final String DOMAIN = "cognito.appclients.dev/";

    /** After so many changes of a Secret by others the operator may stop fighting. */
    private static final int CONTESTED = 3;

    /** What may be said where Cognito lacks, or refuses, something that the manifest names. */
    private static final Set<String> REFUSED = Set.of("DependencyMissing", "InvalidSettings");

    private final Snapshot there;
    private final List<Finding> findings = new ArrayList<>();

    private Judge(Snapshot there) {
        this.there = there;
    }

    static List<Finding> judge(Snapshot there) {
        Judge judge = new Judge(there);
        there.objects().forEach(judge::object);
        judge.whatIsGone();
        judge.strangers();
        return List.copyOf(judge.findings);
    }

    /** Whether nothing keeps the object from being as its manifest says, and it says so. */
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
        Ledger.Past past = there.ledger().pasts.get(uid);
        if (past == null) {
            return;
        }
        List<AppClient> own = there.clientsOf(past.poolId, uid).toList();
        if (own.size() > 1) {
            find(past, "it has " + own.size() + " clients: " + ids(own));
        }
        if (World.isGoing(object)) {
            going(object, past);
            return;
        }
        Set<String> blocks = blocks(object, past);
        if (!blocks.isEmpty()) {
            expectNotReady(object, past, blocks);
            return;
        }
        AppClient known = known(object, past);
        Set<String> obstacles = obstacles(object, past, known);
        if (obstacles.isEmpty()) {
            expectReady(object, past, own, known);
        } else {
            expectNotReady(object, past, obstacles);
        }
    }

    private @Nullable AppClient known(JsonNode object, Ledger.Past past) {
        String id = object.path("status").path("clientId").asText();
        return there.clients().get(past.poolId).stream()
                .filter(client -> client.clientId().equals(id))
                .findFirst()
                .orElse(null);
    }

    /** What keeps the operator from working on the object at all. */
    private Set<String> blocks(JsonNode object, Ledger.Past past) {
        Set<String> blocks = new TreeSet<>();
        if (isPaused(object)) {
            blocks.add("Paused");
        }
        JsonNode pool = there.pools().get(World.poolName(past.poolId));
        if (pool == null) {
            blocks.add("PoolMissing");
        } else if (World.isGoing(pool)) {
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

    /** What keeps the object from being as its manifest says. */
    private Set<String> obstacles(JsonNode object, Ledger.Past past, @Nullable AppClient known) {
        Set<String> obstacles = new TreeSet<>();
        String uid = World.uid(object);
        String id = object.path("status").path("clientId").asText();
        JsonNode spec = object.path("spec");
        boolean adopts = !Ledger.adopts(spec).isEmpty();
        if (id.isEmpty() && adopts && !there.has(past.poolId, Ledger.adopts(spec))) {
            obstacles.add("NothingToAdopt");
        }
        if (id.isEmpty() && !adopts && Ledger.observes(spec)) {
            obstacles.add("NothingToObserve");
        }
        if (!id.isEmpty() && known == null) {
            String recreate = object.path("metadata")
                    .path("annotations")
                    .path(DOMAIN + "recreate")
                    .asText();
            if (adopts || Ledger.observes(spec) || !id.equals(recreate)) {
                obstacles.add("ClientLost");
            }
        }
        if (known != null && !adopts && !known.name().endsWith(Snapshot.suffix(uid))) {
            obstacles.add("NotOurs");
        }
        Secret secret = secret(object);
        if (secret != null && !isMarked(secret, uid)) {
            obstacles.add(isMarkedAtAll(secret) ? "RestoredObject" : "SecretConflict");
        }
        boolean equal = known != null
                && Settings.differences(Settings.wanted(object, known), Settings.found(known))
                        .isEmpty();
        if (!equal && !Ledger.observes(spec) && asksForTheImpossible(object, past)) {
            obstacles.addAll(REFUSED);
        }
        return obstacles;
    }

    private boolean asksForTheImpossible(JsonNode object, Ledger.Past past) {
        JsonNode spec = object.path("spec");
        Set<String> missing = there.missing().getOrDefault(past.poolId, Set.of());
        Set<String> named = new HashSet<>(Settings.set(spec.path("allowedOAuthScopes")));
        named.addAll(Settings.set(spec.path("supportedIdentityProviders")));
        return missing.stream().anyMatch(named::contains)
                || Settings.set(spec.path("writeAttributes")).contains(Manifest.UNKNOWN_ATTRIBUTE);
    }

    private void expectNotReady(JsonNode object, Ledger.Past past, Set<String> reasons) {
        JsonNode ready = condition(object, "Ready");
        Set<String> possible = new TreeSet<>(reasons);
        if (past.tampered >= CONTESTED) {
            possible.add("SecretContested");
        }
        if (!ready.path("status").asText().equals("False")
                || !possible.contains(ready.path("reason").asText())) {
            find(past, "Ready must be False for " + reasons + ", but " + said(ready));
        }
        expectCurrent(object, past, ready);
    }

    private void expectReady(JsonNode object, Ledger.Past past, List<AppClient> own, @Nullable AppClient known) {
        JsonNode ready = condition(object, "Ready");
        if (past.tampered >= CONTESTED && ready.path("reason").asText().equals("SecretContested")) {
            return;
        }
        if (!isReady(object)) {
            find(past, "nothing is in the way, but " + said(ready));
        }
        expectCurrent(object, past, ready);
        String asked = object.path("metadata")
                .path("annotations")
                .path(DOMAIN + "reconcile-requested-at")
                .asText();
        if (!asked.isEmpty()
                && !asked.equals(
                        object.path("status").path("lastHandledReconcileAt").asText())) {
            find(past, "it was asked for a look, and has not had it");
        }
        if (object.path("status").hasNonNull("pendingCreate")) {
            find(past, "the intent of a create stands");
        }
        for (String type : List.of("Reconciling", "Stalled")) {
            if (condition(object, type).path("status").asText().equals("True")) {
                find(past, "nothing is in the way, but " + type + " is True");
            }
        }
        if (known == null) {
            find(past, "its status has no client, and in Cognito it has " + ids(own));
            return;
        }
        List<String> differences = Settings.differences(Settings.wanted(object, known), Settings.found(known));
        boolean tells = condition(object, "Drifted").path("status").asText().equals("True");
        boolean observes = Ledger.observes(object.path("spec"));
        if (!differences.isEmpty() && !(observes && tells)) {
            find(past, "its client differs" + (observes ? ", and Drifted is not True: " : ": ") + differences);
        }
        if (tells && !(observes && !differences.isEmpty())) {
            find(past, "Drifted is True, and nothing differs");
        }
        String wrong = PublishedSecret.wrong(object, known, secret(object));
        if (wrong != null) {
            find(past, wrong);
        }
        formerSecrets(object, past);
    }

    private void expectCurrent(JsonNode object, Ledger.Past past, JsonNode ready) {
        long generation = object.path("metadata").path("generation").asLong();
        long seen = ready.path("observedGeneration").asLong(-1);
        if (seen != generation) {
            find(past, "Ready speaks of generation " + seen + ", and the manifest is at " + generation);
        }
    }

    private void formerSecrets(JsonNode object, Ledger.Past past) {
        there.secrets().stream()
                .filter(secret -> isMarked(secret, World.uid(object)))
                .filter(secret -> !secret.getMetadata().getName().equals(secretName(object)))
                .filter(secret -> !past.secretEverRetained)
                .forEach(secret -> find(
                        past,
                        "a Secret under a former name is still there: "
                                + secret.getMetadata().getName()));
    }

    /** An object goes, unless it cannot: only the ClusterUserPool says how its client is reached. */
    private void going(JsonNode object, Ledger.Past past) {
        JsonNode ready = condition(object, "Ready");
        JsonNode pool = there.pools().get(World.poolName(past.poolId));
        if (pool != null
                && !mayAdopt(object, pool)
                && ready.path("reason").asText().equals("AdoptionNotAllowed")) {
            return;
        }
        if (pool != null) {
            find(past, "nothing keeps it from going, but it is still there, and " + said(ready));
        } else if (!ready.path("reason").asText().equals("PoolMissing")) {
            find(past, "it cannot go without its ClusterUserPool, but " + said(ready));
        }
    }

    private void whatIsGone() {
        Set<String> present = there.objects().stream().map(World::uid).collect(Collectors.toSet());
        there.ledger().pasts.forEach((uid, past) -> {
            if (present.contains(uid)) {
                return;
            }
            if (!past.retain && !past.changedItsMind) {
                List<AppClient> left = there.clientsOf(past.poolId, uid).toList();
                if (!left.isEmpty()) {
                    find(past, "it is gone, and its client is still there: " + names(left));
                }
            }
            there.secrets().stream()
                    .filter(secret -> isMarked(secret, uid) && !past.secretEverRetained)
                    .forEach(secret -> find(
                            past,
                            "it is gone, and its Secret is still there: "
                                    + secret.getMetadata().getName()));
        });
        there.ledger().toBeGone.forEach((clientId, uid) -> {
            Ledger.Past past = there.ledger().pasts.get(uid);
            boolean asked = !past.retain && !past.changedItsMind && !present.contains(uid);
            if (asked && there.has(past.poolId, clientId)) {
                find(past, "it is gone with Delete, and the client that it had adopted is still there: " + clientId);
            }
        });
        there.ledger().toBeKept.forEach((clientId, poolId) -> {
            if (!there.has(poolId, clientId) && !there.ledger().takenAway.contains(clientId)) {
                findings.add(new Finding(clientId, "its object went with Retain, and it is not there any more"));
            }
        });
    }

    /** What belongs to others is as it was; and what belongs to nobody is not there. */
    private void strangers() {
        Set<String> suffixes =
                there.ledger().pasts.keySet().stream().map(Snapshot::suffix).collect(Collectors.toSet());
        there.clients()
                .forEach((poolId, clients) -> clients.forEach(client -> {
                    AppClient stranger = there.ledger().strangers.get(client.clientId());
                    boolean known = suffixes.stream().anyMatch(client.name()::endsWith);
                    if (stranger != null && !stranger.equals(client)) {
                        findings.add(new Finding(client.clientId(), "it is somebody else's, and was changed"));
                    } else if (stranger == null
                            && !there.ledger().legacies.containsKey(client.clientId())
                            && !known
                            && !there.ledger().takenAway.contains(client.clientId())) {
                        findings.add(new Finding(client.clientId(), "it belongs to nobody: " + client.name()));
                    }
                }));
        there.ledger().strangers.forEach((id, stranger) -> {
            if (!there.has(stranger.poolId(), id)) {
                findings.add(new Finding(id, "it is somebody else's, and is gone"));
            }
        });
        there.ledger().legacies.forEach((id, legacy) -> {
            if (!there.ledger().touchedLegacies.contains(id)
                    && !there.clients().get(legacy.poolId()).contains(legacy)) {
                findings.add(new Finding(id, "it was only to be observed, and was changed"));
            }
        });
        there.ledger().squats.forEach((where, squat) -> {
            boolean same = there.secrets().stream()
                    .filter(secret -> (secret.getMetadata().getNamespace() + "/"
                                    + secret.getMetadata().getName())
                            .equals(where))
                    .anyMatch(secret -> Objects.equals(secret.getData(), squat.getData())
                            && secret.getMetadata()
                                    .getUid()
                                    .equals(squat.getMetadata().getUid()));
            if (!same) {
                findings.add(new Finding(where, "the Secret is somebody else's, and was touched"));
            }
        });
    }

    private @Nullable Secret secret(JsonNode object) {
        String namespace = object.path("metadata").path("namespace").asText();
        return there.secrets().stream()
                .filter(secret -> secret.getMetadata().getNamespace().equals(namespace)
                        && secret.getMetadata().getName().equals(secretName(object)))
                .findFirst()
                .orElse(null);
    }

    private static boolean isMarkedAtAll(Secret secret) {
        Map<String, String> labels = secret.getMetadata().getLabels();
        return labels != null && labels.containsKey(DOMAIN + "client-uid");
    }

    private static String said(JsonNode ready) {
        return "it is " + ready.path("status").asText("absent") + ", "
                + ready.path("reason").asText() + ": " + ready.path("message").asText();
    }

    /** With their ids, and when they were made. */
    private static String names(List<AppClient> clients) {
        return clients.stream()
                .map(client -> client.name() + " (" + client.clientId() + ", made at " + client.created() + ")")
                .collect(Collectors.joining(", "));
    }

    private static String ids(List<AppClient> clients) {
        return clients.stream().map(AppClient::clientId).collect(Collectors.joining(", ", "[", "]"));
    }

    private void find(Ledger.Past past, String sentence) {
        findings.add(new Finding(past.where, sentence));
    }
}
