package dev.appclients.cognito.controller.reconcile;

import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.controlplane.Edits;
import dev.appclients.cognito.status.Conditions;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/** Many clients in one namespace, written and removed by many hands. */
public final class Crowd implements AutoCloseable {

    /** More than the API server works on at a time, fewer than it turns away. */
    private static final int AT_A_TIME = 16;

    private final KubernetesClient admin;
    private final String namespace;
    private final List<String> finalizers;

    /** Makes the namespace if it is not there. */
    public Crowd(KubernetesClient admin, String namespace) {
        this(admin, namespace, List.of());
    }

    /** As above, with clients that have these finalizers from the start. */
    public Crowd(KubernetesClient admin, String namespace, List<String> finalizers) {
        this.admin = admin;
        this.namespace = namespace;
        this.finalizers = finalizers;
        admin.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(namespace)
                        .endMetadata()
                        .build())
                .serverSideApply();
    }

    public String namespace() {
        return namespace;
    }

    /** Creates that many, and does something to each right after. */
    public void create(int count, Consumer<UserPoolClient> thenEach) {
        atOnce(count, i -> thenEach.accept(admin.resource(client("web-" + i)).create()));
    }

    void annotate(String name, String annotation, String value) {
        Edits.edit(admin.resources(UserPoolClient.class).inNamespace(namespace).withName(name), client -> {
            client.getMetadata().getAnnotations().put(annotation, value);
            return client;
        });
    }

    UserPoolClient create(String name) {
        return admin.resource(client(name)).create();
    }

    public List<UserPoolClient> all() {
        return admin.resources(UserPoolClient.class)
                .inNamespace(namespace)
                .list()
                .getItems();
    }

    public long ready() {
        return all().stream().filter(Crowd::isReady).count();
    }

    static boolean isReady(UserPoolClient client) {
        return client.getStatus() != null
                && Conditions.find(client.getStatus().conditions(), Conditions.READY)
                        .filter(condition -> condition.getStatus().equals("True")
                                && condition
                                        .getObservedGeneration()
                                        .equals(client.getMetadata().getGeneration()))
                        .isPresent();
    }

    private UserPoolClient client(String name) {
        return Serialization.unmarshal("""
                apiVersion: cognito.appclients.dev/v1beta1
                kind: UserPoolClient
                metadata: {name: %s, namespace: %s, finalizers: %s}
                spec: {userPoolRef: {name: customers}, appType: Confidential}
                """.formatted(name, namespace, finalizers), UserPoolClient.class);
    }

    /** Without the operator's help: it must have ended. */
    @Override
    public void close() {
        List<UserPoolClient> left = all();
        atOnce(left.size(), i -> {
            var one = admin.resource(left.get(i));
            if (!left.get(i).getMetadata().getFinalizers().isEmpty()) {
                one.edit(found -> {
                    found.getMetadata().setFinalizers(List.of());
                    return found;
                });
            }
            one.delete();
        });
        admin.namespaces().withName(namespace).delete();
    }

    private static void atOnce(int count, IntConsumer action) {
        try (var hands =
                Executors.newFixedThreadPool(AT_A_TIME, Thread.ofVirtual().factory())) {
            List<Future<?>> all = new ArrayList<>();
            IntStream.range(0, count).forEach(i -> all.add(hands.submit(() -> action.accept(i))));
            for (Future<?> one : all) {
                one.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
