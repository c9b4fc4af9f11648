package dev.appclients.cognito.controller.claim;

import dev.appclients.cognito.api.v1beta1.ClientSecretClaim;
import dev.appclients.cognito.api.v1beta1.ClientSecretClaimStatus;
import dev.appclients.cognito.controller.cluster.KubernetesView;
import dev.appclients.cognito.distribution.ClaimDecision;
import dev.appclients.cognito.secret.SecretInspection;
import dev.appclients.cognito.secret.SecretRequest;
import dev.appclients.cognito.secret.SecretState;
import dev.appclients.cognito.status.Conditions;
import io.fabric8.kubernetes.api.model.Secret;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.io.Serial;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds the claims that will ask for the value of one version of a source: their copies are absent or differ. Sends no request. Judging
 * a claim costs tens of microseconds, so a version that served all its claims once is not judged again for claims that are Ready.
 */
final class WaitingClaims {

    private static final int MOST = 1_000;

    private final KubernetesView cached;
    private final ClaimJudge judge;

    /** The version of the sources that all claims were judged against last, by the UID of the client. */
    private final Map<String, String> judged = Collections.synchronizedMap(new Newest());

    WaitingClaims(KubernetesView cached, ClaimJudge judge) {
        this.cached = cached;
        this.judge = judge;
    }

    Set<ResourceID> of(CopySource source) {
        String version = source.secret().resourceVersion();
        String before = judged.put(source.client().getMetadata().getUid(), version);
        boolean isNew = !version.equals(before);
        return cached.claimsFor(ResourceID.fromResource(source.client())).stream()
                .filter(claim -> isNew || !hasCondition(claim, Conditions.READY))
                // A claim that a user must act on is retried slowly. The value does not wait for it.
                .filter(claim -> !hasCondition(claim, Conditions.STALLED))
                .filter(claim -> waits(claim, source))
                .map(ResourceID::fromResource)
                .collect(Collectors.toSet());
    }

    /** Bounded, so that clients that are gone need no clean-up. A forgotten one costs another judgement of its claims. */
    private static final class Newest extends LinkedHashMap<String, String> {

        @Serial
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            return size() > MOST;
        }
    }

    private boolean waits(ClientSecretClaim claim, CopySource source) {
        if (!source.suffices(claim) || !(judge.judge(claim).decision() instanceof ClaimDecision.Copy)) {
            return false;
        }
        SecretRequest request = source.request(claim);
        Secret copy =
                cached.secret(request.owner().namespace(), request.secretName()).orElse(null);
        return switch (SecretInspection.inspect(request, copy)) {
            case SecretState.Current() -> false;
            case SecretState.CurrentOfOlderVersion older -> false;
            case SecretState.NotOwned notOwned -> false;
            case SecretState.Unwritable unwritable -> false;
            default -> true;
        };
    }

    private static boolean hasCondition(ClientSecretClaim claim, String type) {
        ClientSecretClaimStatus status = claim.getStatus();
        return Conditions.isTrue(status == null ? null : status.conditions(), type);
    }
}
