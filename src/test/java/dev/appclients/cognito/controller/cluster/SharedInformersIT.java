package dev.appclients.cognito.controller.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.controller.workarounds.RestingOperator;
import dev.appclients.cognito.controlplane.Clients;
import dev.appclients.cognito.controlplane.TestCluster;
import dev.appclients.cognito.model.Marks;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Another reconciler registers event sources on the informers that the UserPoolClient reconciler has. */
class SharedInformersIT {

    private static final String NAME = "copy";

    private final Requests requests = new Requests();
    private final KubernetesClient kubernetes =
            Clients.of(TestCluster.adminConfig(), http -> http.addOrReplaceInterceptor("requests", requests));
    private final Informers informers = new Informers();
    private final Second second = new Second(informers);
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
        kubernetes
                .resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withName(NAME)
                        .withNamespace(namespace)
                        .endMetadata()
                        .build())
                .create();
        writeSecret("1");
        operator = new RestingOperator(
                overrider -> overrider.withKubernetesClient(kubernetes).withCloseClientOnStop(false));
        First first = new First(informers);
        operator.register(
                first,
                informers.watches().clients(operator.getConfigurationService().getConfigurationFor(first)));
        operator.register(second, overrider -> overrider.settingNamespace(namespace));
        operator.start();
        await().until(informers::areRunning);
    }

    @AfterEach
    void stop() {
        operator.stop();
        kubernetes.namespaces().withName(namespace).delete();
        kubernetes.close();
    }

    @Test
    void itsEventSourcesListAndWatchNothingOfTheirOwn() {
        await().until(() -> !second.passes.isEmpty());

        for (String kind : List.of("/secrets", "/namespaces")) {
            await().untilAsserted(() ->
                    assertThat(requests.watches(kind)).as("watches of %s", kind).hasSize(1));
            assertThat(requests.lists(kind)).as("lists of %s", kind).hasSize(1);
        }
    }

    @Test
    void itIsReconciledAfterAChangeAndReadsTheSharedCache() {
        writeSecret("2");

        await().untilAsserted(() -> {
            Pass last = second.last();
            assertThat(last.secret().getMetadata().getAnnotations())
                    .as("the annotations that the cache keeps")
                    .containsEntry(Marks.CLIENT_ID, "2");
            assertThat(last.secret().getData().values())
                    .as("the values in the cache")
                    .doesNotContain("dmFsdWU=");
        });
        kubernetes.namespaces().withName(namespace).edit(found -> {
            found.getMetadata().getLabels().put("team", "shop");
            return found;
        });
        await().untilAsserted(() ->
                assertThat(second.last().labels()).as("the labels").containsEntry("team", "shop"));
    }

    /** A Secret that the operator wrote is readable before the watch delivers it, in the event source of another reconciler too. */
    @Test
    void itReadsWhatTheOperatorWroteAtOnce() {
        Secret written = writeSecret("3");
        informers.wrote(written);

        assertThat(second.secretOf(namespace).getMetadata().getAnnotations()).containsEntry(Marks.CLIENT_ID, "3");
    }

    private Secret writeSecret(String clientId) {
        return kubernetes
                .resource(new SecretBuilder()
                        .withNewMetadata()
                        .withName(NAME)
                        .withNamespace(namespace)
                        .addToLabels(Marks.CLIENT_UID, "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0")
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

    private record Pass(Secret secret, Map<String, String> labels) {}

    @ControllerConfiguration(name = "second")
    private static final class Second implements Reconciler<ConfigMap> {

        private final Queue<Pass> passes = new ConcurrentLinkedQueue<>();
        private final EventSource<Secret, ConfigMap> secrets;
        private final EventSource<Namespace, ConfigMap> namespaces;

        Second(Informers informers) {
            secrets = informers
                    .secrets()
                    .eventSource(
                            "copied-secrets",
                            secret -> Set.of(ResourceID.fromResource(secret)),
                            copy -> Set.of(ResourceID.fromResource(copy)));
            namespaces = informers
                    .namespaces()
                    .eventSource(
                            "target-namespaces",
                            found -> Set.of(
                                    new ResourceID(NAME, found.getMetadata().getName())),
                            copy -> Set.of(new ResourceID(copy.getMetadata().getNamespace())));
        }

        @Override
        public UpdateControl<ConfigMap> reconcile(ConfigMap copy, Context<ConfigMap> context) {
            if (copy.getMetadata().getName().equals(NAME)) {
                for (Secret secret : context.getSecondaryResources(Secret.class)) {
                    for (Namespace found : context.getSecondaryResources(Namespace.class)) {
                        passes.add(
                                new Pass(secret, Map.copyOf(found.getMetadata().getLabels())));
                    }
                }
            }
            return UpdateControl.noUpdate();
        }

        Pass last() {
            return passes.stream().reduce((before, after) -> after).orElseThrow();
        }

        Secret secretOf(String namespace) {
            ConfigMap copy = new ConfigMapBuilder()
                    .withNewMetadata()
                    .withName(NAME)
                    .withNamespace(namespace)
                    .endMetadata()
                    .build();
            return secrets.getSecondaryResources(copy).iterator().next();
        }

        @Override
        public List<EventSource<?, ConfigMap>> prepareEventSources(EventSourceContext<ConfigMap> context) {
            return List.of(secrets, namespaces);
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
