package dev.appclients.cognito.controller.claim;

import dev.appclients.cognito.api.v1beta1.ClientSecretClaim;
import dev.appclients.cognito.controller.reconcile.KubernetesFailure;
import dev.appclients.cognito.distribution.ClaimDecision;
import dev.appclients.cognito.distribution.ClaimDecision.Denier;
import dev.appclients.cognito.distribution.PushPlan;
import dev.appclients.cognito.status.ClaimOutcome;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.EnumSet;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deletes the copy of a claim that no longer gets one, and the claim itself if a push wrote it. */
final class Withdrawal {

    private static final Logger LOG = LoggerFactory.getLogger(Withdrawal.class);

    private final ClaimJudge judge;
    private final Copies copies;
    private final KubernetesClient kubernetes;

    Withdrawal(ClaimJudge judge, Copies copies, KubernetesClient kubernetes) {
        this.judge = judge;
        this.copies = copies;
        this.kubernetes = kubernetes;
    }

    /**
     * Withdraws the copy, after live reads of the objects that deny it. A claim without a copy costs no request.
     *
     * @return empty if the claim deleted itself
     * @throws CacheBehind if the API server does not confirm the denial
     */
    Optional<ClaimResult> withdraw(ClientSecretClaim claim, Judgement judged) {
        boolean hasCopy = copies.mayExist(claim);
        if (!hasCopy && !PushPlan.isPushed(claim)) {
            return Optional.of(ClaimResult.withoutCopy(claim, outcome(judged.decision(), false)));
        }
        ClaimDecision confirmed = judge.confirm(claim, judged).decision();
        if (!confirmed.removesCopy()) {
            throw new CacheBehind("it denies a copy that the API server permits");
        }
        copies.deleteAll(claim);
        if (PushPlan.isPushed(claim)) {
            delete(claim);
            return Optional.empty();
        }
        return Optional.of(ClaimResult.withoutCopy(claim, outcome(confirmed, hasCopy)));
    }

    /** Whether a push wrote the claim, and no push asks for it now. A pool that is missing may come back, so it withdraws nothing. */
    boolean isUnwantedPush(ClientSecretClaim claim, Judgement judged) {
        return judged.client() != null
                && judged.pool() != null
                && !(judged.decision() instanceof ClaimDecision.Ignored)
                && judged.source().uid() != null
                && PushPlan.isWithdrawn(
                        claim,
                        judged.client(),
                        judged.pool(),
                        judged.source().snapshot(),
                        judged.target().snapshot());
    }

    /**
     * Deletes a claim that no push asks for, with its copy, after live reads of all objects that decide about a push.
     *
     * @return empty
     * @throws CacheBehind if the API server shows that a push asks for it
     */
    Optional<ClaimResult> withdrawPush(ClientSecretClaim claim, Judgement judged) {
        Judgement confirmed = judge.confirm(claim, judged, EnumSet.allOf(Denier.class));
        if (!confirmed.decision().removesCopy() && !isUnwantedPush(claim, confirmed)) {
            throw new CacheBehind("it shows no push for a claim that the client pushes");
        }
        copies.deleteAll(claim);
        delete(claim);
        return Optional.empty();
    }

    /** Deletes this version of a claim that a push wrote. */
    private void delete(ClientSecretClaim claim) {
        try {
            kubernetes
                    .resource(claim)
                    .lockResourceVersion(claim.getMetadata().getResourceVersion())
                    .delete();
            LOG.info("Deleted the claim, because no push asks for it");
        } catch (KubernetesClientException e) {
            if (!KubernetesFailure.isNotFound(e)) {
                throw e;
            }
        }
    }

    private static ClaimOutcome outcome(ClaimDecision decision, boolean withdrawn) {
        return decision instanceof ClaimDecision.SourceReplaced
                ? new ClaimOutcome.SourceReplaced()
                : new ClaimOutcome.NotAvailable(withdrawn);
    }
}
