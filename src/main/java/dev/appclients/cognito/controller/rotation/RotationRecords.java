package dev.appclients.cognito.controller.rotation;

import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.controller.cluster.Annotations;
import dev.appclients.cognito.controller.reconcile.StopReconciliation;
import dev.appclients.cognito.controller.rotation.RotationMemory.Known;
import dev.appclients.cognito.controller.rotation.StoredRecord.Absent;
import dev.appclients.cognito.controller.rotation.StoredRecord.Foreign;
import dev.appclients.cognito.controller.rotation.StoredRecord.Found;
import dev.appclients.cognito.controller.rotation.StoredRecord.Newer;
import dev.appclients.cognito.controller.rotation.StoredRecord.Untouchable;
import dev.appclients.cognito.controller.rotation.StoredRecord.Unusable;
import dev.appclients.cognito.controller.secret.SecretChanged;
import dev.appclients.cognito.failure.FailureKind.Pace;
import dev.appclients.cognito.model.ClientSecret;
import dev.appclients.cognito.model.Reason;
import dev.appclients.cognito.model.SecretId;
import dev.appclients.cognito.model.SecretListing;
import dev.appclients.cognito.rotation.PublishedSecretId;
import dev.appclients.cognito.rotation.RotationRecord;
import dev.appclients.cognito.rotation.RotationState.Staged;
import dev.appclients.cognito.rotation.RotationValues;
import dev.appclients.cognito.status.Step;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The record of the rotation of each reconciliation: reads it, changes it, and rebuilds one that was lost. */
final class RotationRecords {

    private final RecordStore records;
    private final RotationMemory memory;

    RotationRecords(RecordStore records, RotationMemory memory) {
        this.records = records;
        this.memory = memory;
    }

    /** Whether the client may have a record. */
    static boolean mayHaveRecord(RotationTarget target) {
        return target.named() != null || mayHaveRecord(target.resource());
    }

    private static boolean mayHaveRecord(UserPoolClient resource) {
        var status = resource.getStatus();
        return resource.getSpec().rotation() != null
                || Annotations.rotateRequest(resource) != null
                || Annotations.value(resource, Annotations.RETIRE_SECRET) != null
                || (status != null && status.rotation() != null);
    }

    /** The record of a deleted object on the API server; empty if it has none. */
    Optional<Found> ofDeleted(UserPoolClient resource) {
        return mayHaveRecord(resource) && records.read(resource) instanceof Found found
                ? Optional.of(found)
                : Optional.empty();
    }

    /**
     * Deletes the record of a deleted object.
     *
     * @throws SecretChanged if another writer changed it meanwhile
     */
    void delete(UserPoolClient resource) {
        if (!mayHaveRecord(resource)) {
            return;
        }
        switch (records.read(resource)) {
            case Found found -> records.delete(resource, found.version());
            // Nothing can use it without the app client.
            case Newer newer -> records.delete(resource, newer.version());
            case Absent absent -> {}
            case Foreign foreign -> {}
            case Unusable unusable -> records.delete(resource, unusable.version());
        }
    }

    /** Compares the record that this process knows with the live one: no event tells that another writer changed it. */
    void forgetIfChanged(RotationPass pass) {
        Known known = pass.memory().known();
        StoredRecord live = known == null ? null : records.read(pass.target().resource());
        boolean isSame =
                live instanceof Found found && known != null && found.version().equals(known.version());
        if (!isSame) {
            pass.memory().learned(null);
        }
    }

    /** Reads the record, unless this process knows it. */
    void load(RotationPass pass) {
        Known known = pass.memory().known();
        if (pass.untouchable() != null || (known != null && !isOfLostClient(pass, known.rotation()))) {
            return;
        }
        memory.keep(pass.target().uid(), pass.memory());
        switch (records.read(pass.target().resource())) {
            case Absent absent -> pass.withoutRecord();
            case Untouchable untouchable -> pass.unusableRecord(untouchable);
            case Unusable(StoredRecord.Version version) -> {
                // The client's Secret has all that this record may still tell.
                records.delete(pass.target().resource(), version);
                pass.withoutRecord();
            }
            case Found found
            when isOfLostClient(pass, found.rotation()) -> {
                // A status with a forged client id proves nothing. The client's Secret does.
                if (pass.target().values().published(PublishedSecretId.ORIGINAL) != null) {
                    records.delete(pass.target().resource(), found.version());
                }
                pass.memory().learned(null);
            }
            case Found found
            when isOlder(found.rotation(), pass.target().named()) -> {
                records.delete(pass.target().resource(), found.version());
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

    /** A new app client has its own secret. The record of the lost one has nothing that still authenticates. */
    private static boolean isOfLostClient(RotationPass pass, @Nullable RotationRecord rotation) {
        return rotation != null && !rotation.mayBeOf(pass.clientId());
    }

    /** The record is written before the client's Secret, so an older one comes from a backup. The Secret has all that it may still tell. */
    private static boolean isOlder(RotationRecord rotation, @Nullable PublishedSecretId named) {
        return named != null && rotation.revision() < named.revision();
    }

    /**
     * The value that the client's Secret is to hold.
     *
     * @return null if the record has none
     * @throws SecretChanged if the record is not the one that this reconciliation began with
     */
    @Nullable
    ClientSecret value(RotationPass pass) {
        Known known = pass.memory().known();
        StoredRecord.Version version = known == null ? null : known.version();
        if (version == null) {
            return null;
        }
        Found here = pass.found();
        if (here == null) {
            here = reread(pass, version);
        }
        return here.values().current();
    }

    /**
     * The record with its values, read again.
     *
     * @throws SecretChanged if the record is not the one that this reconciliation decided with
     */
    Found reread(RotationPass pass) {
        return reread(pass, pass.version());
    }

    private Found reread(RotationPass pass, StoredRecord.Version version) {
        StoredRecord live = records.read(pass.target().resource());
        if (!(live instanceof Found found) || !found.version().equals(version)) {
            throw changed(pass);
        }
        pass.stored(found);
        return found;
    }

    private static SecretChanged changed(RotationPass pass) {
        pass.memory().learned(null);
        return new SecretChanged("Secret '" + RecordStore.name(pass.target().uid()) + "'");
    }

    /**
     * Creates the record.
     *
     * @throws SecretChanged if there is one already
     */
    void create(RotationPass pass, RotationRecord rotation, RotationValues values) {
        pass.stored(records.create(pass.target().resource(), rotation, values));
    }

    /**
     * Changes the record.
     *
     * @param changes the new values by key; empty for a key to remove. Other keys stay as they are
     * @throws SecretChanged if the record is not the one that this reconciliation decided with
     */
    void write(RotationPass pass, RotationRecord rotation, Map<RecordKey, Optional<ClientSecret>> changes) {
        pass.stored(records.write(pass.target().resource(), pass.version(), rotation, changes));
    }

    /**
     * Verifies that the record is the one that this reconciliation decided with.
     *
     * @throws SecretChanged if not
     */
    void requireUnchanged(RotationPass pass) {
        Known known = pass.memory().known();
        StoredRecord live = records.read(pass.target().resource());
        StoredRecord.Version version = live instanceof Found found ? found.version() : null;
        if (known != null && !Objects.equals(known.version(), version)) {
            throw changed(pass);
        }
    }

    /**
     * Verifies that the operator may write the record.
     *
     * @throws StopReconciliation if another Secret has the name, or a newer version wrote the record
     */
    static void requireWritable(RotationPass pass) {
        Untouchable untouchable = pass.untouchable();
        if (untouchable != null) {
            throw refusal(RecordStore.name(pass.target().uid()), untouchable);
        }
    }

    private static StopReconciliation refusal(String name, Untouchable untouchable) {
        return switch (untouchable) {
            case Foreign foreign ->
                StopReconciliation.refused(
                        Step.SECRET,
                        Reason.SECRET_CONFLICT,
                        "Secret '" + name
                                + "' does not belong to the operator, so the operator cannot rotate the client's secret. Delete"
                                + " that Secret. The operator retries within five minutes.",
                        Pace.MINUTES);
            case Newer newer ->
                StopReconciliation.refused(
                        Step.SECRET,
                        Reason.NEWER_RECORD,
                        "A newer version of the operator wrote Secret '" + name
                                + "', and this version cannot read it. This version neither changes it nor rotates the client's"
                                + " secret. Upgrade the operator. Or delete that Secret: the operator then rebuilds it from the"
                                + " client's Secret. The operator retries within five minutes.",
                        Pace.MINUTES);
        };
    }

    /**
     * Rebuilds the record of a client whose untampered Secret names a secret that Cognito lists.
     *
     * @param named the secret that the client's Secret names
     * @param listing the secrets in Cognito. It has that secret
     * @throws SecretChanged if the client's Secret no longer has the value
     */
    void rebuild(RotationPass pass, PublishedSecretId named, SecretListing listing) {
        ClientSecret value = pass.target().values().published(named);
        SecretId current = find(listing, named.id());
        if (value == null || current == null) {
            throw new SecretChanged("the Secret of the client");
        }
        var status = pass.target().resource().getStatus();
        RotationRecord rebuilt = RotationRecord.rebuilt(
                named.revision(),
                current,
                find(listing, named.replaced()),
                status == null ? null : status.lastHandledRotateAt());
        create(pass, rebuilt, new RotationValues(value, null, null));
    }

    private static @Nullable SecretId find(SecretListing listing, @Nullable String id) {
        return listing.secrets().stream()
                .filter(secret -> secret.id().equals(id))
                .findFirst()
                .orElse(null);
    }
}
