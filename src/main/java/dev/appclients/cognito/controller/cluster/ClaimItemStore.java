package dev.appclients.cognito.controller.cluster;

import dev.appclients.cognito.api.v1beta1.ClientRef;
import dev.appclients.cognito.api.v1beta1.ClientSecretClaim;
import dev.appclients.cognito.collection.LeanValues;
import dev.appclients.cognito.model.Marks;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The item store of ClientSecretClaims. It keeps spec, status, and the metadata that a reconciliation reads: of labels and annotations only
 * those of the operator. It has an index by the client, and one by the name of the Secret.
 */
final class ClaimItemStore extends LeanItems<ClientSecretClaim> {

    /** The labels that a reconciliation reads. */
    private static final Predicate<String> LABELS = Marks.PUSHED::equals;

    private final ChangeListener<ClientSecretClaim> listener;
    private final KeyIndex<ResourceID> byClient = new KeyIndex<>();
    private final KeyIndex<ResourceID> bySecret = new KeyIndex<>();

    /**
     * @param values the value pool that all caches share
     * @param listener called by the thread of the informer
     */
    ClaimItemStore(LeanValues values, ChangeListener<ClientSecretClaim> listener) {
        super(new LeanResource<>(values, new ClientSecretClaim()::copy, LABELS));
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

    private static @Nullable ResourceID secret(@Nullable ClientSecretClaim claim) {
        return claim == null ? null : SecretNames.indexed(claim, SecretNames.of(claim));
    }

    /** Reduces the claim in place to what the cache keeps. */
    static void shrink(LeanValues values, ClientSecretClaim claim, @Nullable ClientSecretClaim former) {
        LeanResource.shrink(values, LABELS, claim, former);
    }
}
