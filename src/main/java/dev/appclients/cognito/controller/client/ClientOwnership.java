package dev.appclients.cognito.controller.client;

import dev.appclients.cognito.api.v1beta1.ClusterUserPool;
import dev.appclients.cognito.api.v1beta1.Mode;
import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.authorization.Authorization;
import dev.appclients.cognito.authorization.Decision;
import dev.appclients.cognito.authorization.PoolSnapshot;
import dev.appclients.cognito.controller.cluster.Adoption;
import dev.appclients.cognito.controller.cluster.KubernetesView;
import dev.appclients.cognito.controller.cluster.Pools;
import dev.appclients.cognito.model.AppClient;
import dev.appclients.cognito.model.NamespaceSnapshot;
import dev.appclients.cognito.plan.ClientName;
import dev.appclients.cognito.plan.Ownership;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides which UserPoolClient owns which app client. An object owns the app clients whose names end in the suffix of its UID. An app
 * client without the suffix of a living object can be adopted where the pool permits it. The oldest permitted object in the cluster
 * adopts it.
 */
final class ClientOwnership {

    /** By creation time, then by UID. Users can choose neither. */
    private static final Comparator<UserPoolClient> AGE = Comparator.comparing(
                    (UserPoolClient client) -> client.getMetadata().getCreationTimestamp())
            .thenComparing(client -> client.getMetadata().getUid());

    private final KubernetesView kubernetes;

    ClientOwnership(KubernetesView kubernetes) {
        this.kubernetes = kubernetes;
    }

    static Mode mode(UserPoolClient client) {
        return Objects.requireNonNullElse(client.getSpec().mode(), Mode.MANAGE);
    }

    /** Whether the pool permits the adoption that the manifest asks for. A manifest without adoption needs no permission. */
    static Decision decideAdoption(UserPoolClient client, PoolSnapshot pool, NamespaceSnapshot namespace) {
        String adopted = Adoption.adopted(client);
        return adopted == null
                ? new Decision.Allowed()
                : Authorization.decideAdoption(pool, namespace, adopted, mode(client));
    }

    /** The client's namespace as the cache holds it. */
    NamespaceSnapshot namespaceOf(UserPoolClient client) {
        String namespace = client.getMetadata().getNamespace();
        return new NamespaceSnapshot(
                namespace, kubernetes.namespaceLabels(namespace).orElse(null));
    }

    /**
     * The oldest other object that adopts the same app client and is older than this one; empty if there is none. Objects that their
     * pool does not permit the adoption do not count.
     *
     * @param pool the client's; the cache may hold a newer version
     */
    Optional<UserPoolClient> earlierOwner(UserPoolClient client, ClusterUserPool pool) {
        String adopted = Adoption.adopted(client);
        return adopted == null
                ? Optional.empty()
                : kubernetes.adopters(adopted).stream()
                        .filter(other ->
                                !isSame(client, other) && AGE.compare(other, client) < 0 && isPermitted(other, pool))
                        .min(AGE);
    }

    /** The owner of an app client that Cognito has just described. */
    Ownership ownership(UserPoolClient client, AppClient described) {
        String name = described.settings().clientName();
        boolean ownName = ClientName.isOurs(name, client.getMetadata().getUid());
        String adopted = Adoption.adopted(client);
        if (adopted == null) {
            return ownName ? Ownership.OWN : Ownership.FOREIGN;
        }
        if (!adopted.equals(described.clientId())) {
            return Ownership.FOREIGN;
        }
        return ownName || kubernetes.ownerOfName(name).isEmpty() ? Ownership.ADOPTED : Ownership.OWNED_BY_OTHER;
    }

    /** Whether the status of another living object names the app client to adopt as one that the operator created for it. */
    boolean isRecordedElsewhere(UserPoolClient client) {
        String adopted = Adoption.adopted(client);
        return adopted != null
                && kubernetes.recording(adopted).stream()
                        .anyMatch(other -> !isSame(client, other) && Adoption.adopted(other) == null);
    }

    /**
     * Says which object owns the app client.
     *
     * @param owner null when unknown. Its name is withheld from other namespaces
     */
    static String belongsTo(UserPoolClient client, String clientId, @Nullable UserPoolClient owner) {
        String neighbour = neighbour(client, owner);
        return "App client " + clientId + " belongs to "
                + (neighbour == null
                        ? "another UserPoolClient."
                        : "UserPoolClient '" + neighbour + "' in this namespace.");
    }

    /** As {@link #belongsTo}, and what the user can do to adopt the app client. */
    static String alreadyOwned(UserPoolClient client, String clientId, @Nullable UserPoolClient owner) {
        return belongsTo(client, clientId, owner) + " Name another app client in spec.adopt.clientId, or "
                + (neighbour(client, owner) == null
                        ? "ask the platform team to delete that object"
                        : "delete that object")
                + ". The operator adopts the app client as soon as that object is gone.";
    }

    /** The name of an owner in the client's namespace; null for any other. */
    private static @Nullable String neighbour(UserPoolClient client, @Nullable UserPoolClient owner) {
        return owner != null
                        && owner.getMetadata()
                                .getNamespace()
                                .equals(client.getMetadata().getNamespace())
                ? owner.getMetadata().getName()
                : null;
    }

    /** Whether the other client may adopt an app client of the same user pool. */
    private boolean isPermitted(UserPoolClient other, ClusterUserPool judged) {
        NamespaceSnapshot namespace = namespaceOf(other);
        return pool(other, judged)
                .filter(pool ->
                        pool.getSpec().userPoolId().equals(judged.getSpec().userPoolId())
                                && Pools.isFirst(pool, kubernetes.pools())
                                && isAllowed(Authorization.decideUse(PoolSnapshot.of(pool), namespace))
                                && isAllowed(decideAdoption(other, PoolSnapshot.of(pool), namespace)))
                .isPresent();
    }

    private Optional<ClusterUserPool> pool(UserPoolClient other, ClusterUserPool judged) {
        String name = other.getSpec().userPoolRef().name();
        return name.equals(judged.getMetadata().getName()) ? Optional.of(judged) : kubernetes.pool(name);
    }

    private static boolean isAllowed(Decision decision) {
        return decision instanceof Decision.Allowed;
    }

    private static boolean isSame(UserPoolClient one, UserPoolClient other) {
        return one.getMetadata().getUid().equals(other.getMetadata().getUid());
    }
}
