package dev.appclients.cognito.controller.rotation;

import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.controller.reconcile.StopReconciliation;
import dev.appclients.cognito.controller.secret.SecretChanged;
import dev.appclients.cognito.failure.AwsCallException;
import dev.appclients.cognito.failure.FailureKind;
import dev.appclients.cognito.model.ClientSecret;
import dev.appclients.cognito.rotation.RotationFacts.Published;
import dev.appclients.cognito.rotation.RotationPlanner;
import dev.appclients.cognito.rotation.RotationPolicy;
import dev.appclients.cognito.rotation.RotationStep;
import dev.appclients.cognito.status.RotationReport;
import org.jspecify.annotations.Nullable;

/** Rotates the secrets of clients, one reconciliation at a time. A problem of a rotation never ends the reconciliation. */
public final class SecretRotations {

    /** A rotation makes fewer steps in a reconciliation, unless Cognito's listings lag. */
    private static final int MAX_STEPS = 16;

    private final RotationRecords records;
    private final RotationFactsReader facts;
    private final RotationSteps steps;
    private final RotationMemory memory;
    private final RotationAnnouncements announcements;
    private final RotationReporter reporter;

    SecretRotations(
            RotationRecords records,
            RotationFactsReader facts,
            RotationSteps steps,
            RotationMemory memory,
            RotationAnnouncements announcements,
            RotationReporter reporter) {
        this.records = records;
        this.facts = facts;
        this.steps = steps;
        this.memory = memory;
        this.announcements = announcements;
        this.reporter = reporter;
    }

    /**
     * Begins the rotation's part of a reconciliation. Reads the record if the client may have one and this process does not know it.
     *
     * @throws io.fabric8.kubernetes.client.KubernetesClientException if the API server does not answer
     */
    public RotationPass begin(RotationTarget target) {
        RotationPass pass = new RotationPass(target, memory.of(target.uid()));
        if (RotationRecords.mayHaveRecord(target)) {
            if (target.isRequested()) {
                records.forgetIfChanged(pass);
            }
            records.load(pass);
        }
        return pass;
    }

    /** Reads the record, unless this process knows it. Needed before a value is taken from Cognito. */
    public void load(RotationPass pass) {
        records.load(pass);
    }

    /**
     * The value that the client's Secret is to hold.
     *
     * @return null if the record has none
     * @throws SecretChanged if the record is not the one that this reconciliation began with
     */
    public @Nullable ClientSecret value(RotationPass pass) {
        return records.value(pass);
    }

    /**
     * The client's Secret names another secret than the current one, because it comes from a backup or from an older version. Workloads
     * may read that secret until they see the Secret that this reconciliation writes, so the overlap begins again.
     *
     * @throws SecretChanged if another process changed the record
     */
    public void outdated(RotationPass pass) {
        pass.memory().notPublished();
        if (pass.isCarried()) {
            advance(pass, Published.State.OUTDATED);
        }
    }

    /**
     * Makes the steps that are due.
     *
     * @param published the state of the client's own Secret
     * @throws SecretChanged if another process changed the record
     * @throws dev.appclients.cognito.aws.CallCancelled if the object changed while a call waited
     * @throws AwsCallException if the app client does not exist
     */
    public void advance(RotationPass pass, Published.State published) {
        RotationPolicy policy =
                RotationPolicy.of(pass.target().resource().getSpec().rotation());
        if (!memory.isKept(pass.target().uid())) {
            pass.report(RotationReport.NONE);
            return;
        }
        if (published == Published.State.CURRENT) {
            announcements.published(pass);
        }
        RotationReport held = pass.memory().held(reporter.fingerprint(pass, published));
        if (held != null && !pass.target().isRequested()) {
            reporter.held(pass, held);
            return;
        }
        try {
            reporter.ended(pass, policy, published, run(pass, policy, published));
        } catch (SecretChanged changed) {
            pass.memory().learned(null);
            throw changed;
        } catch (OutcomeUnknown unknown) {
            reporter.ended(pass, policy, published, new RotationStep.AwaitSettlement());
        } catch (AwsCallException failed) {
            // A description may lag behind a create. It follows a listing.
            if (failed.failure().kind() == FailureKind.CLIENT_NOT_FOUND && pass.listing() == null) {
                pass.clientNotFound();
                throw failed;
            }
            reporter.failed(pass, policy, published, failed.failure());
        } catch (StopReconciliation stop) {
            reporter.stopped(pass, policy, published, stop);
        }
    }

    /** Announces the secrets that a retained app client keeps, if its object is deleted during a rotation. Calls nothing in Cognito. */
    public void leaveBehind(UserPoolClient resource) {
        records.ofDeleted(resource).ifPresent(found -> announcements.leftBehind(resource, found.rotation()));
    }

    /**
     * Deletes the record of an object whose app client was deleted. The garbage collector does not delete it after a deletion that
     * orphans dependents.
     *
     * @throws SecretChanged if another writer changed it meanwhile
     */
    public void deleteRecord(UserPoolClient resource) {
        records.delete(resource);
    }

    /** How many entries are kept about clients. */
    public int size() {
        return memory.size() + reporter.size();
    }

    /** Forgets a client that is gone. */
    public void forget(String uid) {
        memory.forget(uid);
        reporter.forget(uid);
    }

    /** Decides and makes one step after the other, until one ends the rotation's part of the reconciliation. */
    private RotationStep.Ending run(RotationPass pass, RotationPolicy policy, Published.State published) {
        if (!pass.target().isWritable()) {
            return new RotationStep.Idle(null);
        }
        RotationRecords.requireWritable(pass);
        Published.State state = published;
        for (int made = 0; made < MAX_STEPS; made++) {
            switch (RotationPlanner.next(facts.of(pass, policy, state))) {
                case RotationStep.Blocked blocked -> {
                    // Only a write would show that the record in memory is not the stored one, and no write follows.
                    records.requireUnchanged(pass);
                    return blocked;
                }
                case RotationStep.Ending end -> {
                    return end;
                }
                case RotationStep.Continuing step -> {
                    steps.make(pass, policy, step);
                    // The client's Secret is written after these steps.
                    boolean isReplaced = step instanceof RotationStep.Add || step instanceof RotationStep.Promote;
                    state = isReplaced ? Published.State.OUTDATED : state;
                }
            }
        }
        return new RotationStep.AwaitSettlement();
    }
}
