package dev.appclients.cognito.controller.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.api.v1beta1.ClientSecretClaim;
import dev.appclients.cognito.api.v1beta1.ClusterUserPool;
import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.model.Marks;
import io.fabric8.kubernetes.api.model.FieldsV1;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntryBuilder;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The claims and the clients that a change of another object wakes. Claim team/ready is Ready, claim team/waiting is not. */
class ClaimWakesTest {

    private static final String ALL = "sharing: {namespaces: {from: All}, pushFrom: {from: All}}";

    private ClientSecretClaim ready = claim("ready", "True");
    private final Set<String> woken = new TreeSet<>();
    private final ClaimWakes wakes = new ClaimWakes(
            cached(),
            claim -> woken.add("claim " + path(claim)),
            client -> woken.add("client " + path(client)),
            client -> woken.add("soon " + path(client)));

    @Test
    void aSourceWakesItsClaimsWhenItsInputsChange() {
        wakes.secretChanged(source("1.a", "x"), source("1.b", "x"));
        assertThat(woken).containsExactly("claim team/ready", "claim team/waiting");
    }

    @Test
    void aSourceThatIsEditedOrRestoredWakesOnlyTheClaimsThatWait() {
        wakes.secretChanged(source("1.a", "x"), source("1.a", "y"));
        assertThat(woken).containsExactly("claim team/waiting");
    }

    /** A claim whose manifest changed while its source was not intact keeps an older copy. */
    @Test
    void aSourceThatIsRestoredWakesAClaimThatKeepsAnOlderCopy() {
        ready = claim("ready", "True", "Held");

        wakes.secretChanged(source("1.a", "y"), source("1.a", "x"));

        assertThat(woken).containsExactly("claim team/ready", "claim team/waiting");
    }

    @Test
    void aSourceThatAppearsOrGoesWakesItsClaims() {
        wakes.secretChanged(null, source("1.a", "x"));
        assertThat(woken).containsExactly("claim team/ready", "claim team/waiting");
        woken.clear();
        wakes.secretChanged(source("1.a", "x"), null);
        assertThat(woken).containsExactly("claim team/ready", "claim team/waiting");
    }

    @Test
    void aCopyWakesItsClaimAndNoClient() {
        Secret copy = copy(Map.of(Marks.CLAIM, "team/ready", Marks.CLIENT, "shop/web"));
        wakes.secretChanged(copy, copy);
        assertThat(woken).containsExactly("claim team/ready");
        assertThat(ClientWakes.ofSecret(copy)).isEmpty();
    }

    @Test
    void aCopyThatCarriesAnotherClientSecretWakesItsClientSoon() {
        Secret before = carrying("id-1", Marks.FIELD_MANAGER);
        Secret now = carrying("id-2", Marks.FIELD_MANAGER);

        wakes.secretChanged(before, now);
        assertThat(woken).containsExactly("claim team/ready", "soon shop/web");
        woken.clear();
        wakes.secretChanged(null, now);
        assertThat(woken).as("new, with an id").containsExactly("claim team/ready", "soon shop/web");
        woken.clear();
        wakes.secretChanged(before, carrying("id-1", "kubectl"));
        assertThat(woken).as("edited").containsExactly("claim team/ready", "soon shop/web");
        woken.clear();
        wakes.secretChanged(before, null);
        assertThat(woken).as("deleted").contains("claim team/ready", "soon shop/web");
        woken.clear();
        wakes.secretChanged(now, now);
        assertThat(woken).containsExactly("claim team/ready");
    }

    /** The first list must not wake the client of each copy. */
    @Test
    void aCopyWithoutAnIdThatAppearsWakesNoClient() {
        wakes.secretChanged(null, copy(Map.of(Marks.CLAIM, "team/ready")));
        assertThat(woken).containsExactly("claim team/ready");
    }

    /** Another writer removed the annotation, or the owner reference. */
    @Test
    void aCopyWithOneOfItsMarksWakesItsClaim() {
        Secret unmarked = copy(Map.of());
        unmarked.getMetadata()
                .setOwnerReferences(List.of(new OwnerReferenceBuilder()
                        .withKind("ClientSecretClaim")
                        .withName("ready")
                        .build()));
        wakes.secretChanged(null, unmarked);
        assertThat(woken).containsExactly("claim team/ready");
    }

    @Test
    void aSecretThatIsGoneWakesTheObjectsThatWaitForItsName() {
        wakes.secretChanged(copy(Map.of(Marks.CLAIM, "team/unknown")), null);
        assertThat(woken).containsExactly("claim team/named", "claim team/unknown", "client team/named");
    }

    @Test
    void aClientWakesItsClaimsWhenSpecDeletionPauseOrItsHoldChanges() {
        UserPoolClient client = client("generation: 1", ready("True", "Synced"));
        for (UserPoolClient now : List.of(
                client("generation: 2", ready("True", "Synced")),
                client("generation: 1\n  deletionTimestamp: x", ready("True", "Synced")),
                client(
                        "generation: 1\n  annotations: {cognito.appclients.dev/paused: \"true\"}",
                        ready("True", "Synced")),
                client(
                        "generation: 1",
                        ready("True", "Synced") + ", {type: Authorized, status: \"False\", reason: NotAllowed}"),
                client(
                        "generation: 1",
                        ready("True", "Synced") + ", {type: Stalled, status: \"True\", reason: Lost}"))) {
            woken.clear();
            wakes.clientChanged(client, now);
            assertThat(woken).containsExactly("claim team/ready", "claim team/waiting");
        }
    }

    /** A client can have a thousand claims, and an outage of AWS changes Ready of every client. */
    @Test
    void aClientWhoseStatusChangesOtherwiseWakesNothing() {
        wakes.clientChanged(
                client("generation: 1", ready("True", "Synced")),
                client("generation: 1", ready("False", "AwsUnavailable")));
        wakes.clientChanged(
                client("generation: 1", "{type: Stalled, status: \"True\", reason: Lost}"),
                client("generation: 1", "{type: Stalled, status: \"True\", reason: InvalidSecret}"));
        wakes.clientChanged(
                client("generation: 1", ready("False", "Throttled")),
                client("generation: 1", ready("False", "AwsUnavailable")));
        assertThat(woken).isEmpty();
    }

    @Test
    void aPoolWakesTheClaimsOfItsClientsWhenItsSpecChanges() {
        wakes.poolChanged(pool(1), pool(1));
        assertThat(woken).isEmpty();
        wakes.poolChanged(pool(1), pool(2));
        assertThat(woken).containsExactly("claim team/ready", "claim team/waiting");
    }

    @Test
    void aNamespaceWakesItsClaimsTheClaimsOfItsClientsAndThePushesWhoseMatchDiffers() {
        wakes.namespaceChanged(namespace("team", "uid", Map.of("oidc", "yes")), namespace("team", "uid", Map.of()));
        assertThat(woken).containsExactly("claim team/there", "soon shop/web");
        woken.clear();
        wakes.namespaceChanged(namespace("team", "uid", Map.of("a", "1")), namespace("team", "uid", Map.of("a", "2")));
        assertThat(woken).as("the push matches neither").containsExactly("claim team/there");
        woken.clear();
        wakes.namespaceChanged(namespace("shop", "uid", Map.of()), namespace("shop", "another", Map.of()));
        assertThat(woken).containsExactly("claim team/ready", "claim team/waiting");
        woken.clear();
        wakes.namespaceChanged(namespace("team", "uid", Map.of()), namespace("team", "uid", Map.of()));
        assertThat(woken).isEmpty();
    }

    @Test
    void aClaimWakesItsClientSoonWhenItsCountOrItsPushMayDiffer() {
        ClientSecretClaim waiting = claim("waiting", "False");
        wakes.claimChanged(waiting, claim("waiting", "True"));
        assertThat(woken).containsExactly("soon shop/web");
        woken.clear();
        wakes.claimChanged(waiting, claim("waiting", "False"));
        assertThat(woken).isEmpty();
        wakes.claimChanged(waiting, null);
        assertThat(woken).containsExactly("soon shop/web");
    }

    /** A rotation does not wait for the copy of a paused claim. */
    @Test
    void aClaimThatIsPausedWhileItIsNotReadyWakesItsClient() {
        ClientSecretClaim paused = claim("waiting", "False");
        paused.getMetadata().setAnnotations(Map.of(Annotations.PAUSED, "true"));
        wakes.claimChanged(claim("waiting", "False"), paused);
        assertThat(woken).containsExactly("soon shop/web");
    }

    @Test
    void aClaimThatIsNoLongerPermittedWakesItsClientBecauseItIsNoLongerCounted() {
        wakes.claimChanged(claim("waiting", "False", "SecretConflict"), claim("waiting", "False", "NotAvailable"));
        assertThat(woken).containsExactly("soon shop/web");
        woken.clear();
        wakes.claimChanged(claim("waiting", "False", "SecretConflict"), claim("waiting", "False", "SecretRefused"));
        assertThat(woken).isEmpty();
    }

    private static String path(ResourceID id) {
        return id.getNamespace().orElseThrow() + "/" + id.getName();
    }

    private KubernetesView cached() {
        return (KubernetesView) Proxy.newProxyInstance(
                KubernetesView.class.getClassLoader(),
                new Class<?>[] {KubernetesView.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "claimsFor" ->
                        arguments[0].equals(new ResourceID("web", "shop"))
                                ? List.of(ready, claim("waiting", "False"))
                                : List.of();
                    case "claim" ->
                        Optional.of(ready)
                                .filter(found -> path((ResourceID) arguments[0]).equals("team/ready"));
                    case "claimsNaming" -> arguments[1].equals("copy") ? List.of(claim("named", "False")) : List.of();
                    case "clientsNaming" ->
                        arguments[1].equals("copy") ? List.of(client("named", "team", "", "[]")) : List.of();
                    case "claimsIn" -> arguments[0].equals("team") ? List.of(claim("there", "True")) : List.of();
                    case "clientsIn" ->
                        arguments[0].equals("shop")
                                ? List.of(client("generation: 1", ready("True", "Synced")))
                                : List.of();
                    case "clientsOfPool", "pushingClients" -> List.of(client("generation: 1", ready("True", "Synced")));
                    case "pools" -> List.of(pool(1));
                    case "client" -> Optional.of(client("generation: 1", ready("True", "Synced")));
                    case "pool" -> Optional.of(pool(1));
                    case "namespace" -> Optional.of(namespace((String) arguments[0], "uid", Map.of()));
                    case "isServed" -> true;
                    default -> throw new IllegalStateException(method.getName());
                });
    }

    private static Secret source(String inputs, String labelValue) {
        return new SecretBuilder()
                .withNewMetadata()
                .withNamespace("shop")
                .withName("web")
                .withUid("uid-of-source")
                .addToLabels(Marks.CLIENT_UID, labelValue)
                .addToAnnotations(Marks.CLIENT, "shop/web")
                .addToAnnotations(Marks.INPUTS, inputs)
                .endMetadata()
                .build();
    }

    private static Secret copy(Map<String, String> annotations) {
        return new SecretBuilder()
                .withNewMetadata()
                .withNamespace("team")
                .withName("copy")
                .withUid("uid-of-copy")
                .addToLabels(Marks.CLAIM_UID, "uid")
                .withAnnotations(annotations)
                .endMetadata()
                .build();
    }

    /** @param manager owns the annotation and the value */
    private static Secret carrying(String secretId, String manager) {
        Secret copy = copy(Map.of(Marks.CLAIM, "team/ready", Marks.CLIENT_SECRET_ID, secretId));
        copy.getMetadata()
                .setManagedFields(List.of(new ManagedFieldsEntryBuilder()
                        .withManager(manager)
                        .withFieldsV1(Serialization.unmarshal("""
                                {"f:data": {"f:client-secret": {}},
                                 "f:metadata": {"f:annotations": {"f:%s": {}}}}
                                """.formatted(Marks.CLIENT_SECRET_ID), FieldsV1.class))
                        .build()));
        return copy;
    }

    private static String ready(String status, String reason) {
        return "{type: Ready, status: \"" + status + "\", reason: " + reason + "}";
    }

    private static UserPoolClient client(String metadata, String conditions) {
        return client("web", "shop", metadata, "[" + conditions + "]");
    }

    private static UserPoolClient client(String name, String namespace, String metadata, String conditions) {
        return Serialization.unmarshal(
                """
                apiVersion: cognito.appclients.dev/v1beta1
                kind: UserPoolClient
                metadata:
                  name: %s
                  namespace: %s
                  uid: uid-of-client-%s
                  %s
                spec:
                  userPoolRef: {name: customers}
                  appType: Confidential
                  sharing:
                    namespaces: {from: Selector, selector: {matchLabels: {oidc: "yes"}}}
                    push: {secret: {name: copy}}
                status: {conditions: %s}
                """.formatted(name, namespace, name, metadata, conditions), UserPoolClient.class);
    }

    private static ClusterUserPool pool(int generation) {
        return Serialization.unmarshal("""
                apiVersion: cognito.appclients.dev/v1beta1
                kind: ClusterUserPool
                metadata: {name: customers, generation: %s}
                spec:
                  userPoolId: eu-west-1_Shop
                  %s
                """.formatted(generation, ALL), ClusterUserPool.class);
    }

    private static ClientSecretClaim claim(String name, String ready) {
        return claim(name, ready, ready.equals("True") ? "Synced" : "SourceNotReady");
    }

    private static ClientSecretClaim claim(String name, String ready, String reason) {
        return Serialization.unmarshal("""
                apiVersion: cognito.appclients.dev/v1beta1
                kind: ClientSecretClaim
                metadata: {name: %s, namespace: team, uid: uid-of-%s}
                spec: {clientRef: {namespace: shop, name: web}}
                status: {conditions: [{type: Ready, status: "%s", reason: %s}]}
                """.formatted(name, name, ready, reason), ClientSecretClaim.class);
    }

    private static Namespace namespace(String name, String uid, Map<String, String> labels) {
        return new NamespaceBuilder()
                .withNewMetadata()
                .withName(name)
                .withUid(uid)
                .withLabels(labels)
                .endMetadata()
                .build();
    }
}
