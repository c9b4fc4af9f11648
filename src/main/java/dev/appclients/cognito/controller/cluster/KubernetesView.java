package dev.appclients.cognito.controller.cluster;

import dev.appclients.cognito.api.v1beta1.ClusterUserPool;
import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import io.fabric8.kubernetes.api.model.Secret;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The caches of the operator's informers. No method sends a request. */
public interface KubernetesView {

    /** The ClusterUserPool of this name. */
    Optional<ClusterUserPool> pool(String name);

    /** Every ClusterUserPool. */
    List<ClusterUserPool> pools();

    /** The labels of a namespace; empty while the cache has no such namespace, which then is allowed nothing. */
    Optional<Map<String, String>> namespaceLabels(String namespace);

    /** The Secret without its values, if it has the operator's mark. */
    Optional<Secret> secret(String namespace, String name);

    /** Every Secret in the namespace with the mark of this client's UID. */
    List<Secret> secretsOf(String namespace, String uid);

    /** The cached client, which may be newer than the version that a pass began with. */
    Optional<UserPoolClient> client(ResourceID id);

    /** Every client whose manifest adopts this app client, allowed or not. */
    List<UserPoolClient> adopters(String clientId);

    /** Every client whose status records this app client. Other writers can write a status, so this is a hint. */
    List<UserPoolClient> recording(String clientId);

    /** The client whose UID gives the suffix of this name in Cognito. No user can choose a UID. */
    Optional<UserPoolClient> ownerOfName(String nameInCognito);

    /** Every client that refers to this pool. */
    List<UserPoolClient> clientsOfPool(String pool);

    /** Every client in the namespace. */
    List<UserPoolClient> clientsIn(String namespace);

    /** The number of app clients of this pool whose object was deleted since the process started. Each makes room for another. */
    long deletions(String pool);
}
