package dev.appclients.cognito.controller.claim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.api.v1beta1.ClientSecretClaim;
import dev.appclients.cognito.api.v1beta1.ClusterUserPool;
import dev.appclients.cognito.api.v1beta1.CopiesStatus;
import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.controller.cluster.KubernetesView;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** The counts of copies, and how often they are reported. */
class CopyCountsTest {

    private static final UserPoolClient CLIENT =
            client("sharing: {namespaces: {from: Names, names: [a, b, c, d, shop]}}");

    private final List<ClientSecretClaim> claims = new ArrayList<>();
    private final AtomicLong now = new AtomicLong(1);
    private final CopyCounts counts = new CopyCounts(cached(), now::get);

    @Test
    void aClientWithoutSharingAndWithoutClaimsHasNoCount() {
        assertThat(counts.report(client(""), null, 0).copies()).isNull();
        assertThat(counts.report(CLIENT, null, 0).copies()).isEqualTo(count(0, 0));
    }

    @Test
    void onlyPermittedClaimsAreCounted() {
        claim("a", true);
        claim("b", false);
        claim("not-offered", true);
        claim("terminating", true);
        claim("shop", true);

        assertThat(counts.report(CLIENT, null, 0).copies()).isEqualTo(count(3, 2));
    }

    @Test
    void aClaimInTheNamespaceOfTheClientNeedsNoOffer() {
        claim("shop", true);
        claim("a", true);

        assertThat(counts.report(client(""), null, 0).copies()).isEqualTo(count(1, 1));
    }

    @Test
    void anAbsentPushedClaimIsWanted() {
        claim("a", true);

        assertThat(counts.report(CLIENT, null, 2).copies()).isEqualTo(count(3, 1));
    }

    @Test
    void aCountIsReportedEveryTenSecondsAndAtOnceWhenComplete() {
        claim("a", false);
        claim("b", false);
        claim("c", false);
        CopiesStatus first = counts.report(CLIENT, null, 0).copies();
        assertThat(first).isEqualTo(count(3, 0));

        ready(0);
        now.addAndGet(Duration.ofSeconds(4).toNanos());
        CopyCounts.Count throttled = counts.report(CLIENT, first, 0);
        assertThat(throttled.copies()).isEqualTo(first);
        assertThat(throttled.next())
                .isBetween(Duration.ofSeconds(6), Duration.ofSeconds(6).plusMillis(1));

        now.addAndGet(Duration.ofSeconds(6).toNanos());
        CopiesStatus second = counts.report(CLIENT, first, 0).copies();
        assertThat(second).isEqualTo(count(3, 1));

        ready(1);
        assertThat(counts.report(CLIENT, second, 0).copies()).isEqualTo(second);
        ready(2);
        CopyCounts.Count complete = counts.report(CLIENT, second, 0);
        assertThat(complete.copies()).isEqualTo(count(3, 3));
        assertThat(complete.next()).isNull();
        assertThat(counts.report(CLIENT, complete.copies(), 0).next()).isNull();
        counts.forget(CLIENT.getMetadata().getUid());
        assertThat(counts.size()).isZero();
    }

    private static CopiesStatus count(int wanted, int ready) {
        return new CopiesStatus(wanted, ready, ready + "/" + wanted);
    }

    private void ready(int index) {
        String namespace = claims.get(index).getMetadata().getNamespace();
        claims.set(index, claim(namespace, "True"));
    }

    private void claim(String namespace, boolean ready) {
        claims.add(claim(namespace, ready ? "True" : "False"));
    }

    private static ClientSecretClaim claim(String namespace, String ready) {
        return Serialization.unmarshal("""
                apiVersion: cognito.appclients.dev/v1beta1
                kind: ClientSecretClaim
                metadata: {name: web, namespace: %s}
                spec: {clientRef: {namespace: shop, name: web}}
                status: {conditions: [{type: Ready, status: "%s"}]}
                """.formatted(namespace, ready), ClientSecretClaim.class);
    }

    private static UserPoolClient client(String sharing) {
        return Serialization.unmarshal("""
                apiVersion: cognito.appclients.dev/v1beta1
                kind: UserPoolClient
                metadata: {name: web, namespace: shop, uid: uid-of-web}
                spec:
                  userPoolRef: {name: customers}
                  appType: Confidential
                  %s
                """.formatted(sharing), UserPoolClient.class);
    }

    private static final ClusterUserPool POOL = Serialization.unmarshal("""
            apiVersion: cognito.appclients.dev/v1beta1
            kind: ClusterUserPool
            metadata: {name: customers, uid: uid-of-customers}
            spec:
              userPoolId: eu-west-1_Shop
              tenancy: Trusted
              namespaces: {from: All}
              sharing: {namespaces: {from: All}}
            """, ClusterUserPool.class);

    private KubernetesView cached() {
        return (KubernetesView) Proxy.newProxyInstance(
                KubernetesView.class.getClassLoader(),
                new Class<?>[] {KubernetesView.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "claimsFor" -> claims;
                    case "pool" -> Optional.of(POOL);
                    case "pools" -> List.of(POOL);
                    case "namespace" -> Optional.of(namespace((String) arguments[0]));
                    case "isServed" -> true;
                    default -> throw new IllegalStateException(method.getName());
                });
    }

    private static Namespace namespace(String name) {
        var metadata = new NamespaceBuilder().withNewMetadata().withName(name).withUid("uid-of-" + name);
        return (name.equals("terminating") ? metadata.withDeletionTimestamp("2026-01-01T00:00:00Z") : metadata)
                .endMetadata()
                .build();
    }
}
