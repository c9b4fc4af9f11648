package dev.appclients.cognito.controller.claim;

import dev.appclients.cognito.api.v1beta1.ClaimSource;
import dev.appclients.cognito.api.v1beta1.ClaimedSecretStatus;
import dev.appclients.cognito.api.v1beta1.ClientSecretClaim;
import dev.appclients.cognito.api.v1beta1.ClientSecretClaimStatus;
import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.controller.cluster.Annotations;
import dev.appclients.cognito.controller.cluster.KubernetesView;
import dev.appclients.cognito.controller.cluster.SecretNames;
import dev.appclients.cognito.controller.reconcile.CheckMemory;
import dev.appclients.cognito.controller.reconcile.StopReconciliation;
import dev.appclients.cognito.controller.secret.SecretStore;
import dev.appclients.cognito.controller.secret.SecretWrite;
import dev.appclients.cognito.controller.secret.SecretWriter;
import dev.appclients.cognito.failure.FailureKind.Pace;
import dev.appclients.cognito.model.Reason;
import dev.appclients.cognito.secret.CarriedSecretId;
import dev.appclients.cognito.secret.SecretInspection;
import dev.appclients.cognito.secret.SecretManifest;
import dev.appclients.cognito.secret.SecretRequest;
import dev.appclients.cognito.secret.SecretState;
import dev.appclients.cognito.status.ClaimOutcome;
import dev.appclients.cognito.status.Conditions;
import dev.appclients.cognito.status.Outcome;
import dev.appclients.cognito.status.Step;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Writes the copy of a permitted claim. Costs no request if the copy in the cache is current. */
final class CopyPublisher {

    private final KubernetesView cached;
    private final SecretStore secrets;
    private final SecretWriter writer;
    private final Copies copies;
    private final CopyNames names;
    private final ClaimQuota quota;
    private final SourceReads reads;
    private final WaitingClaims waiting;
    private final CheckMemory checkMemory;

    CopyPublisher(
            KubernetesView cached,
            SecretStore secrets,
            SecretWriter writer,
            Copies copies,
            ClaimQuota quota,
            SourceReads reads,
            WaitingClaims waiting,
            CheckMemory checkMemory) {
        this.cached = cached;
        this.secrets = secrets;
        this.writer = writer;
        this.copies = copies;
        this.quota = quota;
        this.names = new CopyNames(cached);
        this.reads = reads;
        this.waiting = waiting;
        this.checkMemory = checkMemory;
    }

    /**
     * Makes the copy as the claim requests it.
     *
     * @throws StopReconciliation if it cannot be written
     */
    ClaimResult publish(ClientSecretClaim claim, Judgement judged) {
        UserPoolClient client = Objects.requireNonNull(judged.client());
        try {
            return publish(claim, judged, client);
        } catch (StopReconciliation stop) {
            if (stop.outcome() instanceof Outcome.Refused) {
                // The claim may have named another client before.
                copies.deleteOfOthers(claim, client);
            }
            throw stop;
        }
    }

    private ClaimResult publish(ClientSecretClaim claim, Judgement judged, UserPoolClient client) {
        CopySource source = CopySource.of(client, cached)
                .filter(found -> found.suffices(claim))
                .orElse(null);
        if (source == null) {
            return withoutSource(claim, client);
        }
        SecretRequest request = source.request(claim);
        quota.require(claim, Objects.requireNonNull(judged.pool()));
        CopyRules.require(
                request.shape(), request.confidential(), Objects.requireNonNull(judged.pool()), judged.target());
        Secret existing =
                cached.secret(request.owner().namespace(), request.secretName()).orElse(null);
        refuseTakenName(claim, request.secretName(), existing);
        SecretState state = SecretInspection.inspect(request, existing);
        if (!isCurrent(claim, state)) {
            write(claim, source, request, state, existing);
        }
        copies.deleteFormer(claim, request.secretName());
        return new ClaimResult(
                new ClaimOutcome.Synced(request.secretName()),
                new ClaimedSecretStatus(request.secretName(), List.copyOf(SecretManifest.keys(request))),
                new ClaimSource(
                        judged.source().name(),
                        Objects.requireNonNull(judged.source().uid())));
    }

    /** A change of the operator's own format waits for the slot of the claim, so that an upgrade does not rewrite all copies at once. */
    private boolean isCurrent(ClientSecretClaim claim, SecretState state) {
        return state instanceof SecretState.Current
                || (state instanceof SecretState.CurrentOfOlderVersion
                        && !checkMemory.isDue(claim.getMetadata().getUid(), ClaimReports.SLOT));
    }

    /**
     * While the client's pass changes or restores its Secret, the copy and a status that is in order stay as they are. A copy with another
     * client secret is not in order. A copy that is kept may lack an earlier change of the Secret.
     */
    private ClaimResult withoutSource(ClientSecretClaim claim, UserPoolClient client) {
        if (copies.deleteOfOthers(claim, client) || copies.of(claim).isEmpty()) {
            return ClaimResult.withoutCopy(claim, new ClaimOutcome.SourceNotReady());
        }
        if (!isSynced(claim) || isBehind(claim, client)) {
            return copies.kept(claim, new ClaimOutcome.Held());
        }
        ClaimedSecretStatus secret =
                Objects.requireNonNull(Objects.requireNonNull(claim.getStatus()).secret());
        return copies.kept(claim, new ClaimOutcome.Synced(secret.name())).provisional();
    }

    /** Whether a copy carries another client secret than the one that the client's Secret records. */
    private boolean isBehind(ClientSecretClaim claim, UserPoolClient client) {
        String current = cached.secret(client.getMetadata().getNamespace(), SecretNames.of(client))
                .map(CarriedSecretId::recordedIn)
                .orElse(null);
        return current != null
                && copies.of(claim).stream().anyMatch(copy -> !current.equals(CarriedSecretId.recordedIn(copy)));
    }

    private static boolean isSynced(ClientSecretClaim claim) {
        ClientSecretClaimStatus status = claim.getStatus();
        return status != null
                && status.secret() != null
                && Conditions.find(status.conditions(), Conditions.READY)
                        .filter(ready -> Reason.SYNCED.text().equals(ready.getReason())
                                && Objects.equals(
                                        ready.getObservedGeneration(),
                                        claim.getMetadata().getGeneration()))
                        .isPresent();
    }

    private void write(
            ClientSecretClaim claim,
            CopySource source,
            SecretRequest request,
            SecretState state,
            @Nullable Secret existing) {
        switch (state) {
            case SecretState.NotOwned notOwned -> throw SecretWriter.refused(notOwned);
            case SecretState.Unwritable unwritable -> throw SecretWriter.refused(unwritable);
            default -> {}
        }
        refuseKnownConflict(claim, request, existing);
        String uid = claim.getMetadata().getUid();
        ResourceID id = ResourceID.fromResource(claim);
        SourceValue value = new SourceValue(source, id, reads, secrets, () -> waiting.of(source));
        writer.write(
                new SecretWrite(
                        request,
                        value,
                        wasPublished(claim, request.secretName()),
                        isRequested(claim),
                        formerNames(claim, request.secretName())),
                state,
                existing);
        checkMemory.recordCheck(uid, ClaimReports.SLOT);
    }

    /** The cache has no foreign Secrets. One that was in the way at the last attempt is read before the value is. */
    private void refuseKnownConflict(ClientSecretClaim claim, SecretRequest request, @Nullable Secret existing) {
        if (existing == null && hasConflict(claim)) {
            Secret live = secrets.read(request.owner().namespace(), request.secretName());
            SecretState.NotOwned obstacle = SecretInspection.obstacle(request.owner(), live);
            if (obstacle instanceof SecretState.Foreign) {
                throw SecretWriter.refused(obstacle);
            }
        }
    }

    private void refuseTakenName(ClientSecretClaim claim, String secretName, @Nullable Secret existing) {
        names.takenBy(claim, secretName, existing).ifPresent(other -> {
            throw StopReconciliation.refused(
                    Step.SECRET, Reason.SECRET_NAME_TAKEN, taken(secretName, other), Pace.MINUTES);
        });
    }

    private static String taken(String secretName, HasMetadata other) {
        return other.getKind() + " '" + other.getMetadata().getName() + "' uses the name of Secret '" + secretName
                + "'. Set another name in spec.secret.name, or delete the " + other.getKind()
                + ". The operator reconciles this object as soon as the name is free.";
    }

    private List<String> formerNames(ClientSecretClaim claim, String current) {
        return copies.of(claim).stream()
                .map(secret -> secret.getMetadata().getName())
                .filter(name -> !name.equals(current))
                .toList();
    }

    private static boolean wasPublished(ClientSecretClaim claim, String secretName) {
        ClientSecretClaimStatus status = claim.getStatus();
        ClaimedSecretStatus published = status == null ? null : status.secret();
        return published != null && published.name().equals(secretName);
    }

    private static boolean isRequested(ClientSecretClaim claim) {
        ClientSecretClaimStatus status = claim.getStatus();
        String request = Annotations.reconcileRequest(claim);
        return request != null && !request.equals(status == null ? null : status.lastHandledReconcileAt());
    }

    private static boolean hasConflict(ClientSecretClaim claim) {
        ClientSecretClaimStatus status = claim.getStatus();
        return Conditions.hasReason(
                status == null ? null : status.conditions(), Conditions.READY, Reason.SECRET_CONFLICT);
    }
}
