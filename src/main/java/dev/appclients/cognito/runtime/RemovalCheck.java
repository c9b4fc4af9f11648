package dev.appclients.cognito.runtime;

import dev.appclients.cognito.api.v1beta1.ApiVersion;
import dev.appclients.cognito.controller.reconcile.ControllerNames;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Listable;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.io.PrintStream;
import java.net.HttpURLConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds the objects whose finalizers only the operator removes. Without the operator, the API server never completes the deletion of
 * these objects. The check needs only the right to list UserPoolClients and ClusterUserPools.
 */
final class RemovalCheck {

    /** The exit codes. */
    static final int REMOVABLE = 0;

    static final int NOT_REMOVABLE = 1;

    private static final int NAMED = 20;
    private static final long PAGE_SIZE = 250;

    private static final ResourceDefinitionContext CLIENTS = kind("UserPoolClient", "userpoolclients", true);
    private static final ResourceDefinitionContext POOLS = kind("ClusterUserPool", "clusteruserpools", false);

    private final KubernetesClient kubernetes;
    private final List<String> namespaces;
    private final PrintStream out;

    /** @param namespaces the namespaces that the operator serves; empty for all */
    RemovalCheck(KubernetesClient kubernetes, List<String> namespaces, PrintStream out) {
        this.kubernetes = kubernetes;
        this.namespaces = namespaces;
        this.out = out;
    }

    /** Prints the objects and the next step. Returns the exit code. */
    int run() {
        try {
            List<String> clients = clients();
            List<String> pools = held(kubernetes.genericKubernetesResources(POOLS), ControllerNames.POOL_FINALIZER);
            if (clients.isEmpty() && pools.isEmpty()) {
                out.println("The operator can be removed: no UserPoolClient and no ClusterUserPool has its finalizer.");
                return REMOVABLE;
            }
            print(clients, pools);
        } catch (KubernetesClientException failed) {
            out.println("Cannot check whether the operator can be removed: " + explain(failed) + ".");
        }
        return NOT_REMOVABLE;
    }

    private List<String> clients() {
        var clients = kubernetes.genericKubernetesResources(CLIENTS);
        return namespaces.isEmpty()
                ? held(clients.inAnyNamespace(), ControllerNames.CLIENT_FINALIZER)
                : namespaces.stream()
                        .flatMap(namespace ->
                                held(clients.inNamespace(namespace), ControllerNames.CLIENT_FINALIZER).stream())
                        .toList();
    }

    /** The objects with this finalizer. Without the CRD there are none. */
    private static List<String> held(Listable<GenericKubernetesResourceList> objects, String finalizer) {
        List<String> held = new ArrayList<>();
        String next = "";
        try {
            do {
                GenericKubernetesResourceList page = objects.list(new ListOptionsBuilder()
                        .withLimit(PAGE_SIZE)
                        .withContinue(next.isEmpty() ? null : next)
                        .build());
                page.getItems().stream()
                        .filter(object -> object.hasFinalizer(finalizer))
                        .map(RemovalCheck::line)
                        .forEach(held::add);
                next = orEmpty(page.getMetadata().getContinue());
            } while (!next.isEmpty());
        } catch (KubernetesClientException failed) {
            if (failed.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
                throw failed;
            }
        }
        return held;
    }

    private static String line(GenericKubernetesResource object) {
        String namespace = object.getMetadata().getNamespace();
        return "  " + object.getKind() + " " + (namespace == null ? "" : namespace + "/")
                + object.getMetadata().getName()
                + (object.getMetadata().getDeletionTimestamp() == null ? "" : " (is being deleted)");
    }

    private void print(List<String> clients, List<String> pools) {
        int all = clients.size() + pools.size();
        out.println("The operator cannot be removed yet. Only the operator removes its finalizer from "
                + count(clients, "UserPoolClient") + " and " + count(pools, "ClusterUserPool") + ":");
        Stream.concat(pools.stream(), clients.stream()).limit(NAMED).forEach(out::println);
        if (all > NAMED) {
            out.println("  and " + (all - NAMED) + " more");
        }
        out.println("Delete these objects while the operator runs, and wait until they are gone:");
        if (!clients.isEmpty()) {
            scopes().forEach(scope -> out.println("  kubectl delete userpoolclients " + scope + " --all"));
        }
        if (!pools.isEmpty()) {
            out.println("  kubectl delete clusteruserpools --all");
        }
        out.println("The operator then deletes the app clients in Cognito. To keep an app client, first set"
                + " spec.deletionPolicy: Retain on its UserPoolClient.");
        if (!namespaces.isEmpty() && !pools.isEmpty()) {
            out.println(
                    "If another operator keeps running in this cluster, do not delete the ClusterUserPools: that operator"
                            + " removes their finalizers. When no UserPoolClient is left, remove this operator without the check:"
                            + " helm uninstall --no-hooks.");
        }
    }

    private Stream<String> scopes() {
        return namespaces.isEmpty()
                ? Stream.of("--all-namespaces")
                : namespaces.stream().map(namespace -> "-n " + namespace);
    }

    private static String count(List<String> objects, String kind) {
        return objects.size() + " " + kind + (objects.size() == 1 ? "" : "s");
    }

    private String explain(KubernetesClientException failed) {
        return failed.getCode() == HttpURLConnection.HTTP_FORBIDDEN && failed.getStatus() != null
                ? "the service account lacks a permission: "
                        + failed.getStatus().getMessage()
                        + ". Grant it the verb list on userpoolclients and clusteruserpools"
                : OperatorBootstrap.explain(failed, kubernetes.getMasterUrl().toString());
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static ResourceDefinitionContext kind(String kind, String plural, boolean namespaced) {
        return new ResourceDefinitionContext.Builder()
                .withGroup(ApiVersion.GROUP)
                .withVersion(ApiVersion.VERSION)
                .withKind(kind)
                .withPlural(plural)
                .withNamespaced(namespaced)
                .build();
    }
}
