package dev.appclients.cognito.controller.cluster;

import dev.appclients.cognito.api.v1beta1.ClientRef;
import dev.appclients.cognito.api.v1beta1.ClientSecretClaim;
import dev.appclients.cognito.model.LeanMetadata;
import dev.appclients.cognito.model.LeanValues;
import dev.appclients.cognito.model.Marks;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The item store of ClientSecretClaims. It keeps spec, status, and the metadata that a reconciliation reads: of labels and annotations only
 * those of the operator. It has an index by the client, and one by the name of the Secret.
 */
final class ClaimItemStore extends LeanItems<ClientSecretClaim> {

    private final ChangeListener<ClientSecretClaim> listener;
    private final KeyIndex<ResourceID> byClient = new KeyIndex<>();
    private final KeyIndex<ResourceID> bySecret = new KeyIndex<>();

    /**
     * @param values the value pool that all caches share
     * @param listener called by the thread of the informer
     */
    ClaimItemStore(LeanValues values, ChangeListener<ClientSecretClaim> listener) {
        super(new LeanClaim(values, new ClientSecretClaim()));
        this.listener = listener;
    }

    /** The client that a claim refers to. */
    static ResourceID client(ClientSecretClaim claim) {
        ClientRef client = claim.getSpec().clientRef();
        return new ResourceID(client.name(), client.namespace());
    }

    /** The claims that refer to this client. */
    Stream<ClientSecretClaim> ofClient(ResourceID client) {
        return found(byClient.of(client)).filter(claim -> client(claim).equals(client));
    }

    /** The claims whose copy has this name. */
    Stream<ClientSecretClaim> naming(ResourceID secret) {
        return Stream.concat(Stream.ofNullable(get(SecretNames.key(secret))), found(bySecret.of(secret)))
                .filter(claim -> SecretNames.of(claim).equals(secret.getName()));
    }

    /** The number of values in both indexes. */
    int indexed() {
        return byClient.size() + bySecret.size();
    }

    @Override
    protected void changed(String key, @Nullable ClientSecretClaim before, @Nullable ClientSecretClaim now) {
        byClient.move(key, before == null ? null : client(before), now == null ? null : client(now));
        bySecret.move(key, secret(before), secret(now));
        listener.changed(before, now);
    }

    private Stream<ClientSecretClaim> found(List<String> keys) {
        return keys.stream().flatMap(key -> Stream.ofNullable(get(key)));
    }

    private static @Nullable ResourceID secret(@Nullable ClientSecretClaim claim) {
        return claim == null ? null : SecretNames.indexed(claim, SecretNames.of(claim));
    }

    /** Reduces the claim in place to what the cache keeps. */
    static void shrink(LeanValues values, ClientSecretClaim claim, @Nullable ClientSecretClaim former) {
        ObjectMeta meta = claim.getMetadata();
        meta.setManagedFields(List.of());
        meta.setOwnerReferences(List.of());
        new LeanMetadata(values)
                .strip(meta, former == null ? null : former.getMetadata(), Marks.PUSHED::equals, Annotations::isOurs);
        claim.setSpec(values.lean(claim.getSpec(), former == null ? null : former.getSpec()));
        claim.setStatus(values.lean(claim.getStatus(), former == null ? null : former.getStatus()));
    }

    /** @param empty copied for every kept object, so that all share the strings of the kind */
    private record LeanClaim(LeanValues values, ClientSecretClaim empty) implements Lean<ClientSecretClaim> {

        @Override
        public ClientSecretClaim lean(ClientSecretClaim incoming, @Nullable ClientSecretClaim former) {
            shrink(values, incoming, former);
            ClientSecretClaim kept = empty.copy();
            kept.setMetadata(incoming.getMetadata());
            kept.setSpec(incoming.getSpec());
            kept.setStatus(incoming.getStatus());
            return kept;
        }
    }
}
