package dev.appclients.cognito.controller.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.api.v1beta1.ClientSecretClaim;
import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.collection.Interner;
import dev.appclients.cognito.collection.LeanValues;
import dev.appclients.cognito.model.Marks;
import dev.appclients.cognito.secret.SecretStripper;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The contents and the indexes of the item stores that find claims, their copies, and the owners of a Secret's name. */
class ClaimStoresTest {

    private final List<String> changes = new ArrayList<>();
    private final LeanValues values = new LeanValues(new Interner(1024));
    private final ClaimItemStore claims = new ClaimItemStore(
            values, (before, now) -> changes.add((before != null ? "was" : "") + (now != null ? "is" : "")));
    private final ClientItemStore clients = new ClientItemStore(values, (before, now) -> {});
    private final SecretItems secrets = new SecretItems(new SecretStripper(values));

    @Test
    void aClaimIsKeptWithTheFieldsThatAReconciliationReads() {
        ClientSecretClaim claim = claim("team", "web", "shop", "web", null);
        claim.getMetadata().getLabels().putAll(Map.of(Marks.PUSHED, "true", "team", "a"));
        claim.getMetadata().getAnnotations().putAll(Map.of(Annotations.PAUSED, "true", "kubectl", "x"));
        put(claim);

        ClientSecretClaim kept = claims.get("team/web");

        assertThat(kept.getMetadata().getLabels()).containsOnlyKeys(Marks.PUSHED);
        assertThat(kept.getMetadata().getAnnotations()).containsOnlyKeys(Annotations.PAUSED);
        assertThat(kept.getMetadata().getUid()).isEqualTo("uid-of-web");
        assertThat(kept.getMetadata().getCreationTimestamp()).isEqualTo("2026-01-01T00:00:00Z");
        assertThat(kept.getSpec())
                .isEqualTo(claim("team", "web", "shop", "web", null).getSpec());
    }

    @Test
    void claimsAreFoundByTheirClient() {
        put(claim("team", "web", "shop", "web", null));
        put(claim("other", "copy", "shop", "web", null));
        put(claim("team", "jobs", "shop", "jobs", null));

        assertThat(claimsOf("shop", "web")).containsExactlyInAnyOrder("team/web", "other/copy");
        assertThat(claimsOf("team", "web")).isEmpty();

        put(claim("other", "copy", "shop", "jobs", null));
        claims.remove("team/web");

        assertThat(claimsOf("shop", "web")).isEmpty();
        assertThat(claimsOf("shop", "jobs")).containsExactlyInAnyOrder("team/jobs", "other/copy");
    }

    @Test
    void claimsAreFoundByTheEffectiveNameOfTheirSecret() {
        put(claim("team", "web", "shop", "web", null));
        put(claim("team", "copy", "shop", "web", "web"));
        put(claim("team", "renamed", "shop", "web", "elsewhere"));
        put(claim("other", "web", "shop", "web", null));

        assertThat(naming("team", "web")).containsExactlyInAnyOrder("team/web", "team/copy");
        assertThat(naming("team", "renamed")).isEmpty();
        assertThat(naming("team", "elsewhere")).containsExactly("team/renamed");

        put(claim("team", "web", "shop", "web", "moved"));
        assertThat(naming("team", "web")).containsExactly("team/copy");
        assertThat(naming("team", "moved")).containsExactly("team/web");
    }

    @Test
    void theIndexesForgetWhatIsGone() {
        for (String name : List.of("a", "b", "c")) {
            put(claim("team", name, "shop", "web", "web"));
        }
        for (String name : List.of("a", "b", "c")) {
            claims.remove("team/" + name);
        }

        assertThat(claims.indexed()).isZero();
    }

    @Test
    void everyChangeIsAnnouncedOnce() {
        put(claim("team", "web", "shop", "web", null));
        put(claim("team", "web", "shop", "jobs", null));
        claims.remove("team/web");
        claims.remove("team/web");

        assertThat(changes).containsExactly("is", "wasis", "was");
    }

    @Test
    void clientsAreFoundByTheEffectiveNameOfTheirSecretAndByTheirPush() {
        put(client("web", null, false));
        put(client("jobs", "web", true));

        assertThat(keys(clients.naming(new ResourceID("web", "shop")))).containsExactly("shop/web", "shop/jobs");
        assertThat(keys(clients.naming(new ResourceID("jobs", "shop")))).isEmpty();
        assertThat(keys(clients.pushing())).containsExactly("shop/jobs");

        put(client("jobs", null, false));
        assertThat(keys(clients.naming(new ResourceID("web", "shop")))).containsExactly("shop/web");
        assertThat(keys(clients.pushing())).isEmpty();
        put(client("jobs", null, true));
        clients.remove("shop/jobs");
        assertThat(keys(clients.pushing())).isEmpty();
    }

    @Test
    void copiesAreNoSecretsOfTheClientAndAreFoundByTheirClaim() {
        put(secret("web", "client", null));
        put(secret("copy", "client", "claim"));

        assertThat(keys(secrets.ofClient("client"))).containsExactly("shop/web");
        assertThat(keys(secrets.ofClaim("claim"))).containsExactly("shop/copy");

        secrets.remove("shop/copy");
        secrets.remove("shop/web");
        assertThat(secrets.uids()).isZero();
    }

    /** A thousand pushes of one client must not cost a million steps. A list for each client would take minutes. */
    @Test
    void manyCopiesOfOneClientCostNoMoreEach() {
        ClientSecretClaim template = claim("n", "platform.web", "platform", "web", "web-oidc");
        long begin = System.nanoTime();
        for (int i = 0; i < 50_000; i++) {
            ClientSecretClaim claim = template.copy();
            claim.setMetadata(new ObjectMetaBuilder(template.getMetadata())
                    .withNamespace("n" + i)
                    .build());
            put(claim);
        }
        for (int i = 0; i < 50_000; i++) {
            claims.remove("n" + i + "/platform.web");
        }

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(60));
        assertThat(claims.indexed()).isZero();
    }

    private List<String> claimsOf(String namespace, String client) {
        return keys(claims.ofClient(new ResourceID(client, namespace)));
    }

    private List<String> naming(String namespace, String secret) {
        return keys(claims.naming(new ResourceID(secret, namespace)));
    }

    private static List<String> keys(Stream<? extends HasMetadata> objects) {
        return objects.map(object -> object.getMetadata().getNamespace() + "/"
                        + object.getMetadata().getName())
                .toList();
    }

    private void put(ClientSecretClaim claim) {
        claims.put(claims.getKey(claim), claim);
    }

    private void put(UserPoolClient client) {
        clients.put(clients.getKey(client), client);
    }

    private void put(Secret secret) {
        secrets.put(secrets.getKey(secret), secret);
    }

    private static Secret secret(String name, String clientUid, @Nullable String claimUid) {
        var metadata = new SecretBuilder()
                .withNewMetadata()
                .withNamespace("shop")
                .withName(name)
                .addToLabels(Marks.CLIENT_UID, clientUid);
        return (claimUid == null ? metadata : metadata.addToLabels(Marks.CLAIM_UID, claimUid))
                .endMetadata()
                .build();
    }

    private static UserPoolClient client(String name, @Nullable String secret, boolean pushes) {
        return Serialization.unmarshal(
                """
                apiVersion: cognito.appclients.dev/v1beta1
                kind: UserPoolClient
                metadata: {name: %s, namespace: shop, uid: uid-of-%s}
                spec:
                  userPoolRef: {name: customers}
                  appType: Confidential
                  %s
                  %s
                """.formatted(
                                name,
                                name,
                                secret == null ? "" : "secret: {name: " + secret + "}",
                                pushes ? "sharing: {namespaces: {from: All}, push: {secret: {name: web-oidc}}}" : ""),
                UserPoolClient.class);
    }

    private static ClientSecretClaim claim(
            String namespace, String name, String clientNamespace, String client, @Nullable String secret) {
        return Serialization.unmarshal(
                """
                apiVersion: cognito.appclients.dev/v1beta1
                kind: ClientSecretClaim
                metadata:
                  name: %s
                  namespace: %s
                  uid: uid-of-%s
                  creationTimestamp: "2026-01-01T00:00:00Z"
                  labels: {}
                  annotations: {}
                spec:
                  clientRef: {namespace: %s, name: %s}
                  %s
                """.formatted(
                                name,
                                namespace,
                                name,
                                clientNamespace,
                                client,
                                secret == null ? "" : "secret: {name: " + secret + "}"),
                ClientSecretClaim.class);
    }
}
