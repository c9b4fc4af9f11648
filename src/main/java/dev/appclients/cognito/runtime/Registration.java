package dev.appclients.cognito.runtime;

import dev.appclients.cognito.api.v1beta1.ClientSecretClaim;
import dev.appclients.cognito.api.v1beta1.ClusterUserPool;
import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.controller.client.UserPoolClientReconciler;
import dev.appclients.cognito.controller.cluster.Informers;
import dev.appclients.cognito.controller.cluster.Watches;
import dev.appclients.cognito.controller.pool.ClusterUserPoolReconciler;
import dev.appclients.cognito.model.Marks;
import io.fabric8.kubernetes.api.model.ListOptions;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.ConfigurationService;
import io.javaoperatorsdk.operator.api.config.ConfigurationServiceOverrider;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import java.time.Duration;
import java.util.Set;

/** Registers the reconcilers with an operator and configures how their objects are listed and cached. */
public final class Registration {

    /** Longer than any process lives: an operator whose caches are not filled waits for them and is not ready. */
    private static final Duration UNTIL_THE_CACHES_ARE_FILLED = Duration.ofDays(365);

    private static final ListOptions ONE =
            new ListOptionsBuilder().withLimit(1L).build();

    private Registration() {}

    /**
     * Lists one object of every kind, to find before the start what no retry repairs, such as a missing permission.
     *
     * @param namespaces the namespaces to list UserPoolClients, ClientSecretClaims and Secrets in; empty for all
     * @throws KubernetesClientException if the API server refuses a list or does not answer
     */
    public static void tryLists(KubernetesClient kubernetes, Set<String> namespaces) {
        kubernetes.resources(ClusterUserPool.class).list(ONE);
        kubernetes.namespaces().list(ONE);
        if (namespaces.isEmpty()) {
            kubernetes.resources(UserPoolClient.class).inAnyNamespace().list(ONE);
            kubernetes.resources(ClientSecretClaim.class).inAnyNamespace().list(ONE);
            kubernetes.secrets().inAnyNamespace().withLabel(Marks.CLIENT_UID).list(ONE);
        }
        for (String namespace : namespaces) {
            kubernetes.resources(UserPoolClient.class).inNamespace(namespace).list(ONE);
            kubernetes.resources(ClientSecretClaim.class).inNamespace(namespace).list(ONE);
            kubernetes
                    .secrets()
                    .inNamespace(namespace)
                    .withLabel(Marks.CLIENT_UID)
                    .list(ONE);
        }
    }

    /**
     * Makes the caches retry their first list too. A page of a list expires when the API server compacts its history, after about
     * five minutes. One failed list must not end the process. {@link #tryLists} finds what no retry repairs.
     */
    public static void retryLists(ConfigurationServiceOverrider overrider) {
        overrider.withStopOnInformerErrorDuringStartup(false).withCacheSyncTimeout(UNTIL_THE_CACHES_ARE_FILLED);
    }

    /** Registers the reconcilers. Nothing is listed before the operator starts. */
    public static void register(
            Operator operator,
            Informers informers,
            UserPoolClientReconciler clients,
            ClusterUserPoolReconciler pools,
            Reconciler<ClientSecretClaim> claims) {
        Watches watches = informers.watches();
        ConfigurationService configurations = operator.getConfigurationService();
        operator.register(clients, watches.clients(configurations.getConfigurationFor(clients)));
        operator.register(pools, watches.pools(configurations.getConfigurationFor(pools)));
        operator.register(claims, watches.claims(configurations.getConfigurationFor(claims)));
    }
}
