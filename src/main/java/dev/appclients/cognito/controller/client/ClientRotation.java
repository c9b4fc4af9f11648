package dev.appclients.cognito.controller.client;

import dev.appclients.cognito.controller.cluster.Annotations;
import dev.appclients.cognito.controller.reconcile.StopReconciliation;
import dev.appclients.cognito.controller.rotation.RotationPass;
import dev.appclients.cognito.controller.rotation.RotationTarget;
import dev.appclients.cognito.controller.rotation.SecretRotations;
import dev.appclients.cognito.failure.AwsCallException;
import dev.appclients.cognito.failure.FailureKind.Pace;
import dev.appclients.cognito.model.AppClient;
import dev.appclients.cognito.model.ClientSecret;
import dev.appclients.cognito.model.Reason;
import dev.appclients.cognito.rotation.PublishedSecretId;
import dev.appclients.cognito.rotation.RotationFacts.Published;
import dev.appclients.cognito.status.Outcome;
import dev.appclients.cognito.status.RotationReport;
import dev.appclients.cognito.status.Step;
import org.jspecify.annotations.Nullable;

/** Rotates the client's secret around its publication: a rotation starts from a Secret that is current, unless its value is lost. */
final class ClientRotation {

    private final SecretRotations rotations;
    private final SecretPublisher publisher;
    private final OwnSecrets ownSecrets;
    private final FreshnessCheck freshness;

    ClientRotation(
            SecretRotations rotations, SecretPublisher publisher, OwnSecrets ownSecrets, FreshnessCheck freshness) {
        this.rotations = rotations;
        this.publisher = publisher;
        this.ownSecrets = ownSecrets;
        this.freshness = freshness;
    }

    /** Finds the secret that the client's Secret is to hold. Sends no request, unless the client may have a record that is not known. */
    void begin(ReconcileInput input, PassState pass) {
        String clientId = pass.clientId();
        if (!input.desired().confidential()) {
            pass.rotation().report(RotationReport.NONE);
            return;
        }
        if (clientId == null) {
            return;
        }
        pass.rotation()
                .begun(rotations.begin(new RotationTarget(
                        input.resource(),
                        input.pool().access(),
                        clientId,
                        !input.observes(),
                        input.isReconcileRequested(),
                        ownSecrets.publishedSecret(input.resource(), clientId).orElse(null),
                        values(input, pass),
                        () -> freshness.isCurrent(input))));
    }

    private RotationTarget.Values values(ReconcileInput input, PassState pass) {
        return new RotationTarget.Values() {
            @Override
            public @Nullable ClientSecret published(PublishedSecretId secret) {
                return publisher.publishedValue(input, pass, secret);
            }

            @Override
            public @Nullable ClientSecret described() {
                return publisher.describedValue(input, pass);
            }
        };
    }

    /** The need of the outputs for a description from Cognito. A value that the record has needs none. */
    SecretNeed need(ReconcileInput input, PassState pass) {
        SecretNeed need = publisher.need(input, pass);
        RotationPass rotation = pass.rotation().pass();
        if (need != SecretNeed.VALUE || rotation == null) {
            return need;
        }
        rotations.load(rotation);
        SecretNeed known = publisher.need(input, pass);
        return known == SecretNeed.VALUE && rotation.isValueRecorded() ? SecretNeed.REPAIR : known;
    }

    /**
     * Publishes the client, and makes the steps of its rotation.
     *
     * @param client the client that this pass has described; null if it made no call
     * @throws StopReconciliation if the Secret cannot be written
     */
    void publish(ReconcileInput input, PassState pass, @Nullable AppClient client, SecretNeed need) {
        RotationPass begun = pass.rotation().pass();
        // This pass has created the client, or found that the status names another one.
        boolean isOfAnother = begun != null && !begun.clientId().equals(pass.clientId());
        if (isOfAnother || (begun == null && mayRotate(input))) {
            begin(input, pass);
        }
        RotationPass rotation = pass.rotation().pass();
        if (rotation == null) {
            publisher.publish(input, pass, client);
            return;
        }
        try {
            rotate(input, pass, client, rotation, need);
            reportIfGone(pass, rotation);
        } catch (AwsCallException failed) {
            if (rotation.isClientNotFound()) {
                // The next reconciliation describes the client, and finds that it is lost.
                pass.applied(null);
                pass.undone(Step.CLIENT);
            }
            throw failed;
        } finally {
            pass.rotation().ended(rotation);
        }
    }

    private static boolean mayRotate(ReconcileInput input) {
        return input.spec().rotation() != null || Annotations.rotateRequest(input.resource()) != null;
    }

    private void rotate(
            ReconcileInput input, PassState pass, @Nullable AppClient client, RotationPass rotation, SecretNeed need) {
        boolean isLost =
                need == SecretNeed.VALUE && client != null && client.secret() == null && wasPublished(input, pass);
        if (isLost) {
            rotations.advance(rotation, Published.State.LOST);
        }
        PublishedSecretId before = rotation.published();
        if (ownSecrets.namesAnother(input.resource(), before.id())) {
            rotations.outdated(rotation);
        }
        StopReconciliation unpublished = null;
        try {
            publisher.publish(input, pass, client);
            rotations.advance(rotation, Published.State.CURRENT);
        } catch (StopReconciliation stop) {
            if (isNotOurs(stop)) {
                throw stop;
            }
            unpublished = stop;
            if (!isLost) {
                rotations.advance(rotation, unpublished(input, pass, stop));
            }
        }
        if (!rotation.published().equals(before)) {
            publisher.publish(input, pass, client);
            rotations.advance(rotation, Published.State.CURRENT);
        } else if (unpublished != null) {
            throw unpublished;
        }
    }

    /** The Secret is published, and no workload can authenticate with it. */
    private static void reportIfGone(PassState pass, RotationPass rotation) {
        String gone = rotation.goneId();
        if (gone != null) {
            pass.deferStopIfNone(StopReconciliation.waiting(
                    Step.SECRET,
                    Reason.PUBLISHED_SECRET_GONE,
                    "The published client secret " + gone
                            + " was deleted in Cognito. Workloads cannot authenticate with it. The operator replaces it. The"
                            + " condition RotationPending shows the progress and the next attempt.",
                    Pace.MINUTES));
        }
    }

    /** The secrets of an app client that is not the object's are never listed or changed. */
    private static boolean isNotOurs(StopReconciliation stop) {
        return stop.outcome() instanceof Outcome.Refused(var step, Reason reason, var message)
                && reason == Reason.NOT_OURS;
    }

    private static Published.State unpublished(ReconcileInput input, PassState pass, StopReconciliation stop) {
        if (!(stop.outcome() instanceof Outcome.Refused(var step, Reason reason, var message))) {
            return Published.State.CONTESTED;
        }
        // Only an annotation that another writer can forge names the published secret, so only a request replaces it.
        if (reason == Reason.PUBLISHED_SECRET_GONE) {
            return Published.State.OUTDATED;
        }
        if (reason != Reason.SECRET_UNREADABLE && reason != Reason.FOREIGN_SECRET) {
            return Published.State.CONTESTED;
        }
        // Of two secrets that the operator did not add, it deletes none.
        boolean isForeign = reason == Reason.FOREIGN_SECRET && !wasRotated(pass);
        return !isForeign && wasPublished(input, pass) ? Published.State.LOST : Published.State.OUTDATED;
    }

    /** Whether the Secret or the status names a client secret that the operator added. */
    private static boolean wasRotated(PassState pass) {
        RotationPass rotation = pass.rotation().pass();
        return (rotation != null && rotation.published().id() != null)
                || (pass.secret() != null && pass.secret().secretId() != null);
    }

    /** An adopted client whose value the operator never had gets a new secret only on request. */
    private static boolean wasPublished(ReconcileInput input, PassState pass) {
        return input.adopted() == null || pass.secret() != null;
    }
}
