package dev.appclients.cognito.controller.rotation;

import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.controller.claim.ClientCopies;
import dev.appclients.cognito.controller.cluster.Annotations;
import dev.appclients.cognito.controller.cluster.ClientHold;
import dev.appclients.cognito.controller.reconcile.CheckMemory;
import dev.appclients.cognito.controller.reconcile.StopReconciliation;
import dev.appclients.cognito.controller.rotation.RotationMemory.Known;
import dev.appclients.cognito.controller.rotation.RotationMemory.OfClient;
import dev.appclients.cognito.controller.rotation.RotationSteps.RecordLost;
import dev.appclients.cognito.controller.rotation.RotationSteps.UnknownAttempt;
import dev.appclients.cognito.controller.rotation.StoredRecord.Absent;
import dev.appclients.cognito.controller.rotation.StoredRecord.Foreign;
import dev.appclients.cognito.controller.rotation.StoredRecord.Found;
import dev.appclients.cognito.controller.rotation.StoredRecord.Unusable;
import dev.appclients.cognito.controller.secret.SecretChanged;
import dev.appclients.cognito.failure.AwsCallException;
import dev.appclients.cognito.failure.FailureKind.Pace;
import dev.appclients.cognito.model.ClientSecret;
import dev.appclients.cognito.model.Reason;
import dev.appclients.cognito.model.SecretId;
import dev.appclients.cognito.model.SecretListing;
import dev.appclients.cognito.rotation.PublishedSecretId;
import dev.appclients.cognito.rotation.RotationFacts;
import dev.appclients.cognito.rotation.RotationFacts.Copies;
import dev.appclients.cognito.rotation.RotationFacts.Published;
import dev.appclients.cognito.rotation.RotationPlanner;
import dev.appclients.cognito.rotation.RotationPolicy;
import dev.appclients.cognito.rotation.RotationRecord;
import dev.appclients.cognito.rotation.RotationState.Overlap;
import dev.appclients.cognito.rotation.RotationState.Staged;
import dev.appclients.cognito.rotation.RotationStep;
import dev.appclients.cognito.rotation.RotationValues;
import dev.appclients.cognito.status.FailureText;
import dev.appclients.cognito.status.Outcome;
import dev.appclients.cognito.status.RotationReport;
import dev.appclients.cognito.status.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Rotates the secrets of clients, one reconciliation at a time. A problem of a rotation never ends the reconciliation. */
public final class SecretRotations {

    /** A rotation makes fewer steps in a reconciliation, unless Cognito's listings lag. */
    private static final int MAX_STEPS = 16;

    private static final int ADDS_IN_AN_HOUR = 3;
    private static final Duration HOUR = Duration.ofHours(1);

    /** Copies are rewritten within seconds. */
    private static final Duration COPIES = Duration.ofSeconds(5);

    private final RecordStore records;
    private final RotationSteps steps;
    private final RotationDemands demands;
    private final RotationMemory memory;
    private final RotationAnnouncements announcements;
    private final CheckMemory failures;
    private final CognitoClock clock;
    private final ClientCopies copies;
    private final BiConsumer<UserPoolClient, Duration> wake;

    SecretRotations(
            RecordStore records,
            RotationSteps steps,
            RotationDemands demands,
            RotationMemory memory,
            RotationAnnouncements announcements,
            CheckMemory failures,
            CognitoClock clock,
            ClientCopies copies,
            BiConsumer<UserPoolClient, Duration> wake) {
        this.records = records;
        this.steps = steps;
        this.demands = demands;
        this.memory = memory;
        this.announcements = announcements;
        this.failures = failures;
        this.clock = clock;
        this.copies = copies;
        this.wake = wake;
    }

    /**
     * Begins the rotation's part of a reconciliation. Reads the record if the client may have one and this process does not know it.
     *
     * @throws io.fabric8.kubernetes.client.KubernetesClientException if the API server does not answer
     */
    public RotationPass begin(RotationTarget target) {
        RotationPass pass = new RotationPass(target, memory.of(target.uid()));
        if (pass.memory().known() == null && mayHaveRecord(target)) {
            load(pass);
        }
        return pass;
    }

    /** Reads the record, unless this process knows it. Needed before a value is taken from Cognito. */
    public void load(RotationPass pass) {
        if (pass.memory().known() != null) {
            return;
        }
        memory.keep(pass.target().uid(), pass.memory());
        switch (records.read(pass.target().resource())) {
            case Absent absent -> pass.withoutRecord();
            case Foreign foreign -> {
                pass.withoutRecord();
                pass.nameTaken();
            }
            case Unusable(StoredRecord.Version version) -> {
                // The client's Secret has all that this record may still tell.
                records.delete(pass.target().resource(), version);
                pass.withoutRecord();
            }
            case Found found -> {
                pass.stored(found);
                if (found.rotation().state() instanceof Staged) {
                    pass.memory().settleFrom(found.version());
                }
            }
        }
    }

    /**
     * The value that the client's Secret is to hold.
     *
     * @return null if the record has none
     * @throws SecretChanged if the record is not the one that this reconciliation began with
     */
    public @Nullable ClientSecret value(RotationPass pass) {
        Known known = pass.memory().known();
        if (known == null || known.version() == null) {
            return null;
        }
        Found here = pass.found();
        if (here == null) {
            StoredRecord live = records.read(pass.target().resource());
            if (!(live instanceof Found found) || !found.version().equals(known.version())) {
                pass.memory().learned(null);
                throw new SecretChanged(
                        "Secret '" + RecordStore.name(pass.target().uid()) + "'");
            }
            here = found;
            pass.stored(found);
        }
        return here.values().current();
    }

    /**
     * Makes the steps that are due.
     *
     * @param published the state of the client's own Secret
     * @throws SecretChanged if another process changed the record
     * @throws dev.appclients.cognito.aws.CallCancelled if the object changed while a call waited
     */
    public void advance(RotationPass pass, Published.State published) {
        RotationPolicy policy =
                RotationPolicy.of(pass.target().resource().getSpec().rotation());
        if (published == Published.State.CURRENT) {
            announcements.published(pass);
        }
        if (!memory.isKept(pass.target().uid())) {
            pass.report(new RotationReport(null, null, null));
            return;
        }
        String fingerprint = fingerprint(pass, published);
        RotationReport held = pass.memory().held(fingerprint);
        if (held != null && !pass.target().isRequested()) {
            pass.report(held);
            return;
        }
        try {
            report(pass, policy, run(pass, policy, published), published);
        } catch (SecretChanged | RecordLost changed) {
            pass.memory().learned(null);
            throw changed instanceof SecretChanged conflict
                    ? conflict
                    : new SecretChanged(
                            "Secret '" + RecordStore.name(pass.target().uid()) + "'");
        } catch (UnknownAttempt unknown) {
            hold(pass, policy, published, new RotationStep.AwaitSettlement());
        } catch (AwsCallException failed) {
            String pool = pass.target().access().pool().value();
            fail(
                    pass,
                    published,
                    reports(pass, policy)
                            .failed(
                                    FailureText.reason(failed.failure().kind()),
                                    FailureText.message(failed.failure(), pool)),
                    failed.failure().kind().pace());
        } catch (StopReconciliation stop) {
            fail(pass, published, failed(pass, policy, stop), stop.pace());
        }
    }

    /** How many entries are kept about clients. */
    public int size() {
        return memory.size() + demands.size() + failures.size();
    }

    /** Forgets a client that is gone. */
    public void forget(String uid) {
        memory.forget(uid);
        demands.forget(uid);
        failures.forget(uid);
    }

    private RotationStep.Ending run(RotationPass pass, RotationPolicy policy, Published.State published) {
        if (!pass.target().isWritable()) {
            return new RotationStep.Idle(null);
        }
        if (pass.isNameTaken()) {
            throw StopReconciliation.refused(
                    Step.SECRET,
                    Reason.SECRET_CONFLICT,
                    "Secret '" + RecordStore.name(pass.target().uid())
                            + "' exists and does not belong to the operator, so the client's secret cannot be rotated. Delete"
                            + " that Secret. The operator retries within five minutes.",
                    Pace.MINUTES);
        }
        if (pass.rotation() == null && pass.target().named() != null && published == Published.State.CURRENT) {
            rebuild(pass, pass.target().named());
        }
        for (int made = 0; made < MAX_STEPS; made++) {
            switch (RotationPlanner.next(facts(pass, policy, published))) {
                case RotationStep.Ending end -> {
                    return end;
                }
                case RotationStep.Stage stage
                when pass.memory().addsInAnHour() >= ADDS_IN_AN_HOUR -> {
                    return new RotationStep.AwaitSettlement();
                }
                case RotationStep.Continuing step -> {
                    steps.make(pass, step);
                    if (step instanceof RotationStep.Stage) {
                        demands.compared(pass, policy);
                    }
                }
            }
        }
        return new RotationStep.AwaitSettlement();
    }

    /** The record was lost. An untampered Secret of the client whose secret Cognito lists proves it. */
    private void rebuild(RotationPass pass, PublishedSecretId named) {
        ClientSecret value = pass.target().values().published(named);
        if (value == null || named.id() == null) {
            return;
        }
        steps.make(pass, new RotationStep.ListSecrets());
        SecretListing listing = Objects.requireNonNull(pass.listing());
        SecretId current = find(listing, named.id());
        if (current == null) {
            return;
        }
        RotationRecord rebuilt = RotationRecord.rebuilt(
                named.revision(),
                current,
                find(listing, named.replaced()),
                pass.target().resource().getStatus() == null
                        ? null
                        : pass.target().resource().getStatus().lastHandledRotateAt());
        pass.stored(records.create(pass.target().resource(), rebuilt, new RotationValues(value, null, null)));
    }

    private static @Nullable SecretId find(SecretListing listing, @Nullable String id) {
        return listing.secrets().stream()
                .filter(secret -> secret.id().equals(id))
                .findFirst()
                .orElse(null);
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
                copies(pass),
                pass.carriers());
    }

    private Copies copies(RotationPass pass) {
        RotationRecord rotation = pass.rotation();
        if (rotation == null || !(rotation.state() instanceof Overlap)) {
            return new Copies(0, 0, true);
        }
        // The copies of a held client are not written, so their number says nothing.
        if (ClientHold.isHeld(pass.target().resource())) {
            return Copies.UNKNOWN;
        }
        return copies.carrying(pass.target().resource(), rotation.currentId())
                .map(counted -> new Copies(counted.counted(), counted.carrying(), counted.othersBehind(), true))
                .orElse(Copies.UNKNOWN);
    }

    private void report(RotationPass pass, RotationPolicy policy, RotationStep.Ending end, Published.State published) {
        if (end instanceof RotationStep.Idle(Instant until)) {
            failures.recordSuccess(pass.target().uid());
            pass.memory().release();
            shown(pass, reports(pass, policy).after(end));
            scheduleNext(pass, policy, until);
        } else {
            hold(pass, policy, published, end);
        }
    }

    private void scheduleNext(RotationPass pass, RotationPolicy policy, @Nullable Instant until) {
        RotationRecord rotation = pass.rotation();
        boolean awaitsCopies = rotation != null
                && rotation.state() instanceof Overlap overlap
                && overlap.carriedAt() == null
                && clock.now().isBefore(overlap.addedAt().plus(HOUR));
        Duration turn = demands.untilTurn(pass, policy);
        if (awaitsCopies) {
            wake.accept(pass.target().resource(), COPIES);
        } else if (turn != null) {
            wake.accept(pass.target().resource(), turn.plusMillis(1));
        } else if (until != null) {
            Duration left = Duration.between(clock.now(), until);
            wake.accept(pass.target().resource(), left.isPositive() ? left.plusSeconds(1) : COPIES);
        }
    }

    private void hold(RotationPass pass, RotationPolicy policy, Published.State published, RotationStep.Ending end) {
        Duration time = end instanceof RotationStep.AwaitSettlement ? memory.settlesAfter() : HOUR;
        if (pass.memory().addsInAnHour() >= ADDS_IN_AN_HOUR) {
            time = HOUR;
        }
        RotationReport report = reports(pass, policy).after(end);
        pass.memory().hold(time, fingerprint(pass, published), report);
        shown(pass, report);
        wake.accept(pass.target().resource(), time.plusMillis(1));
    }

    private void fail(RotationPass pass, Published.State published, RotationReport report, Pace pace) {
        Duration time = failures.recordFailure(pass.target().uid(), pace);
        pass.memory().hold(time, fingerprint(pass, published), report);
        shown(pass, report);
        wake.accept(pass.target().resource(), time.plusMillis(1));
    }

    private RotationReport failed(RotationPass pass, RotationPolicy policy, StopReconciliation stop) {
        return switch (stop.outcome()) {
            case Outcome.Waiting(var step, Reason reason, String message) ->
                reports(pass, policy).failed(reason, message);
            case Outcome.Refused(var step, Reason reason, String message) ->
                reports(pass, policy).blocked(reason, message);
            default -> throw stop;
        };
    }

    private RotationReports reports(RotationPass pass, RotationPolicy policy) {
        return new RotationReports(pass, policy, copies(pass), clock.now(), demands.dueAt(pass, policy));
    }

    private void shown(RotationPass pass, RotationReport report) {
        announcements.reported(pass, report);
        pass.report(report);
    }

    private static boolean mayHaveRecord(RotationTarget target) {
        UserPoolClient resource = target.resource();
        var status = resource.getStatus();
        return resource.getSpec().rotation() != null
                || target.named() != null
                || Annotations.rotateRequest(resource) != null
                || Annotations.value(resource, Annotations.RETIRE_SECRET) != null
                || (status != null && status.rotation() != null);
    }

    /** The input of a held report: another one is a reason to decide again at once. */
    private static String fingerprint(RotationPass pass, Published.State published) {
        UserPoolClient resource = pass.target().resource();
        return String.join(
                " ",
                String.valueOf(resource.getMetadata().getGeneration()),
                String.valueOf(Annotations.rotateRequest(resource)),
                String.valueOf(Annotations.value(resource, Annotations.RETIRE_SECRET)),
                published.name());
    }
}
