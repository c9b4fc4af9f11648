package dev.appclients.cognito.controller;

import dev.appclients.cognito.api.v1beta1.ClusterUserPool;
import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import io.fabric8.kubernetes.api.model.Secret;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the operator knows of the cluster without asking: its informers' caches. Nothing here causes a request. */
interface KubernetesView {

    /** The ClusterUserPool of this name. */
    Optional<ClusterUserPool> pool(String name);

    /** Every ClusterUserPool. */
    List<ClusterUserPool> pools();

    /** The labels of a namespace; empty while the cache does not know the namespace, which then is permitted nothing. */
    Optional<Map<String, String>> namespaceLabels(String namespace);

    /** The Secret, stripped of its values, if it bears the mark of one of our clients. */
    Optional<Secret> secret(String namespace, String name);

    /** Every Secret in the namespace that bears the mark of this client. */
    List<Secret> secretsOf(String namespace, String uid);

    /** What the cache holds of a client now, which may be newer than what a pass began with. */
    Optional<UserPoolClient> client(ResourceID id);

    /** Every client that wants to adopt this app client, permitted or not. */
    List<UserPoolClient> adopters(String clientId);

    /** Every client whose status tells of this app client; a hint, for anybody may have written it there. */
    List<UserPoolClient> tellingOf(String clientId);

    /** The client whose own app clients' names end like this one; its UID, which nobody can choose, says so. */
    Optional<UserPoolClient> namesake(String nameInCognito);

    /** Every client that refers to this pool. */
    List<UserPoolClient> clientsOfPool(String pool);

    /** How many clients of this pool have gone since this process began: each leaves room for another. */
    long departures(String pool);
}
