package dev.appclients.cognito.controller.claim;

import dev.appclients.cognito.api.v1beta1.ClientSecretClaim;
import dev.appclients.cognito.api.v1beta1.CopiesStatus;
import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.controller.cluster.Informers;
import dev.appclients.cognito.controller.reconcile.Leadership;
import dev.appclients.cognito.controller.reconcile.OperatorSettings;
import dev.appclients.cognito.controller.reconcile.StopReconciliation;
import dev.appclients.cognito.controller.secret.RestoreHistory;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The copies of a client's Secret, as a reconciliation of the client sees them: it counts them and pushes their claims. */
public final class ClientCopies {

    /** The caches fill in parallel. */
    private static final Duration STARTING = Duration.ofSeconds(1);

    private final Informers informers;
    private final Pushes pushes;
    private final CopyCounts counts;
    private final CarrierCounts carriers;
    private final LiveCarriers liveCarriers;

    /**
     * @param kubernetes has the operator's identity
     * @param leadership asked before every write
     * @param clock times the restores of pushed claims
     */
    public ClientCopies(
            KubernetesClient kubernetes,
            Informers informers,
            Leadership leadership,
            OperatorSettings settings,
            InstantSource clock) {
        this.informers = informers;
        pushes = new Pushes(
                new PushedClaims(kubernetes),
                informers,
                leadership,
                new RestoreHistory(settings, clock),
                new PushBackOff(System::nanoTime),
                System::nanoTime);
        counts = new CopyCounts(informers, System::nanoTime);
        carriers = new CarrierCounts(informers);
        liveCarriers = new LiveCarriers(kubernetes, informers.watches().served());
        informers.whenClaimChanges(this::claimChanged);
    }

    /**
     * The count of copies to report now. Requests a reconciliation when a later count is due.
     *
     * @param recorded the count in the status
     */
    public @Nullable CopiesStatus count(UserPoolClient client, @Nullable CopiesStatus recorded) {
        if (client.getSpec().sharing() == null
                && recorded == null
                && informers.claimsFor(ResourceID.fromResource(client)).isEmpty()) {
            return null;
        }
        if (!informers.haveClaims()) {
            wake(client, STARTING);
            return recorded;
        }
        CopyCounts.Count count = counts.report(client, recorded, pushes.missing(client));
        wake(client, count.next());
        return count.copies();
    }

    /**
     * Writes the next claims of a client that pushes. Requests a reconciliation if some are left. {@link #count} must precede.
     *
     * @return the report of a right that the operator lacks for a claim
     */
    public Optional<StopReconciliation> push(UserPoolClient client) {
        if (!informers.haveClaims()) {
            return Optional.empty();
        }
        Pushes.Pushed pushed = pushes.push(client);
        wake(client, pushed.next());
        return Optional.ofNullable(pushed.missingRight());
    }

    /**
     * Counts the copies that a rotation waits for, on the caches. The caches of copies and claims must be filled, see
     * {@link Informers#haveClaims}.
     *
     * @param secretId the id in Cognito of the client secret that the copies should carry
     * @return empty while the caches fill
     */
    public Optional<CarriedCopies> carrying(UserPoolClient client, String secretId) {
        return informers.haveClaims() ? Optional.of(carriers.of(client, secretId)) : Optional.empty();
    }

    /**
     * Lists the Secrets that hold the values of the client, on the API server. Costs one request for a client with up to 500 Secrets, or
     * one per served namespace.
     *
     * @throws io.fabric8.kubernetes.client.KubernetesClientException if a request fails
     */
    public Carriers liveCarriers(UserPoolClient client) {
        return liveCarriers.of(client.getMetadata().getUid());
    }

    /** Forgets a client that is gone. */
    public void forget(String clientUid) {
        pushes.forget(clientUid);
        counts.forget(clientUid);
    }

    /** The number of entries that are kept about clients. */
    public int size() {
        return pushes.size() + counts.size();
    }

    private void wake(UserPoolClient client, @Nullable Duration delay) {
        if (delay != null) {
            informers.wakeWithin(ResourceID.fromResource(client), delay);
        }
    }

    private void claimChanged(@Nullable ClientSecretClaim before, @Nullable ClientSecretClaim now) {
        if (before != null) {
            boolean isSame = now != null
                    && now.getMetadata().getUid().equals(before.getMetadata().getUid());
            pushes.claimChanged(before, isSame ? now : null);
        }
    }
}
