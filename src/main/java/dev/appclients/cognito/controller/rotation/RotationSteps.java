package dev.appclients.cognito.controller.rotation;

import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.aws.AppClients;
import dev.appclients.cognito.aws.AppClients.Priority;
import dev.appclients.cognito.aws.CallCancelled;
import dev.appclients.cognito.controller.claim.Carriers;
import dev.appclients.cognito.controller.cluster.Annotations;
import dev.appclients.cognito.controller.rotation.StoredRecord.Found;
import dev.appclients.cognito.controller.secret.SecretChanged;
import dev.appclients.cognito.failure.AwsCallException;
import dev.appclients.cognito.failure.FailureKind;
import dev.appclients.cognito.model.ClientSecret;
import dev.appclients.cognito.model.SecretId;
import dev.appclients.cognito.model.SecretListing;
import dev.appclients.cognito.rotation.Cause;
import dev.appclients.cognito.rotation.NewSecretValue;
import dev.appclients.cognito.rotation.PublishedSecretId;
import dev.appclients.cognito.rotation.RotationFacts;
import dev.appclients.cognito.rotation.RotationFacts.Progress;
import dev.appclients.cognito.rotation.RotationFacts.Published;
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
import org.jspecify.annotations.Nullable;

/** Makes the steps of a rotation. Writes the record before and after each call that changes something in Cognito. */
final class RotationSteps {

    private final AppClients clients;
    private final RecordStore records;
    private final Function<UserPoolClient, Carriers> carriers;
    private final RotationDemands demands;
    private final RotationAnnouncements announcements;
    private final CognitoClock clock;
    private final SecureRandom random;
    private final SecretAdder adder;

    RotationSteps(
            AppClients clients,
            RecordStore records,
            Function<UserPoolClient, Carriers> carriers,
            RotationDemands demands,
            RotationAnnouncements announcements,
            CognitoClock clock,
            SecureRandom random,
            LongSupplier nanoTime) {
        this.clients = clients;
        this.records = records;
        this.carriers = carriers;
        this.demands = demands;
        this.announcements = announcements;
        this.clock = clock;
        this.random = random;
        this.adder = new SecretAdder(clients, records, announcements, nanoTime);
    }

    /**
     * Makes a step.
     *
     * @throws AwsCallException if a call to Cognito failed
     * @throws CallCancelled if the object changed while the call waited
     * @throws SecretAdder.UnknownAttempt if Cognito may have added a secret whose id is not known
     */
    void make(RotationPass pass, RotationStep.Continuing step) {
        switch (step) {
            case RotationStep.ListSecrets list -> list(pass);
            case RotationStep.ReadCarriers read ->
                pass.carried(carried(pass, carriers.apply(pass.target().resource())));
            case RotationStep.CompareOriginal compare -> compare(pass);
            case RotationStep.Stage stage -> stage(pass, stage);
            case RotationStep.Resume resume -> {
                write(pass, rotation(pass).resumed(clock.now()), Map.of());
                pass.progress(Progress.RESUMED);
            }
            case RotationStep.Add add -> adder.add(pass);
            case RotationStep.DeleteStray stray -> delete(pass, stray.secret().id());
            case RotationStep.DeleteNamed named -> deleteNamed(pass, named.id());
            case RotationStep.RecordCarried record -> write(pass, rotation(pass).carried(clock.now()), Map.of());
            case RotationStep.ClearCarried clear -> write(pass, rotation(pass).carried(null), Map.of());
            case RotationStep.Retire retire -> retire(pass, retire);
            case RotationStep.Finish finish -> finish(pass, retired(pass));
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
        pass.listed(listing);
        RotationRecord rotation = pass.rotation();
        // The oldest one is the original. Its age counts also while another secret blocks the rotation.
        if (rotation == null && !listing.secrets().isEmpty()) {
            pass.memory().originalListed(listing.secrets().getFirst());
        }
        pass.memory().listed(missing(pass, listing));
    }

    /** The id of the published secret if Cognito does not list it. */
    private static @Nullable String missing(RotationPass pass, SecretListing listing) {
        String published = pass.published().id();
        RotationRecord rotation = pass.rotation();
        String current = rotation == null || rotation.current() == null ? published : rotation.currentId();
        boolean isListed = current == null
                || listing.secrets().stream().anyMatch(secret -> secret.id().equals(current));
        return isListed ? null : current;
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
        RotationRecord before =
                Objects.requireNonNullElseGet(pass.rotation(), () -> RotationRecord.original(stage.current()));
        RotationRecord staged = before.staged(
                stage.cause(), Annotations.rotateRequest(pass.target().resource()), listing(pass));
        if (pass.rotation() == null) {
            pass.stored(
                    records.create(pass.target().resource(), staged, new RotationValues(pass.readable(), next, null)));
        } else {
            write(pass, staged, Map.of(RecordKey.NEXT, Optional.of(next), RecordKey.PREVIOUS, Optional.empty()));
        }
        pass.progress(Progress.STAGED);
        announcements.started(pass, stage.cause());
    }

    /** Whether the secret is known to be gone. */
    private boolean delete(RotationPass pass, String secretId) {
        boolean isDeleted = true;
        try {
            clients.deleteSecret(
                    pass.target().access(),
                    pass.clientId(),
                    secretId,
                    () -> pass.target().stillWanted().getAsBoolean());
        } catch (AwsCallException failed) {
            // A secret that is gone already may be answered as the last one. The next listing decides.
            if (failed.failure().kind() != FailureKind.SECRET_NOT_FOUND
                    && failed.failure().kind() != FailureKind.LAST_SECRET) {
                throw failed;
            }
            isDeleted = failed.failure().kind() == FailureKind.SECRET_NOT_FOUND;
        }
        if (isDeleted) {
            pass.memory().deleted(secretId);
        }
        pass.listed(null);
        return isDeleted;
    }

    private void deleteNamed(RotationPass pass, String secretId) {
        if (!delete(pass, secretId)) {
            return;
        }
        pass.memory().answeredRetirement(secretId);
        RotationRecord rotation = pass.rotation();
        if (rotation != null) {
            write(pass, rotation.withRetired(secretId), Map.of());
        }
        announcements.deletedNamed(pass, secretId);
    }

    private void retire(RotationPass pass, RotationStep.Retire retire) {
        if (!delete(pass, retire.id())) {
            return;
        }
        finish(pass, retired(pass));
        announcements.retired(pass, retire);
    }

    /** The record of the end. The previous secret may be gone because a person named it. */
    private static RotationRecord retired(RotationPass pass) {
        RotationRecord rotation = rotation(pass);
        String named = Annotations.value(pass.target().resource(), Annotations.RETIRE_SECRET);
        return named != null
                        && rotation.state() instanceof Overlap overlap
                        && overlap.previous() != null
                        && named.equals(overlap.previous().id())
                ? rotation.retired().withRetired(named)
                : rotation.retired();
    }

    private void finish(RotationPass pass, RotationRecord ended) {
        Cause cause = pass.cause();
        write(pass, ended, Map.of(RecordKey.PREVIOUS, Optional.empty()));
        announcements.ended(cause, RotationOutcome.COMPLETED);
    }

    /** The previous value is read again, because no value stays in memory. Without it, a new secret is needed. */
    private void promote(RotationPass pass) {
        Cause cause = pass.cause();
        StoredRecord live = records.read(pass.target().resource());
        if (!(live instanceof Found found) || !found.version().equals(pass.version())) {
            throw new SecretChanged("Secret '" + RecordStore.name(pass.target().uid()) + "'");
        }
        pass.stored(found);
        ClientSecret previous = found.values().previous();
        if (previous == null) {
            finish(pass, found.rotation().retired());
            return;
        }
        write(
                pass,
                found.rotation().promoted(),
                Map.of(
                        RecordKey.CURRENT,
                        Optional.of(previous),
                        RecordKey.PREVIOUS,
                        Optional.empty(),
                        RecordKey.NEXT,
                        Optional.empty()));
        pass.listed(null);
        announcements.promoted(pass, cause);
    }

    private void write(RotationPass pass, RotationRecord rotation, Map<RecordKey, Optional<ClientSecret>> changes) {
        pass.stored(records.write(pass.target().resource(), pass.version(), rotation, changes));
    }

    private static RotationRecord rotation(RotationPass pass) {
        return Objects.requireNonNull(pass.rotation(), "the step needs a record");
    }

    private static SecretListing listing(RotationPass pass) {
        return Objects.requireNonNull(pass.listing(), "the step needs a listing");
    }
}
