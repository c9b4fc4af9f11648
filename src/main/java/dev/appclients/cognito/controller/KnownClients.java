package dev.appclients.cognito.controller;

import dev.appclients.cognito.api.v1beta1.AdoptionEntry;
import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Objects to an app client that only has an object's name. The suffix of the name proves ownership only until a person renames
 * another client to it, for example in the AWS console. So the operator compares the client with what it knows at no call: the client
 * that this process created or was shown, the client that the object's own Secret was written for, the times, and the clients that the
 * pool's owner lists for adoption because they were there before; such a client is taken only if one of the other two names it.
 */
final class KnownClients implements Objections {

    /** By so much the clocks of AWS and of the API server may differ. */
    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(10);

    private static final String WAY_OUT =
            ". The operator changes nothing. Rename or delete the app client in Cognito that is not this object's";

    private final KubernetesView kubernetes;
    private final CreateHistory creates;
    private final OwnSecrets secrets;

    KnownClients(KubernetesView kubernetes, CreateHistory creates, OwnSecrets secrets) {
        this.kubernetes = kubernetes;
        this.creates = creates;
        this.secrets = secrets;
    }

    @Override
    public @Nullable String to(UserPoolClient resource, String found, @Nullable Instant created) {
        String proven = creates.provenClient(resource.getMetadata().getUid()).orElse(null);
        if (contradicts(resource, proven, found)) {
            return named(found) + "but the operator knows app client " + proven + " as this object's" + WAY_OUT + ".";
        }
        String recorded = secrets.recordedClientId(resource).orElse(null);
        if (contradicts(resource, recorded, found)) {
            return named(found) + "but this object's Secret was written for app client " + recorded + WAY_OUT
                    + ". If app client " + found + " is this object's, delete the Secret.";
        }
        boolean corroborated = found.equals(proven) || found.equals(recorded);
        return corroborated ? null : objectionToUncorroborated(resource, found, created);
    }

    private @Nullable String objectionToUncorroborated(
            UserPoolClient resource, String found, @Nullable Instant created) {
        Instant begun = Instant.parse(resource.getMetadata().getCreationTimestamp());
        if (created != null && created.plus(CLOCKS_DIFFER).isBefore(begun)) {
            return named(found) + "but Cognito created it at " + created + ", before this object existed" + WAY_OUT
                    + ".";
        }
        String pool = resource.getSpec().userPoolRef().name();
        return isListedForAdoption(pool, found)
                ? named(found) + "but ClusterUserPool '" + pool + "' lists it in spec.adoption" + WAY_OUT
                        + ". If app client " + found
                        + " is this object's, ask the platform team to remove the entry."
                : null;
    }

    private boolean isListedForAdoption(String poolName, String clientId) {
        return kubernetes.pool(poolName).map(pool -> pool.getSpec().adoption()).stream()
                .flatMap(List::stream)
                .map(AdoptionEntry::clientId)
                .anyMatch(clientId::equals);
    }

    /** The client that a person gave up by the annotation was replaced, so it contradicts nothing. */
    private static boolean contradicts(UserPoolClient resource, @Nullable String known, String found) {
        return known != null
                && !known.equals(found)
                && !known.equals(Annotations.value(resource, Annotations.RECREATE));
    }

    private static String named(String clientId) {
        return "App client " + clientId + " has the name of this object, ";
    }
}
