package dev.appclients.cognito.controller.rotation;

import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.aws.AppClients;
import dev.appclients.cognito.aws.AppClients.Priority;
import dev.appclients.cognito.aws.CallCancelled;
import dev.appclients.cognito.controller.claim.Carriers;
import dev.appclients.cognito.controller.cluster.Annotations;
import dev.appclients.cognito.controller.rotation.StoredRecord.Found;
import dev.appclients.cognito.failure.AwsCallException;
import dev.appclients.cognito.model.ClientSecret;
import dev.appclients.cognito.model.SecretId;
import dev.appclients.cognito.model.SecretListing;
import dev.appclients.cognito.rotation.Cause;
import dev.appclients.cognito.rotation.NewSecretValue;
import dev.appclients.cognito.rotation.PublishedSecretId;
import dev.appclients.cognito.rotation.RotationFacts;
import dev.appclients.cognito.rotation.RotationFacts.Progress;
import dev.appclients.cognito.rotation.RotationFacts.Published;
import dev.appclients.cognito.rotation.RotationPolicy;
import dev.appclients.cognito.rotation.RotationRecord;
import dev.appclients.cognito.rotation.RotationState.Overlap;
import dev.appclients.cognito.rotation.RotationStep;
import dev.appclients.cognito.rotation.RotationValues;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongSupplier;

/** Makes the steps of a rotation. The record is written before and after each call that changes something in Cognito. */
final class RotationSteps {

    private final AppClients clients;
    private final RotationRecords records;
    private final SecretAdder adder;
    private final SecretDeleter deleter;
    private final Function<UserPoolClient, Carriers> carriers;
    private final RotationDemands demands;
    private final RotationAnnouncements announcements;
    private final CognitoClock clock;
    private final SecureRandom random;
    private final LongSupplier nanoTime;

    /** @param nanoTime monotonic */
    RotationSteps(
            AppClients clients,
            RotationRecords records,
            SecretAdder adder,
            SecretDeleter deleter,
            Function<UserPoolClient, Carriers> carriers,
            RotationDemands demands,
            RotationAnnouncements announcements,
            CognitoClock clock,
            SecureRandom random,
            LongSupplier nanoTime) {
        this.clients = clients;
        this.records = records;
        this.adder = adder;
        this.deleter = deleter;
        this.carriers = carriers;
        this.demands = demands;
        this.announcements = announcements;
        this.clock = clock;
        this.random = random;
        this.nanoTime = nanoTime;
    }

    /**
     * Makes a step.
     *
     * @throws AwsCallException if a call to Cognito failed
     * @throws CallCancelled if the object changed while the call waited
     * @throws OutcomeUnknown if only a later listing shows the outcome of the call
     */
    void make(RotationPass pass, RotationPolicy policy, RotationStep.Continuing step) {
        switch (step) {
            case RotationStep.ListSecrets list -> list(pass);
            case RotationStep.ReadCarriers read ->
                pass.carried(carried(pass, carriers.apply(pass.target().resource())));
            case RotationStep.CompareOriginal compare -> compare(pass);
            case RotationStep.Rebuild rebuild -> records.rebuild(pass, rebuild.named(), listing(pass));
            case RotationStep.Stage stage -> {
                stage(pass, stage);
                demands.compared(pass, policy);
            }
            case RotationStep.Resume resume -> {
                records.write(pass, rotation(pass).resumed(clock.now()), Map.of());
                pass.progress(Progress.RESUMED);
            }
            case RotationStep.Add add -> adder.add(pass);
            case RotationStep.DeleteStray stray -> deleter.deleteStray(pass, stray.secret());
            case RotationStep.DeleteNamed named -> deleter.deleteNamed(pass, named.id());
            case RotationStep.RecordCarried record ->
                records.write(pass, rotation(pass).carried(clock.now()), Map.of());
            case RotationStep.ClearCarried clear ->
                records.write(pass, rotation(pass).carried(null), Map.of());
            case RotationStep.Retire retire -> deleter.retire(pass, retire);
            case RotationStep.Finish finish -> deleter.finish(pass);
            case RotationStep.Promote promote -> promote(pass);
            case RotationStep.RetirementRefused refused -> pass.refused(refused);
        }
    }

    private void list(RotationPass pass) {
        Priority priority = demands.isUrgent(pass) ? Priority.USER : Priority.DRIFT;
        SecretListing listing =
                pass.memory().existing(clients.listSecrets(pass.target().access(), pass.clientId(), priority));
        clock.answered(listing.at());
        demands.listed(pass);
        pass.listed(listing, nanoTime.getAsLong());
        RotationRecord rotation = pass.rotation();
        // The oldest one is the original. Its age counts also while another secret blocks the rotation.
        if (rotation == null && !listing.secrets().isEmpty()) {
            pass.memory().originalListed(listing.secrets().getFirst());
        }
        String expected = pass.expectedId();
        boolean isMissing = expected != null
                && listing.secrets().stream().noneMatch(secret -> secret.id().equals(expected));
        pass.memory().listed(isMissing ? expected : null);
    }

    /** The listed ids that Secrets carry. A Secret that names none carries the original. */
    private static RotationFacts.Carriers carried(RotationPass pass, Carriers live) {
        Set<String> own = new HashSet<>();
        Set<String> copies = new HashSet<>();
        for (SecretId listed : listing(pass).secrets()) {
            live.mayCarry(listed.id(), isOriginal(pass, listed.id()))
                    .forEach(secret -> (secret.isCopy() ? copies : own).add(listed.id()));
        }
        return new RotationFacts.Carriers(own, copies);
    }

    /** Whether the client may have been created with this secret. */
    private static boolean isOriginal(RotationPass pass, String id) {
        RotationRecord rotation = pass.rotation();
        if (rotation == null) {
            return listing(pass).secrets().getFirst().id().equals(id);
        }
        return switch ((int) Math.min(rotation.revision(), 3)) {
            case 1 -> rotation.current() == null || rotation.isCurrent(id);
            case 2 -> id.equals(rotation.replaced());
            // The previous one may have been published again, and then be replaced by need.
            default ->
                rotation.state() instanceof Overlap(SecretId previous, var addedAt, var carriedAt, Cause cause)
                        && cause == Cause.NEED
                        && previous != null
                        && previous.id().equals(id);
        };
    }

    private static void compare(RotationPass pass) {
        ClientSecret described = pass.target().values().described();
        ClientSecret published = pass.target().values().published(PublishedSecretId.ORIGINAL);
        if (described == null) {
            // The published value may still be valid, but Cognito does not prove it.
            pass.compared(Published.Original.UNREADABLE, published);
        } else if (published == null || published.equals(described)) {
            pass.compared(Published.Original.EQUAL, described);
        } else {
            pass.compared(Published.Original.DIFFERENT, null);
        }
    }

    private void stage(RotationPass pass, RotationStep.Stage stage) {
        ClientSecret next = NewSecretValue.from(random);
        RotationRecord before = Objects.requireNonNullElseGet(
                pass.rotation(),
                () -> RotationRecord.unrecorded(stage.current(), pass.target().named()));
        RotationRecord staged = before.staged(
                stage.cause(), Annotations.rotateRequest(pass.target().resource()), listing(pass));
        if (pass.rotation() == null) {
            records.create(pass, staged, new RotationValues(pass.readable(), next, null));
        } else {
            records.write(
                    pass, staged, Map.of(RecordKey.NEXT, Optional.of(next), RecordKey.PREVIOUS, Optional.empty()));
        }
        pass.progress(Progress.STAGED);
        announcements.started(pass, stage.cause());
    }

    /** The previous value is read again, because no value stays in memory. Without it, the next decision is a new secret. */
    private void promote(RotationPass pass) {
        Cause cause = pass.cause();
        Found found = records.reread(pass);
        ClientSecret previous = found.values().previous();
        if (previous == null) {
            records.write(pass, found.rotation().retired(), Map.of(RecordKey.PREVIOUS, Optional.empty()));
            announcements.ended(cause, RotationOutcome.REVERTED);
            return;
        }
        records.write(
                pass,
                found.rotation().promoted(),
                Map.of(
                        RecordKey.CURRENT,
                        Optional.of(previous),
                        RecordKey.PREVIOUS,
                        Optional.empty(),
                        RecordKey.NEXT,
                        Optional.empty()));
        pass.forgetListing();
        announcements.promoted(pass, cause);
    }

    private static RotationRecord rotation(RotationPass pass) {
        return Objects.requireNonNull(pass.rotation(), "the step needs a record");
    }

    private static SecretListing listing(RotationPass pass) {
        return Objects.requireNonNull(pass.listing(), "the step needs a listing");
    }
}
