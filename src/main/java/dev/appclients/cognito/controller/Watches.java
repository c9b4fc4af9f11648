package dev.appclients.cognito.controller;

import dev.appclients.cognito.api.v1beta1.ClusterUserPool;
import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.model.Interner;
import dev.appclients.cognito.model.LeanMetadata;
import dev.appclients.cognito.model.LeanValues;
import dev.appclients.cognito.secret.Marks;
import dev.appclients.cognito.secret.SecretView;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Secret;
import io.javaoperatorsdk.operator.api.config.ControllerConfigurationOverrider;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How each kind is listed, watched and cached: in pages, and in a form that takes little memory. Equal values are one instance in
 * all caches. The framework keeps no index from clients to what they use: each pass asks by name.
 */
final class Watches {

    /** How many objects the API server returns in one answer to a list. */
    static final long PAGE_SIZE = 250;

    /** Many more than the values that a cluster's clients have in common; 80 KiB, and at most so many values are kept alive. */
    private static final int SHARED_VALUES = 4096;

    private final long pageSize;
    private final LeanValues values = new LeanValues(new Interner(SHARED_VALUES));
    private final LeanMetadata metadata = new LeanMetadata(values);
    private final LeanValues known = values.withoutLearning();
    private final SecretView written = new SecretView(known);
    private final ClientItems clients = new ClientItems(values);
    private final SecretItems secrets = new SecretItems(new SecretView(values));

    /** @param pageSize at least 1 */
    Watches(long pageSize) {
        this.pageSize = pageSize;
    }

    void configureClients(ControllerConfigurationOverrider<UserPoolClient> watch) {
        watch.withInformerListLimit(pageSize).withItemStore(clients);
    }

    void configurePools(ControllerConfigurationOverrider<ClusterUserPool> watch) {
        watch.withInformerListLimit(pageSize);
    }

    InformerEventSourceConfiguration.Builder<ClusterUserPool> pools() {
        return paged(ClusterUserPool.class, "pools");
    }

    /** The Secrets with the operator's mark, without their values. */
    InformerEventSourceConfiguration.Builder<Secret> secrets() {
        return paged(Secret.class, "secrets")
                .withWatchAllNamespaces()
                .withLabelSelector(Marks.CLIENT_UID)
                .withItemStore(secrets);
    }

    /** Every namespace, as its name, labels and deletion. */
    InformerEventSourceConfiguration.Builder<Namespace> namespaces() {
        return paged(Namespace.class, "namespaces").withItemStore(new LeanItems<>(this::essence));
    }

    private <R extends HasMetadata> InformerEventSourceConfiguration.Builder<R> paged(Class<R> type, String name) {
        return InformerEventSourceConfiguration.from(type, UserPoolClient.class)
                .withName(name)
                .withInformerListLimit(pageSize)
                .withPrimaryToSecondaryMapper(client -> Set.of());
    }

    /** The cached Secrets with the mark of this UID, in any namespace. */
    List<Secret> secretsMarked(String uid) {
        return secrets.of(uid);
    }

    /** A Secret that was just written, as the cache would keep it. */
    Secret asKept(Secret secret) {
        return written.strip(secret);
    }

    /** Makes an answer of the API server as small as the cache keeps it, with the instances that the cache has. */
    void shrink(UserPoolClient answer) {
        ClientItems.shrink(known, answer, clients.get(clients.getKey(answer)));
    }

    private Namespace essence(Namespace namespace, @Nullable Namespace former) {
        ObjectMeta meta = namespace.getMetadata();
        meta.setManagedFields(List.of());
        meta.setOwnerReferences(List.of());
        meta.setFinalizers(List.of());
        metadata.strip(meta, former == null ? null : former.getMetadata(), label -> true, annotation -> false);
        namespace.setApiVersion(values.lean(namespace.getApiVersion()));
        namespace.setKind(values.lean(namespace.getKind()));
        namespace.setSpec(null);
        namespace.setStatus(null);
        namespace.setAdditionalProperties(Map.of());
        return namespace;
    }
}
