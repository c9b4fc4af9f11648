package dev.appclients.cognito.controller.client;

import dev.appclients.cognito.api.v1beta1.AdoptionEntry;
import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.authorization.PoolSnapshot;
import dev.appclients.cognito.controller.cluster.Annotations;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Objects to an app client that has an object's name, from what the operator knows without a call. The suffix of the name proves
 * ownership only until a person renames another app client to it, for example in the AWS console. The operator compares:
 *
 * <ul>
 *   <li>the app client that this process created, or that Cognito described to it as the object's
 *   <li>the app client that the object's Secret was written for
 *   <li>the creation times of the app client and of the object
 *   <li>the app clients that the pool lists for adoption, because they are older than the operator; such an app client counts as the
 *       object's only if the process or the Secret knows it as such
 * </ul>
 */
final class KnownClients implements Objections {

    /** The clocks of AWS and of the API server may differ by this much. */
    private static final Duration CLOCK_SKEW = Duration.ofMinutes(10);

    private static final String REMEDY =
            ". The operator changes nothing. Rename or delete the app client in Cognito that is not this object's";

    private final CreateHistory creates;
    private final OwnSecrets secrets;

    KnownClients(CreateHistory creates, OwnSecrets secrets) {
        this.creates = creates;
        this.secrets = secrets;
    }

    @Override
    public @Nullable String to(UserPoolClient resource, PoolSnapshot pool, String found, @Nullable Instant created) {
        String own = creates.ownClient(resource.getMetadata().getUid()).orElse(null);
        if (contradicts(resource, own, found)) {
            return named(found) + "but the operator knows app client " + own + " as this object's" + REMEDY + ".";
        }
        String recorded = secrets.recordedClientId(resource).orElse(null);
        if (contradicts(resource, recorded, found)) {
            return named(found) + "but this object's Secret was written for app client " + recorded + REMEDY
                    + ". If app client " + found + " is this object's, delete the Secret.";
        }
        boolean corroborated = found.equals(own) || found.equals(recorded);
        return corroborated ? null : objectionToUncorroborated(resource, pool, found, created);
    }

    private static @Nullable String objectionToUncorroborated(
            UserPoolClient resource, PoolSnapshot pool, String found, @Nullable Instant created) {
        Instant begun = Instant.parse(resource.getMetadata().getCreationTimestamp());
        if (created != null && created.plus(CLOCK_SKEW).isBefore(begun)) {
            return named(found) + "but Cognito created it at " + created + ", before this object existed" + REMEDY
                    + ".";
        }
        return isListedForAdoption(pool, found)
                ? named(found) + "but ClusterUserPool '" + pool.name() + "' lists it in spec.adoption" + REMEDY
                        + ". If app client " + found
                        + " is this object's, ask the platform team to remove the entry."
                : null;
    }

    private static boolean isListedForAdoption(PoolSnapshot pool, String clientId) {
        return pool.spec().adoption() != null
                && pool.spec().adoption().stream().map(AdoptionEntry::clientId).anyMatch(clientId::equals);
    }

    /** The recreate annotation gives up an app client, so that one contradicts nothing. */
    private static boolean contradicts(UserPoolClient resource, @Nullable String known, String found) {
        return known != null
                && !known.equals(found)
                && !known.equals(Annotations.value(resource, Annotations.RECREATE));
    }

    private static String named(String clientId) {
        return "App client " + clientId + " has the name of this object, ";
    }
}
