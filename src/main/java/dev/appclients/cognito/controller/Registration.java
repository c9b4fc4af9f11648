package dev.appclients.cognito.controller;

import dev.appclients.cognito.api.v1beta1.ClusterUserPool;
import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.secret.Marks;
import io.fabric8.kubernetes.api.model.ListOptions;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.ConfigurationServiceOverrider;
import java.time.Duration;

/** Registers both reconcilers with an operator, together with how their objects are listed and cached. */
public final class Registration {

    /** Longer than any process lives: an operator without its caches must wait for them, and be not ready. */
    private static final Duration UNTIL_THE_CACHES_ARE_FILLED = Duration.ofDays(365);

    private static final ListOptions ONE =
            new ListOptionsBuilder().withLimit(1L).build();

    private Registration() {}

    /**
     * Lists one object of every kind: what no retry repairs, such as a missing permission, ends the start.
     *
     * @throws KubernetesClientException as the API server refuses, or cannot be reached
     */
    public static void tryLists(KubernetesClient kubernetes) {
        kubernetes.resources(ClusterUserPool.class).list(ONE);
        kubernetes.resources(UserPoolClient.class).inAnyNamespace().list(ONE);
        kubernetes.secrets().inAnyNamespace().withLabel(Marks.CLIENT_UID).list(ONE);
        kubernetes.namespaces().list(ONE);
    }

    /**
     * Has the caches retry their first list too. A page of a list expires when the API server compacts its history, after some five
     * minutes, and a list that fails once must not end the process. {@link #tryLists} finds what no retry repairs.
     */
    public static void retryLists(ConfigurationServiceOverrider overrider) {
        overrider.withStopOnInformerErrorDuringStartup(false).withCacheSyncTimeout(UNTIL_THE_CACHES_ARE_FILLED);
    }

    /** Registers them; nothing is listed before the operator starts. */
    public static void register(
            Operator operator, Informers informers, UserPoolClientReconciler clients, ClusterUserPoolReconciler pools) {
        Watches watches = informers.watches();
        operator.register(clients, watches::configureClients);
        operator.register(pools, watches::configurePools);
    }
}
