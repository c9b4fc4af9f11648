package dev.appclients.cognito.controller.rotation;

import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.controller.reconcile.StopReconciliation;
import dev.appclients.cognito.controller.rotation.RotationMemory.OfClient;
import dev.appclients.cognito.controller.rotation.SecretAdder.UnknownAttempt;
import dev.appclients.cognito.controller.secret.SecretChanged;
import dev.appclients.cognito.failure.AwsCallException;
import dev.appclients.cognito.failure.FailureKind;
import dev.appclients.cognito.model.ClientSecret;
import dev.appclients.cognito.rotation.PublishedSecretId;
import dev.appclients.cognito.rotation.RotationFacts;
import dev.appclients.cognito.rotation.RotationFacts.Progress;
import dev.appclients.cognito.rotation.RotationFacts.Published;
import dev.appclients.cognito.rotation.RotationPlanner;
import dev.appclients.cognito.rotation.RotationPolicy;
import dev.appclients.cognito.rotation.RotationRecord;
import dev.appclients.cognito.rotation.RotationState.Staged;
import dev.appclients.cognito.rotation.RotationStep;
import dev.appclients.cognito.status.RotationReport;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Rotates the secrets of clients, one reconciliation at a time. A problem of a rotation never ends the reconciliation. */
public final class SecretRotations {

    /** A rotation makes fewer steps in a reconciliation, unless Cognito's listings lag. */
    private static final int MAX_STEPS = 16;

    private final RecordReader records;
    private final RotationSteps steps;
    private final RotationDemands demands;
    private final RotationMemory memory;
    private final RotationAnnouncements announcements;
    private final RotationReporter reporter;
    private final CognitoClock clock;

    SecretRotations(
            RecordReader records,
            RotationSteps steps,
            RotationDemands demands,
            RotationMemory memory,
            RotationAnnouncements announcements,
            RotationReporter reporter,
            CognitoClock clock) {
        this.records = records;
        this.steps = steps;
        this.demands = demands;
        this.memory = memory;
        this.announcements = announcements;
        this.reporter = reporter;
        this.clock = clock;
    }

    /**
     * Begins the rotation's part of a reconciliation. Reads the record if the client may have one and this process does not know it.
     *
     * @throws io.fabric8.kubernetes.client.KubernetesClientException if the API server does not answer
     */
    public RotationPass begin(RotationTarget target) {
        RotationPass pass = new RotationPass(target, memory.of(target.uid()));
        if (RecordReader.mayHaveRecord(target)) {
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
        } catch (UnknownAttempt unknown) {
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
        return memory.size() + demands.size() + reporter.size();
    }

    /** Forgets a client that is gone. */
    public void forget(String uid) {
        memory.forget(uid);
        demands.forget(uid);
        reporter.forget(uid);
    }

    private RotationStep.Ending run(RotationPass pass, RotationPolicy policy, Published.State published) {
        if (!pass.target().isWritable()) {
            return new RotationStep.Idle(null);
        }
        records.requireName(pass);
        Published.State state = published;
        PublishedSecretId named = pass.target().named();
        if (pass.rotation() == null && named != null && published == Published.State.CURRENT) {
            steps.make(pass, new RotationStep.ListSecrets());
            boolean isGone = pass.memory().isAbsenceConfirmed(Objects.requireNonNull(named.id()));
            if (!isGone && !records.rebuild(pass, named, Objects.requireNonNull(pass.listing()))) {
                return new RotationStep.AwaitSettlement();
            }
            state = isGone ? Published.State.GONE : published;
        }
        return run(pass, policy, state, MAX_STEPS);
    }

    private RotationStep.Ending run(
            RotationPass pass, RotationPolicy policy, Published.State published, int stepsLeft) {
        // A further attempt waits, and so do the calls and writes that prepare it.
        boolean isStagedBefore = pass.progress() == Progress.NOTHING
                && pass.rotation() != null
                && pass.rotation().state() instanceof Staged;
        if (isStagedBefore && pass.memory().hasSpentAdds()) {
            return new RotationStep.Idle(clock.now().plus(RotationMemory.HOUR));
        }
        RotationStep next = RotationPlanner.next(facts(pass, policy, published));
        if (next instanceof RotationStep.Blocked) {
            // Only a write would show that the record in memory is not the stored one, and no write follows.
            records.requireUnchanged(pass);
        }
        if (next instanceof RotationStep.Ending end) {
            return end;
        }
        if (stepsLeft == 0) {
            return new RotationStep.AwaitSettlement();
        }
        if (next instanceof RotationStep.Stage && pass.memory().hasSpentAdds()) {
            return new RotationStep.Idle(clock.now().plus(RotationMemory.HOUR));
        }
        steps.make(pass, (RotationStep.Continuing) next);
        if (next instanceof RotationStep.Stage) {
            demands.compared(pass, policy);
        }
        // The client's Secret is written after these steps.
        boolean isReplaced = next instanceof RotationStep.Add || next instanceof RotationStep.Promote;
        return run(pass, policy, isReplaced ? Published.State.OUTDATED : published, stepsLeft - 1);
    }

    private RotationFacts facts(RotationPass pass, RotationPolicy policy, Published.State published) {
        RotationRecord rotation = pass.rotation();
        OfClient client = pass.memory();
        boolean isSettled = rotation != null
                && rotation.state() instanceof Staged
                && !client.untilSettled(pass.version()).isPositive();
        return new RotationFacts(
                rotation,
                policy,
                clock.now(),
                clock.isKnown(),
                demands.of(pass, policy, published),
                pass.listing(),
                rotation != null && rotation.current() != null && client.isAbsenceConfirmed(rotation.currentId()),
                isSettled,
                pass.progress(),
                new Published(published, pass.original()),
                reporter.copies(pass),
                pass.carriers());
    }
}
