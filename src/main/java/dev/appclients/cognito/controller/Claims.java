package dev.appclients.cognito.controller;

import dev.appclients.cognito.api.v1beta1.ClusterUserPool;
import dev.appclients.cognito.api.v1beta1.Mode;
import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.authorization.Authorization;
import dev.appclients.cognito.authorization.Decision;
import dev.appclients.cognito.model.AppClient;
import dev.appclients.cognito.plan.ClientName;
import dev.appclients.cognito.plan.Whose;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who may have which app client. An object has the clients that bear the suffix of its UID. One that bears no living object's
 * suffix may be adopted where the pool permits it, by one object in the cluster: the one that was there first.
 */
final class Claims {

    /** By creation time, then by UID: the same whoever asks, and nobody can choose either. */
    private static final Comparator<UserPoolClient> AGE = Comparator.comparing(
                    (UserPoolClient client) -> client.getMetadata().getCreationTimestamp())
            .thenComparing(client -> client.getMetadata().getUid());

    private final KubernetesView kubernetes;

    Claims(KubernetesView kubernetes) {
        this.kubernetes = kubernetes;
    }

    static Mode mode(UserPoolClient client) {
        return Objects.requireNonNullElse(client.getSpec().mode(), Mode.MANAGE);
    }

    /** What the pool says to the adoption that the manifest wants. */
    Decision permission(UserPoolClient client, ClusterUserPool pool) {
        String adopted = Adoption.adopted(client);
        String namespace = client.getMetadata().getNamespace();
        return adopted == null
                ? new Decision.Allowed()
                : Authorization.decideAdoption(
                        pool.getSpec(),
                        pool.getMetadata().getName(),
                        namespace,
                        kubernetes.namespaceLabels(namespace).orElse(null),
                        adopted,
                        mode(client));
    }

    /**
     * Why the app client that this one wants to adopt is not its to adopt; null when nobody was there before it. Only those who may
     * adopt it count: a manifest that is not permitted keeps nobody from anything.
     */
    @Nullable
    String priority(UserPoolClient client) {
        String adopted = Adoption.adopted(client);
        if (adopted == null) {
            return null;
        }
        String pool = userPool(client).orElse(null);
        return kubernetes.adopters(adopted).stream()
                .filter(other -> !isSame(client, other)
                        && AGE.compare(other, client) < 0
                        && Objects.equals(pool, userPool(other).orElse(null))
                        && isPermitted(other))
                .min(AGE)
                .map(first -> taken(client, adopted, first))
                .orElse(null);
    }

    /** Whose a client is that Cognito has just described. */
    Whose whose(UserPoolClient client, AppClient described) {
        String name = described.settings().clientName();
        boolean ownName = ClientName.isOurs(name, client.getMetadata().getUid());
        String adopted = Adoption.adopted(client);
        if (adopted == null) {
            return ownName ? Whose.OURS : Whose.FOREIGN;
        }
        if (!adopted.equals(described.clientId())) {
            return Whose.FOREIGN;
        }
        return ownName || kubernetes.ownerOfName(name).isEmpty() ? Whose.ADOPTED : Whose.ANOTHERS;
    }

    /** Whether an object that lives tells of having created what this one wants to adopt. */
    boolean isToldElsewhere(UserPoolClient client) {
        String adopted = Adoption.adopted(client);
        return adopted != null
                && kubernetes.recording(adopted).stream()
                        .anyMatch(other -> !isSame(client, other) && Adoption.adopted(other) == null);
    }

    /** Tells only what whoever may read this object may know: an object elsewhere is not named. */
    static String taken(UserPoolClient client, String clientId, @Nullable UserPoolClient by) {
        String namespace = client.getMetadata().getNamespace();
        String neighbour = by != null && by.getMetadata().getNamespace().equals(namespace)
                ? by.getMetadata().getName()
                : null;
        return "App client " + clientId + " belongs to "
                + (neighbour == null
                        ? "another UserPoolClient"
                        : "UserPoolClient '" + neighbour + "' of this namespace")
                + ", so it cannot be adopted here: name another client in spec.adopt.clientId, or "
                + (neighbour == null ? "ask the platform team to have that object deleted" : "delete that object")
                + "; adopted at once when it is gone";
    }

    private boolean isPermitted(UserPoolClient other) {
        String namespace = other.getMetadata().getNamespace();
        return pool(other)
                .filter(pool -> Pools.isFirst(pool, kubernetes.pools())
                        && isAllowed(Authorization.decide(
                                pool.getSpec(),
                                pool.getMetadata().getName(),
                                namespace,
                                kubernetes.namespaceLabels(namespace).orElse(null)))
                        && isAllowed(permission(other, pool)))
                .isPresent();
    }

    private static boolean isAllowed(Decision decision) {
        return decision instanceof Decision.Allowed;
    }

    private Optional<String> userPool(UserPoolClient client) {
        return pool(client).map(pool -> pool.getSpec().userPoolId());
    }

    private Optional<ClusterUserPool> pool(UserPoolClient client) {
        return kubernetes.pool(client.getSpec().userPoolRef().name());
    }

    private static boolean isSame(UserPoolClient one, UserPoolClient other) {
        return one.getMetadata().getUid().equals(other.getMetadata().getUid());
    }
}
