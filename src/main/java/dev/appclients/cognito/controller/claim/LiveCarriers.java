package dev.appclients.cognito.controller.claim;

import dev.appclients.cognito.controller.claim.Carriers.Carrier;
import dev.appclients.cognito.model.Marks;
import dev.appclients.cognito.secret.CarriedSecretId;
import dev.appclients.cognito.secret.fields.FieldOwnership;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Lists on the API server the Secrets that hold the values of a client. Requests their metadata only. */
final class LiveCarriers {

    /** A client with more copies is rare, and the metadata of so many take a few MiB. */
    private static final int PAGE = 500;

    private final SecretMetadataList secrets;
    private final Set<String> served;

    /** @param served the namespaces that the operator serves; empty for all */
    LiveCarriers(KubernetesClient kubernetes, Set<String> served) {
        secrets = new SecretMetadataList(kubernetes, PAGE);
        this.served = served;
    }

    /**
     * The Secrets with the mark of this client that the operator wrote. Sends one request per page and, if the operator serves a list of
     * namespaces, per namespace.
     *
     * @throws io.fabric8.kubernetes.client.KubernetesClientException if a request fails
     */
    Carriers of(String clientUid) {
        String selector = Marks.CLIENT_UID + "=" + clientUid;
        List<Secret> found = new ArrayList<>();
        if (served.isEmpty()) {
            found.addAll(secrets.inAnyNamespace(selector));
        } else {
            served.stream().sorted().forEach(namespace -> found.addAll(secrets.inNamespace(namespace, selector)));
        }
        return new Carriers(found.stream()
                .filter(LiveCarriers::isOurs)
                .map(LiveCarriers::carrier)
                .toList());
    }

    /** Any writer can put the mark on a Secret. The record of a rotation is no output. */
    private static boolean isOurs(Secret secret) {
        FieldOwnership fields = FieldOwnership.of(secret);
        return fields.operatorWroteIt() && !fields.operatorOwnsLabel(Marks.ROTATION_OF);
    }

    private static Carrier carrier(Secret secret) {
        ObjectMeta metadata = secret.getMetadata();
        Map<String, String> labels = metadata.getLabels();
        return new Carrier(
                metadata.getNamespace(),
                metadata.getName(),
                labels != null && labels.containsKey(Marks.CLAIM_UID),
                CarriedSecretId.recordedIn(secret),
                CarriedSecretId.isForged(secret));
    }
}
