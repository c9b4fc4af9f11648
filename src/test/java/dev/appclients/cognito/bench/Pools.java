package dev.appclients.cognito.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;

/** User pools in the simulator with their ClusterUserPools, over which clients are spread. A pool holds 1,000 by default. */
final class Pools {

    /** A namespace with this label may use pools that are {@link Access#LABELLED}. */
    static final String LABEL = "bench.example.com/may-use-pools";

    private static final int CLIENTS_IN_A_POOL = 1_000;
    private static final String PATH = "/apis/cognito.appclients.dev/v1beta1/clusteruserpools/";

    private final KubeApi kube;
    private final Cognito cognito;
    private final List<String> ids;
    private final Domain domain;

    /** The namespaces that may use the pools. */
    enum Access {
        ALL("{from: All}"),
        LABELLED("{from: Selector, selector: {matchLabels: {%s: \"yes\"}}}".formatted(LABEL));

        private final String yaml;

        Access(String yaml) {
            this.yaml = yaml;
        }
    }

    /** The initial domain of each pool. */
    enum Domain {
        /** A prefix domain, which is active at once. */
        PREFIX,
        /** A custom domain that is being created, until {@link #activateDomains}. */
        CREATING
    }

    private Pools(KubeApi kube, Cognito cognito, List<String> ids, Domain domain) {
        this.kube = kube;
        this.cognito = cognito;
        this.ids = ids;
        this.domain = domain;
    }

    /** Creates the pools for this many clients, and waits until the operator has observed them. */
    static Pools make(KubeApi kube, Cognito cognito, int clients, Access access, Domain domain) {
        List<String> ids = IntStream.range(0, (clients + CLIENTS_IN_A_POOL - 1) / CLIENTS_IN_A_POOL)
                .mapToObj(n -> createPool(cognito, n, domain))
                .toList();
        Pools pools = new Pools(kube, cognito, ids, domain);
        for (int n = 0; n < ids.size(); n++) {
            kube.apply(PATH + name(n), """
                            apiVersion: cognito.appclients.dev/v1beta1
                            kind: ClusterUserPool
                            metadata: {name: %s}
                            spec:
                              userPoolId: %s
                              aws: {identity: Operator}
                              tenancy: Trusted
                              namespaces: %s
                              sharing: {namespaces: {from: All}, pushFrom: {from: All}}
                            """.formatted(name(n), ids.get(n), access.yaml))
                    .join();
        }
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> IntStream.range(0, ids.size())
                        .allMatch(n -> Clients.isReady(KubeApi.parse(kube.get(PATH + name(n))))));
        return pools;
    }

    private static String createPool(Cognito cognito, int n, Domain domain) {
        ObjectNode request = Cognito.request().put("PoolName", name(n));
        String id = cognito.call("CreateUserPool", request).at("/UserPool/Id").asText();
        ObjectNode server = Cognito.request()
                .put("UserPoolId", id)
                .put("Identifier", "orders")
                .put("Name", "orders");
        server.putArray("Scopes").addObject().put("ScopeName", "read").put("ScopeDescription", "Read");
        cognito.call("CreateResourceServer", server);
        ObjectNode made = Cognito.request()
                .put("UserPoolId", id)
                .put("Domain", domain == Domain.PREFIX ? name(n) : host(n))
                .put("ManagedLoginVersion", 2);
        if (domain == Domain.CREATING) {
            made.putObject("CustomDomainConfig")
                    .put("CertificateArn", "arn:aws:acm:us-east-1:111122223333:certificate/0");
        }
        cognito.call("CreateUserPoolDomain", made);
        return id;
    }

    /** Activates the custom domains, and requests a reconcile of each ClusterUserPool. */
    void activateDomains() {
        if (domain != Domain.CREATING) {
            throw new IllegalStateException("these domains were active from the start");
        }
        for (int n = 0; n < ids.size(); n++) {
            cognito.finishDomain(host(n));
        }
        for (int n = 0; n < ids.size(); n++) {
            kube.merge(PATH + name(n), """
                            {"metadata":{"annotations":{"cognito.appclients.dev/reconcile-requested-at":"%s"}}}""".formatted(Instant.now())).join();
        }
    }

    List<String> ids() {
        return ids;
    }

    /** The ClusterUserPool of the client with this number. */
    String of(int client) {
        return name(client / Clients.NAMESPACES % ids.size());
    }

    private static String name(int n) {
        return "bench-" + n;
    }

    private static String host(int n) {
        return "auth-" + n + ".example.com";
    }
}
