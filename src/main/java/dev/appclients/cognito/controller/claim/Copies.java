package dev.appclients.cognito.controller.claim;

import dev.appclients.cognito.api.v1beta1.ClaimedSecretStatus;
import dev.appclients.cognito.api.v1beta1.ClientSecretClaim;
import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.controller.cluster.KubernetesView;
import dev.appclients.cognito.controller.cluster.SecretNames;
import dev.appclients.cognito.controller.reconcile.KubernetesFailure;
import dev.appclients.cognito.controller.secret.SecretStore;
import dev.appclients.cognito.controller.secret.SecretWriter;
import dev.appclients.cognito.model.Marks;
import dev.appclients.cognito.secret.SecretInspection;
import dev.appclients.cognito.secret.SecretOwner;
import dev.appclients.cognito.status.ClaimOutcome;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The Secrets that the operator wrote for a claim. Finds them by their mark, proves that they are the claim's, and deletes them. */
final class Copies {

    private static final Logger LOG = LoggerFactory.getLogger(Copies.class);

    private final KubernetesView cached;
    private final SecretStore secrets;
    private final SecretWriter writer;
    private final LiveObjects live;

    Copies(KubernetesView cached, SecretStore secrets, SecretWriter writer, LiveObjects live) {
        this.cached = cached;
        this.secrets = secrets;
        this.writer = writer;
        this.live = live;
    }

    /** The copies of the claim in the cache, under any name. */
    List<Secret> of(ClientSecretClaim claim) {
        SecretOwner owner = CopySource.owner(claim);
        return cached.copiesOf(owner.namespace(), owner.uid()).stream()
                .filter(secret -> SecretInspection.obstacle(owner, secret) == null)
                .toList();
    }

    /** Whether the claim may have a copy, by the cache or by its status. The cache may be behind. */
    boolean mayExist(ClientSecretClaim claim) {
        return recordedName(claim) != null || !of(claim).isEmpty();
    }

    /** The result of a pass that keeps the copy as it is. A status that another writer removed gets the copy of the cache. */
    ClaimResult kept(ClientSecretClaim claim, ClaimOutcome outcome) {
        ClaimResult recorded = ClaimResult.unchanged(claim, outcome);
        return recorded.secret() != null
                ? recorded
                : new ClaimResult(
                        outcome,
                        of(claim).stream().map(Copies::published).findFirst().orElse(null),
                        recorded.source());
    }

    private static ClaimedSecretStatus published(Secret copy) {
        return new ClaimedSecretStatus(copy.getMetadata().getName(), SecretInspection.writtenKeys(copy));
    }

    /** Deletes every copy of the claim. The index may lack a copy that this process has just written, but the status names it. */
    void deleteAll(ClientSecretClaim claim) {
        List<Secret> found = of(claim);
        found.forEach(copy -> delete(claim, copy));
        String recorded = recordedName(claim);
        if (recorded != null
                && found.stream().noneMatch(copy -> copy.getMetadata().getName().equals(recorded))) {
            writer.remove(CopySource.owner(claim), recorded);
        }
    }

    /**
     * Deletes the copies under former names, after one live read of the claim: an older version of it may name one of them.
     *
     * @throws CacheBehind if the claim has another name for its copy now
     */
    void deleteFormer(ClientSecretClaim claim, String currentName) {
        List<Secret> former = of(claim).stream()
                .filter(copy -> !copy.getMetadata().getName().equals(currentName))
                .toList();
        if (former.isEmpty()) {
            return;
        }
        ClientSecretClaim newest = live.claim(ResourceID.fromResource(claim));
        boolean isConfirmed = newest != null
                && newest.getMetadata().getUid().equals(claim.getMetadata().getUid())
                && SecretNames.of(newest).equals(currentName);
        if (!isConfirmed) {
            throw new CacheBehind("the claim names another Secret now");
        }
        former.forEach(copy -> delete(claim, copy));
    }

    /**
     * Deletes the copies with the values of another client than this one, which the claim names, after live reads of both.
     *
     * @return whether there was one
     * @throws CacheBehind if the API server does not confirm it
     */
    boolean deleteOfOthers(ClientSecretClaim claim, UserPoolClient client) {
        List<Secret> ofOthers = of(claim).stream()
                .filter(copy -> isOfAnother(client, copy))
                .filter(copy -> copy.getMetadata().getDeletionTimestamp() == null)
                .toList();
        if (ofOthers.isEmpty()) {
            return false;
        }
        ClientSecretClaim newest = live.claim(ResourceID.fromResource(claim));
        UserPoolClient named = live.client(ClaimJudge.client(claim));
        boolean isConfirmed = newest != null
                && newest.getSpec().clientRef().equals(claim.getSpec().clientRef())
                && named != null
                && named.getMetadata().getUid().equals(client.getMetadata().getUid());
        if (!isConfirmed) {
            throw new CacheBehind("the claim names another client now");
        }
        ofOthers.forEach(this::deleteThisVersion);
        return true;
    }

    private static boolean isOfAnother(UserPoolClient client, Secret copy) {
        String uid = copy.getMetadata().getLabels().get(Marks.CLIENT_UID);
        return uid != null && !uid.equals(client.getMetadata().getUid());
    }

    /** A newer version may have the values of the named client. */
    private void deleteThisVersion(Secret copy) {
        try {
            secrets.delete(copy);
        } catch (KubernetesClientException e) {
            if (!KubernetesFailure.isStale(e)) {
                throw e;
            }
            throw new CacheBehind("the copy has changed");
        }
        LOG.info(
                "Deleted the copy {}, because it had the values of another client than the claim names",
                copy.getMetadata().getName());
    }

    /** Deletes the version that was inspected, unless its deletion waits for a finalizer. Another version is read and inspected first. */
    private void delete(ClientSecretClaim claim, Secret inspected) {
        if (inspected.getMetadata().getDeletionTimestamp() != null) {
            return;
        }
        String name = inspected.getMetadata().getName();
        try {
            secrets.delete(inspected);
        } catch (KubernetesClientException e) {
            if (!KubernetesFailure.isStale(e)) {
                throw e;
            }
            writer.remove(CopySource.owner(claim), name);
        }
        LOG.info("Deleted the copy {}", name);
    }

    private static @Nullable String recordedName(ClientSecretClaim claim) {
        var status = claim.getStatus();
        ClaimedSecretStatus recorded = status == null ? null : status.secret();
        return recorded == null ? null : recorded.name();
    }
}
