package dev.appclients.cognito.soak;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.appclients.cognito.simulator.AppClient;
import dev.appclients.cognito.simulator.LiveSecret;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The oracle finds every kind of violation. */
class OracleTest {

    private static final String UID = "01234567-89ab-cdef-0123-456789abcdef";
    private static final String GONE = "99999999-89ab-cdef-0123-456789abcdef";
    private static final String POOL = World.POOL_IDS.getFirst();

    private ObjectNode object = (ObjectNode) Serialization.<JsonNode>unmarshal("""
            apiVersion: cognito.appclients.dev/v1beta1
            kind: UserPoolClient
            metadata: {name: web, namespace: shop, uid: %s, generation: 3, annotations: {}}
            spec: {userPoolRef: {name: soaka}, appType: Confidential, accessTokenValidity: 60m}
            status:
              clientId: own
              conditions: [{type: Ready, status: "True", reason: Synced, observedGeneration: 3}]
            """.formatted(UID), JsonNode.class);

    private ObjectNode pool = (ObjectNode) Serialization.<JsonNode>unmarshal("""
            metadata: {name: soaka}
            spec: {namespaces: {from: All}}
            """, JsonNode.class);

    private final Map<String, AppClient> clients = new TreeMap<>();
    private final Map<String, Secret> secrets = new TreeMap<>();
    private final Set<String> missing = new HashSet<>();
    private final Ledger ledger = new Ledger();
    private boolean poolIsThere = true;
    private boolean objectIsThere = true;

    OracleTest() {
        clients.put("own", client("own", "shop.web.0123456789"));
        clients.put("kept", client("kept", "shop.kept.9999999989"));
        clients.put("theirs", client("theirs", "by hand"));
        ledger.foreignClients.put("theirs", clients.get("theirs"));
        ledger.recordApplied(object, POOL);
        ledger.recordApplied(kept(), POOL);
        ledger.mustExist.put("kept", POOL);
        secrets.put("web", secret("web", UID, published()));
        secrets.put("foreign", secret("foreign", "", Map.of("password", "theirs")));
        ledger.foreignSecrets.put("shop/foreign", secrets.get("foreign"));
    }

    private static JsonNode kept() {
        return Serialization.unmarshal("""
                metadata: {name: kept, namespace: shop, uid: %s}
                spec: {deletionPolicy: Retain}
                """.formatted(GONE), JsonNode.class);
    }

    @Test
    void aCorrectStateHasNoFinding() {
        assertThat(judge()).isEmpty();
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("violations")
    void aViolationIsFound(Violation violation, String sentence) {
        violation.in(this);

        assertThat(judge())
                .extracting(Finding::sentence)
                .anySatisfy(found -> assertThat(found).contains(sentence));
    }

    static Stream<Arguments> violations() {
        return Stream.of(
                wrong("has 2 clients", w -> w.clients.put("twin", client("twin", "shop.web.0123456789"))),
                wrong("nothing prevents Ready, but it is False, Throttled", w -> w.says("False", "Throttled")),
                wrong("Ready has generation 2, but", w -> w.ready().put("observedGeneration", 2)),
                wrong(
                        "a requested reconcile was not handled",
                        w -> w.annotate("cognito.appclients.dev/reconcile-requested-at", "now")),
                wrong("pendingCreate is still set", w -> w.status().putObject("pendingCreate")),
                wrong("Stalled is True", w -> w.addCondition("Stalled")),
                wrong("the status has no client", w -> w.status().remove("clientId")),
                wrong("Ready must be False for [ClientLost]", w -> w.clients.remove("own")),
                wrong("Ready must be False for [NotOurs]", w -> w.clients.put("own", client("own", "renamed"))),
                wrong("the client differs: [AccessTokenValidity", w -> w.spec().put("accessTokenValidity", "30m")),
                wrong(
                        "the client differs: [EnableTokenRevocation",
                        w -> w.spec().put("enableTokenRevocation", false)),
                wrong("the Secret does not exist", w -> w.secrets.remove("web")),
                wrong("the Secret is wrong in [client-secret]", w -> w.publish("client-secret", "another")),
                wrong("the Secret is wrong in [surplus]", w -> w.publish("surplus", "value")),
                wrong(
                        "Ready must be False for [SecretConflict]",
                        w -> w.secrets.put("web", secret("web", "", Map.of()))),
                wrong("a Secret with a former name", w -> w.secrets.put("old", secret("old", UID, published()))),
                wrong("Ready must be False for [Paused]", w -> w.annotate("cognito.appclients.dev/paused", "true")),
                wrong("Ready must be False for [PoolMissing]", w -> w.poolIsThere = false),
                wrong("Ready must be False for [NamespaceNotAllowed]", w -> w.allowOnly("bank")),
                wrong("Ready must be False for [DependencyMissing, InvalidSettings]", w -> w.asksForMissingScope()),
                wrong("nothing prevents its deletion", w -> w.meta().put("deletionTimestamp", "2026-01-01T00:00:00Z")),
                wrong("the object is deleted, but its client still exists", w -> w.objectIsThere = false),
                wrong("the object is deleted, but its Secret still exists", w -> w.objectIsThere = false),
                wrong(
                        "the object was deleted with Retain, but the client does not exist",
                        w -> w.clients.remove("kept")),
                wrong("orphaned client", w -> w.clients.put("orphan", client("orphan", "shop.x.1111111111"))),
                wrong("the foreign client was changed", w -> w.clients.put("theirs", client("theirs", "new"))),
                wrong(
                        "Ready must be False for [AdoptionNotAllowed]",
                        w -> w.spec().putObject("adopt").put("clientId", "own")),
                wrong(
                        "the client differs, but Drifted is not True",
                        w -> w.spec().put("mode", "Observe").put("accessTokenValidity", "30m")),
                wrong("Drifted is True, but nothing differs", w -> w.addCondition("Drifted")),
                wrong(
                        "the observed client was changed",
                        w -> w.ledger.legacies.put("observed", client("observed", "legacy"))),
                wrong("the foreign client was deleted", w -> w.clients.remove("theirs")),
                wrong(
                        "the foreign Secret was changed",
                        w -> w.secrets.put("foreign", secret("foreign", "", Map.of()))));
    }

    @Test
    void aMatchingReasonHasNoFinding() {
        annotate("cognito.appclients.dev/paused", "true");
        says("False", "Paused");

        assertThat(judge()).isEmpty();
    }

    @Test
    void aClientCreatedForAdoptionMayStay() {
        clients.put("legacy", client("legacy", "legacy"));
        ledger.legacies.put("legacy", clients.get("legacy"));

        assertThat(judge()).isEmpty();
    }

    @Test
    void equalSettingsInOtherSpellingsAreEqual() {
        spec().put("accessTokenValidity", "3600s").put("refreshTokenValidity", "720h");

        assertThat(judge()).isEmpty();
    }

    private interface Violation {
        void in(OracleTest world);
    }

    private static Arguments wrong(String sentence, Violation violation) {
        return Arguments.of(violation, sentence);
    }

    private List<Finding> judge() {
        Map<String, List<AppClient>> byPool = new HashMap<>();
        World.POOL_IDS.forEach(id -> byPool.put(id, List.of()));
        byPool.put(POOL, List.copyOf(clients.values()));
        return Oracle.judge(new Snapshot(
                objectIsThere ? List.of(object) : List.of(),
                poolIsThere ? Map.of("soaka", pool) : Map.of(),
                byPool,
                new ArrayList<>(secrets.values()),
                Map.of(POOL, missing),
                ledger));
    }

    private ObjectNode meta() {
        return (ObjectNode) object.path("metadata");
    }

    private ObjectNode spec() {
        return (ObjectNode) object.path("spec");
    }

    private ObjectNode status() {
        return (ObjectNode) object.path("status");
    }

    private ObjectNode ready() {
        return (ObjectNode) status().path("conditions").path(0);
    }

    private void says(String status, String reason) {
        ready().put("status", status).put("reason", reason);
    }

    private void addCondition(String type) {
        status().withArray("conditions").addObject().put("type", type).put("status", "True");
    }

    private void annotate(String name, String value) {
        ((ObjectNode) meta().path("annotations")).put(name, value);
    }

    private void allowOnly(String namespace) {
        ObjectNode namespaces = (ObjectNode) pool.path("spec").path("namespaces");
        namespaces.put("from", "Names").putArray("names").add(namespace);
    }

    private void asksForMissingScope() {
        spec().putArray("allowedOAuthFlows").add("code");
        spec().putArray("allowedOAuthScopes").add(Manifest.SOMETIMES_MISSING_SCOPE);
        missing.add(Manifest.SOMETIMES_MISSING_SCOPE);
    }

    private void publish(String key, String value) {
        Map<String, String> data = new TreeMap<>(published());
        data.put(key, value);
        secrets.put("web", secret("web", UID, data));
    }

    private static Map<String, String> published() {
        String issuer = "https://cognito-idp.eu-west-1.amazonaws.com/" + POOL;
        return Map.of(
                "client-id", "own",
                "client-secret", "s3cret",
                "user-pool-id", POOL,
                "region", "eu-west-1",
                "issuer", issuer,
                "jwks-uri", issuer + "/.well-known/jwks.json",
                "domain", "soaka.auth.eu-west-1.amazoncognito.com");
    }

    private static Secret secret(String name, String uid, Map<String, String> data) {
        Map<String, String> encoded = new TreeMap<>();
        data.forEach((key, value) ->
                encoded.put(key, Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8))));
        SecretBuilder secret = new SecretBuilder()
                .withNewMetadata()
                .withNamespace("shop")
                .withName(name)
                .withUid("uid of " + name)
                .endMetadata()
                .withData(encoded);
        if (!uid.isEmpty()) {
            secret.editMetadata()
                    .addToLabels("cognito.appclients.dev/client-uid", uid)
                    .addNewOwnerReference()
                    .withUid(uid)
                    .endOwnerReference()
                    .endMetadata();
        }
        return secret.build();
    }

    private static AppClient client(String id, String name) {
        JsonNode settings = Serialization.unmarshal("""
                ClientName: %s
                ExplicitAuthFlows: [ALLOW_REFRESH_TOKEN_AUTH, ALLOW_USER_SRP_AUTH]
                AccessTokenValidity: 60
                TokenValidityUnits: {AccessToken: minutes}
                PreventUserExistenceErrors: ENABLED
                """.formatted(name), JsonNode.class);
        Map<String, JsonNode> members = new HashMap<>();
        settings.properties().forEach(member -> members.put(member.getKey(), member.getValue()));
        Instant created = Instant.EPOCH;
        LiveSecret secret = new LiveSecret(id + "--0", "s3cret", true, true, created);
        return new AppClient(POOL, id, members, Map.of(), List.of(secret), created, created);
    }
}
