package dev.appclients.cognito.controller.cluster;

import dev.appclients.cognito.api.v1beta1.ClientSecretClaim;
import dev.appclients.cognito.api.v1beta1.ClusterUserPool;
import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import io.fabric8.kubernetes.api.model.Namespace;
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
    default Optional<Map<String, String>> namespaceLabels(String namespace) {
        return namespace(namespace).map(found -> found.getMetadata().getLabels());
    }

    /** The Namespace with its name, UID, labels and deletion. */
    Optional<Namespace> namespace(String name);

    /** Every Namespace, served or not. */
    List<Namespace> namespaces();

    /** Whether this operator watches the UserPoolClients, claims and Secrets of this namespace. */
    boolean isServed(String namespace);

    /** The Secret without its values, if it has the operator's mark. */
    Optional<Secret> secret(String namespace, String name);

    /** Every Secret in the namespace with the mark of this client's UID that is no copy. */
    List<Secret> secretsOf(String namespace, String uid);

    /** Every Secret in the namespace with the mark of this claim's UID. */
    List<Secret> copiesOf(String namespace, String claimUid);

    /** The cached claim, which may be newer than the version that a pass began with. */
    Optional<ClientSecretClaim> claim(ResourceID id);

    /** Every claim that refers to this client, in any namespace, permitted or not. */
    List<ClientSecretClaim> claimsFor(ResourceID client);

    /** Every claim whose copy has this name, with or without the name in its spec. */
    List<ClientSecretClaim> claimsNaming(String namespace, String secretName);

    /** Every claim in this namespace. */
    List<ClientSecretClaim> claimsIn(String namespace);

    /** Every client whose own Secret has this name, with or without the name in its spec. */
    List<UserPoolClient> clientsNaming(String namespace, String secretName);

    /** Every client in this namespace. */
    List<UserPoolClient> clientsIn(String namespace);

    /** Every client whose manifest pushes copies, permitted or not. */
    List<UserPoolClient> pushingClients();

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
}
