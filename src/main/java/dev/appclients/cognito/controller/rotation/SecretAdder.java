package dev.appclients.cognito.controller.rotation;

import dev.appclients.cognito.aws.AppClients;
import dev.appclients.cognito.aws.CallCancelled;
import dev.appclients.cognito.controller.rotation.StoredRecord.Found;
import dev.appclients.cognito.failure.AwsCallException;
import dev.appclients.cognito.failure.Failure;
import dev.appclients.cognito.failure.FailureKind;
import dev.appclients.cognito.model.AddedSecret;
import dev.appclients.cognito.model.ClientSecret;
import dev.appclients.cognito.rotation.Cause;
import dev.appclients.cognito.rotation.RotationFacts.Progress;
import dev.appclients.cognito.rotation.RotationRecord;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/** Adds the next secret in Cognito, and records it as the current one before anything publishes it. */
final class SecretAdder {

    /** No call is made later than this after the listing: it no longer shows whether another secret was added. */
    private static final Duration FRESH = Duration.ofSeconds(30);

    private final AppClients clients;
    private final RotationRecords records;
    private final RotationAnnouncements announcements;
    private final LongSupplier nanoTime;

    /** @param nanoTime monotonic */
    SecretAdder(
            AppClients clients, RotationRecords records, RotationAnnouncements announcements, LongSupplier nanoTime) {
        this.clients = clients;
        this.records = records;
        this.announcements = announcements;
        this.nanoTime = nanoTime;
    }

    /**
     * Adds the secret.
     *
     * @throws AwsCallException if Cognito refused it
     * @throws CallCancelled if the object changed while the call waited
     * @throws OutcomeUnknown if Cognito may have added a secret whose id is not known
     */
    void add(RotationPass pass) {
        Found staged = Objects.requireNonNull(pass.found(), "the pass that adds a secret has written the record");
        ClientSecret next = staged.values().next();
        RotationRecord rotation = staged.rotation();
        pass.memory().added();
        AddedSecret added;
        boolean isSupplied = !rotation.handled().cognitoGenerates();
        try {
            added = isSupplied && next != null ? supplied(pass, next) : generated(pass);
        } catch (CallCancelled notCalled) {
            pass.memory().notAttempted(staged.version());
            throw notCalled;
        } catch (AwsCallException failed) {
            throw afterFailedAdd(pass, failed);
        }
        // Until the record says so, another reconciliation may find the secret as an unknown one.
        pass.memory().settleFrom(staged.version());
        pass.memory().toAnnounce(added.secret().id());
        ClientSecret generated = added.generated();
        RotationRecord now = rotation.added(added.secret());
        // A repeated attempt may be refused only because it supplies the same value again.
        boolean refusesValues = generated != null && pass.progress() == Progress.STAGED;
        records.write(
                pass,
                refusesValues ? now.generatedByCognito() : now,
                Map.of(
                        RecordKey.CURRENT,
                        Optional.ofNullable(generated == null ? next : generated),
                        RecordKey.PREVIOUS,
                        Optional.ofNullable(staged.values().current()),
                        RecordKey.NEXT,
                        Optional.empty()));
        pass.memory().settled();
        pass.memory().listed(null);
        pass.forgetListing();
        pass.progress(Progress.NOTHING);
    }

    /** Cognito may not accept supplied values. Then it generates one, which only this answer shows. */
    private AddedSecret supplied(RotationPass pass, ClientSecret next) {
        try {
            return clients.addSecret(pass.target().access(), pass.clientId(), next, wanted(pass));
        } catch (AwsCallException failed) {
            if (failed.failure().kind() != FailureKind.SECRET_NOT_ADDED) {
                throw failed;
            }
            return generated(pass);
        }
    }

    private AddedSecret generated(RotationPass pass) {
        return clients.addSecret(pass.target().access(), pass.clientId(), null, wanted(pass));
    }

    private RuntimeException afterFailedAdd(RotationPass pass, AwsCallException failed) {
        Failure failure = failed.failure();
        if (failure.mayHaveTakenEffect() || failure.kind() == FailureKind.SECRET_LIMIT) {
            pass.memory().settleFrom(pass.version());
            return new OutcomeUnknown(failure);
        }
        if (!failure.called()) {
            pass.memory().notAttempted(pass.version());
            return failed;
        }
        Cause cause = pass.cause();
        records.write(
                pass, Objects.requireNonNull(pass.rotation()).unstaged(), Map.of(RecordKey.NEXT, Optional.empty()));
        pass.progress(Progress.NOTHING);
        pass.memory().settled();
        announcements.ended(cause, RotationOutcome.REFUSED);
        return failed;
    }

    private BooleanSupplier wanted(RotationPass pass) {
        return () -> nanoTime.getAsLong() - pass.listedAt() < FRESH.toNanos()
                && pass.target().stillWanted().getAsBoolean();
    }
}
