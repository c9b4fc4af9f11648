package dev.appclients.cognito.controller.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.appclients.cognito.api.v1beta1.ClientSecretClaim;
import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.controller.Stage;
import dev.appclients.cognito.controller.workarounds.RestingOperator;
import dev.appclients.cognito.controlplane.Clients;
import dev.appclients.cognito.controlplane.TestCluster;
import dev.appclients.cognito.model.Marks;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The reconciler of claims uses the informers that the UserPoolClient reconciler has. */
class SharedInformersIT {

    private static final String NAME = "copy";

    private final Requests requests = new Requests();
    private final KubernetesClient kubernetes =
            Clients.of(TestCluster.adminConfig(), http -> http.addOrReplaceInterceptor("requests", requests));
    private final Informers informers = new Informers();
    private final Claims claims = new Claims(informers);
    private String namespace;
    private Operator operator;

    @BeforeEach
    void start() {
        namespace = kubernetes
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withGenerateName("shared-")
                        .endMetadata()
                        .build())
                .create()
                .getMetadata()
                .getName();
        kubernetes.resource(claim()).create();
        operator = new RestingOperator(
                overrider -> overrider.withKubernetesClient(kubernetes).withCloseClientOnStop(false));
        First first = new First(informers);
        operator.register(
                first,
                informers.watches().clients(operator.getConfigurationService().getConfigurationFor(first)));
        operator.register(
                claims,
                informers.watches().claims(operator.getConfigurationService().getConfigurationFor(claims)));
        operator.start();
        eventually().until(informers::haveClaims);
        eventually().until(() -> claims.seen.contains(new Seen("", "")));
    }

    @AfterEach
    void stop() {
        operator.stop();
        kubernetes.namespaces().withName(namespace).delete();
        kubernetes.close();
    }

    @Test
    void itListsAndWatchesNothingASecondTime() {
        for (String kind : List.of("/secrets", "/namespaces")) {
            eventually()
                    .untilAsserted(() -> assertThat(requests.watches(kind))
                            .as("watches of %s", kind)
                            .hasSize(1));
            assertThat(requests.lists(kind)).as("lists of %s", kind).hasSize(1);
        }
    }

    @Test
    void aClaimIsReconciledAfterAChangeOfItsCopyAndReadsTheSharedCache() {
        Secret copy = writeCopy("1");
        eventually().until(() -> claims.seen.contains(new Seen("1", "")));

        writeCopy("2");

        eventually().until(() -> claims.seen.contains(new Seen("2", "")));
        assertThat(informers.secret(namespace, NAME).orElseThrow().getData().values())
                .as("the values in the cache")
                .doesNotContain("dmFsdWU=");
        assertThat(informers.secretsOf(namespace, copy.getMetadata().getLabels().get(Marks.CLIENT_UID)))
                .as("the client's own Secrets")
                .isEmpty();
    }

    @Test
    void aClaimIsReconciledAfterAChangeOfTheLabelsOfItsNamespace() {
        kubernetes.namespaces().withName(namespace).edit(found -> {
            found.getMetadata().getLabels().put("team", "shop");
            return found;
        });

        eventually().until(() -> claims.seen.contains(new Seen("", "shop")));
    }

    /** A Secret that the operator wrote is readable before the watch delivers it. */
    @Test
    void itReadsWhatTheOperatorWroteAtOnce() {
        informers.wrote(writeCopy("3"));

        assertThat(clientIdOfCopy()).isEqualTo("3");
    }

    private static ConditionFactory eventually() {
        return await().atMost(Stage.PATIENCE);
    }

    private String clientIdOfCopy() {
        return clientIdOfCopy(informers, namespace);
    }

    private static String clientIdOfCopy(Informers informers, String namespace) {
        return informers
                .secret(namespace, NAME)
                .map(secret -> secret.getMetadata().getAnnotations().get(Marks.CLIENT_ID))
                .orElse("");
    }

    /** What a pass found in the shared caches: the client id in the copy, and the label of the namespace; each empty if absent. */
    private record Seen(String clientId, String team) {}

    private ClientSecretClaim claim() {
        return Serialization.unmarshal("""
                apiVersion: cognito.appclients.dev/v1beta1
                kind: ClientSecretClaim
                metadata: {name: copy, namespace: %s}
                spec: {clientRef: {namespace: shop, name: web}}
                """.formatted(namespace), ClientSecretClaim.class);
    }

    private Secret writeCopy(String clientId) {
        return kubernetes
                .resource(new SecretBuilder()
                        .withNewMetadata()
                        .withName(NAME)
                        .withNamespace(namespace)
                        .addToLabels(Marks.CLIENT_UID, "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0")
                        .addToLabels(Marks.CLAIM_UID, "1f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0")
                        .addToAnnotations(Marks.CLAIM, namespace + "/" + NAME)
                        .addToAnnotations(Marks.CLIENT_ID, clientId)
                        .endMetadata()
                        .addToData("clientSecret", "dmFsdWU=")
                        .build())
                .serverSideApply();
    }

    @ControllerConfiguration(name = "first")
    private static final class First implements Reconciler<UserPoolClient> {

        private final Informers informers;

        First(Informers informers) {
            this.informers = informers;
        }

        @Override
        public UpdateControl<UserPoolClient> reconcile(UserPoolClient client, Context<UserPoolClient> context) {
            return UpdateControl.noUpdate();
        }

        @Override
        public List<EventSource<?, UserPoolClient>> prepareEventSources(EventSourceContext<UserPoolClient> context) {
            return informers.eventSources(context);
        }
    }

    @ControllerConfiguration(name = "claims")
    private static final class Claims implements Reconciler<ClientSecretClaim> {

        private final Set<Seen> seen = ConcurrentHashMap.newKeySet();
        private final Informers informers;

        Claims(Informers informers) {
            this.informers = informers;
        }

        @Override
        public UpdateControl<ClientSecretClaim> reconcile(ClientSecretClaim claim, Context<ClientSecretClaim> context) {
            if (claim.getMetadata().getName().equals(NAME)) {
                String namespace = claim.getMetadata().getNamespace();
                seen.add(new Seen(
                        clientIdOfCopy(informers, namespace),
                        informers.namespaceLabels(namespace).orElse(Map.of()).getOrDefault("team", "")));
            }
            return UpdateControl.noUpdate();
        }

        @Override
        public List<EventSource<?, ClientSecretClaim>> prepareEventSources(
                EventSourceContext<ClientSecretClaim> context) {
            return informers.claimEventSources(context);
        }
    }

    /** The lists and watches that reach the API server. */
    private static final class Requests implements Interceptor {

        private final Queue<HttpRequest> seen = new ConcurrentLinkedQueue<>();

        @Override
        public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
            seen.add(request);
        }

        List<HttpRequest> lists(String kind) {
            return of(kind, false);
        }

        List<HttpRequest> watches(String kind) {
            return of(kind, true);
        }

        private List<HttpRequest> of(String kind, boolean watch) {
            return seen.stream()
                    .filter(request -> request.method().equals("GET"))
                    .filter(request -> request.uri().getPath().equals("/api/v1" + kind))
                    .filter(request -> String.valueOf(request.uri().getQuery()).contains("watch=true") == watch)
                    .toList();
        }
    }
}
