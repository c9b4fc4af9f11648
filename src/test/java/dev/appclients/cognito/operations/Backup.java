package dev.appclients.cognito.operations;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A backup of a namespace and of the ClusterUserPools, as Velero makes and restores it: without UIDs and owner references, with labels,
 * annotations and finalizers, and with the status only on request.
 */
final class Backup {

    private static final String API = "cognito.appclients.dev/v1beta1";
    private static final List<String> OF_THE_FORMER_CLUSTER = List.of(
            "uid",
            "resourceVersion",
            "generation",
            "creationTimestamp",
            "deletionTimestamp",
            "deletionGracePeriodSeconds",
            "ownerReferences",
            "managedFields");

    private final KubernetesClient admin;
    private final String namespace;
    private final List<ObjectNode> pools;
    private final List<ObjectNode> secrets;
    private final List<ObjectNode> clients;

    private Backup(
            KubernetesClient admin,
            String namespace,
            List<ObjectNode> pools,
            List<ObjectNode> secrets,
            List<ObjectNode> clients) {
        this.admin = admin;
        this.namespace = namespace;
        this.pools = pools;
        this.secrets = secrets;
        this.clients = clients;
    }

    static Backup of(KubernetesClient admin, String namespace) {
        return new Backup(
                admin,
                namespace,
                read(admin.genericKubernetesResources(API, "ClusterUserPool")
                        .list()
                        .getItems()),
                read(admin.genericKubernetesResources("v1", "Secret")
                        .inNamespace(namespace)
                        .list()
                        .getItems()),
                read(admin.genericKubernetesResources(API, "UserPoolClient")
                        .inNamespace(namespace)
                        .list()
                        .getItems()));
    }

    /** The same backup, to be restored into a new cluster. Its namespace is created. */
    Backup forCluster(KubernetesClient other) {
        other.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(namespace)
                        .endMetadata()
                        .build())
                .create();
        return new Backup(other, namespace, pools, secrets, clients);
    }

    /**
     * Removes the objects without the operator, as the loss of a cluster does. The garbage collector removes the Secrets too, as soon
     * as their clients are gone, so that each of them may be gone before its turn.
     */
    void loseCluster() {
        Stream.of(clients, pools, secrets).flatMap(List::stream).forEach(object -> {
            var resource = admin.resource(Serialization.asJson(object));
            if (object.at("/metadata/finalizers").isArray() && resource.get() != null) {
                resource.patch(PatchContext.of(PatchType.JSON_MERGE), "{\"metadata\": {\"finalizers\": null}}");
            }
            resource.delete();
        });
    }

    void restoreSecrets() {
        secrets.forEach(this::create);
    }

    void restorePools() {
        pools.forEach(this::create);
    }

    /** Restores the UserPoolClients, with the status if the tool is told to. */
    void restoreClients(boolean withStatus) {
        for (ObjectNode client : clients) {
            create(client);
            if (withStatus) {
                var objects = admin.genericKubernetesResources(API, "UserPoolClient")
                        .inNamespace(namespace)
                        .withName(client.at("/metadata/name").asText());
                GenericKubernetesResource created = objects.require();
                created.setAdditionalProperty(
                        "status", Serialization.jsonMapper().convertValue(client.get("status"), Map.class));
                objects.patchStatus(created);
            }
        }
    }

    private void create(ObjectNode object) {
        ObjectNode copy = object.deepCopy();
        copy.remove("status");
        ((ObjectNode) copy.get("metadata")).remove(OF_THE_FORMER_CLUSTER);
        admin.resource(Serialization.asJson(copy)).create();
    }

    private static List<ObjectNode> read(List<GenericKubernetesResource> objects) {
        List<ObjectNode> read = new ArrayList<>();
        objects.forEach(object -> read.add(Serialization.jsonMapper().valueToTree(object)));
        return read;
    }
}
