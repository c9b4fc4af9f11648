package dev.appclients.cognito.controller.rotation;

import dev.appclients.cognito.controller.rotation.RotationMemory.Known;
import dev.appclients.cognito.controller.rotation.RotationMemory.OfClient;
import dev.appclients.cognito.controller.rotation.StoredRecord.Found;
import dev.appclients.cognito.model.ClientSecret;
import dev.appclients.cognito.model.SecretListing;
import dev.appclients.cognito.rotation.Cause;
import dev.appclients.cognito.rotation.PublishedSecretId;
import dev.appclients.cognito.rotation.RotationFacts.Carriers;
import dev.appclients.cognito.rotation.RotationFacts.Copies;
import dev.appclients.cognito.rotation.RotationFacts.Progress;
import dev.appclients.cognito.rotation.RotationFacts.Published;
import dev.appclients.cognito.rotation.RotationRecord;
import dev.appclients.cognito.rotation.RotationState;
import dev.appclients.cognito.rotation.RotationStep.RetirementRefused;
import dev.appclients.cognito.status.RotationReport;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The rotation of one client in one reconciliation. Used by one thread. It is the only place that holds values. */
public final class RotationPass {

    private final RotationTarget target;
    private final OfClient memory;
    private @Nullable Found found;
    private @Nullable SecretListing listing;
    private long listedAt;
    private @Nullable Counted counted;
    private @Nullable Carriers carriers;
    private Published.Original original = Published.Original.UNKNOWN;
    private @Nullable ClientSecret readable;
    private Progress progress = Progress.NOTHING;
    private @Nullable RetirementRefused refusal;
    private @Nullable RotationReport report;
    private StoredRecord.@Nullable Untouchable untouchable;
    private boolean isClientNotFound;

    RotationPass(RotationTarget target, OfClient memory) {
        this.target = target;
        this.memory = memory;
    }

    /** The secret that the client's Secret is to hold. */
    public PublishedSecretId published() {
        if (rotation() == null && target.named() != null) {
            return target.named();
        }
        return RotationRecord.published(rotation());
    }

    /** The app client that is rotated. */
    public String clientId() {
        return target.clientId();
    }

    /** Whether the record has the value that is to be published. */
    public boolean isValueRecorded() {
        Known known = memory.known();
        return known != null && known.isReadable();
    }

    /** Whether the value is in this reconciliation's memory. */
    public boolean isValueAtHand() {
        return found != null && found.values().current() != null;
    }

    /** The report for the status; null before the first step. */
    public @Nullable RotationReport report() {
        return report;
    }

    /** The last request that led to a published secret; null without one. A request whose record is lost before that is made again. */
    public @Nullable String handledRequest() {
        RotationRecord rotation = rotation();
        return rotation == null || rotation.state() instanceof RotationState.Staged
                ? null
                : rotation.handled().request();
    }

    /** Whether the client's Secret and every counted copy had the current secret, so that the end of the overlap is known. */
    boolean isCarried() {
        RotationRecord rotation = rotation();
        return rotation != null
                && rotation.state() instanceof RotationState.Overlap overlap
                && overlap.carriedAt() != null;
    }

    /** The id of the published secret if Cognito is known to list it no longer, and no other one is published yet; null if not. */
    public @Nullable String goneId() {
        RotationRecord rotation = rotation();
        String id = expectedId();
        boolean isReplaced = rotation != null && rotation.state() instanceof RotationState.Overlap;
        boolean isGone =
                (rotation != null && rotation.isCurrentGone()) || (id != null && memory.isAbsenceConfirmed(id));
        return isGone && !isReplaced ? id : null;
    }

    /** Whether Cognito listed no secrets because the app client does not exist. */
    public boolean isClientNotFound() {
        return isClientNotFound;
    }

    void clientNotFound() {
        isClientNotFound = true;
    }

    RotationTarget target() {
        return target;
    }

    OfClient memory() {
        return memory;
    }

    @Nullable
    RotationRecord rotation() {
        Known known = memory.known();
        return known == null ? null : known.rotation();
    }

    /** The id of the secret that Cognito should list: of the record, or of the client's Secret without one; null for the original. */
    @Nullable
    String expectedId() {
        RotationRecord rotation = rotation();
        return rotation == null || rotation.current() == null ? published().id() : rotation.currentId();
    }

    /** The cause of the rotation in progress. */
    Cause cause() {
        RotationRecord rotation = rotation();
        return switch (rotation == null ? new RotationState.Steady() : rotation.state()) {
            case RotationState.Overlap overlap -> overlap.cause();
            case RotationState.Staged staged -> staged.cause();
            case RotationState.Steady steady -> Objects.requireNonNullElse(steady.owed(), Cause.NEED);
        };
    }

    StoredRecord.Version version() {
        return Objects.requireNonNull(Objects.requireNonNull(memory.known()).version(), "there is no record");
    }

    @Nullable
    Found found() {
        return found;
    }

    void stored(Found now) {
        found = now;
        memory.learned(Known.of(now));
    }

    void withoutRecord() {
        found = null;
        memory.learned(Known.ABSENT);
    }

    /** A Secret has the name of the record, and the operator must not change it. The next reconciliation reads it again. */
    void unusableRecord(StoredRecord.Untouchable stored) {
        found = null;
        memory.learned(null);
        untouchable = stored;
    }

    /** The Secret in the place of the record, if the operator must not change it. */
    StoredRecord.@Nullable Untouchable untouchable() {
        return untouchable;
    }

    @Nullable
    SecretListing listing() {
        return listing;
    }

    /** @param nanos when Cognito answered, monotonic */
    void listed(SecretListing now, long nanos) {
        forgetListing();
        listing = now;
        listedAt = nanos;
    }

    /** The listing no longer shows the secrets in Cognito. */
    void forgetListing() {
        listing = null;
        // They were judged for the secrets of the last listing.
        carriers = null;
    }

    /** When Cognito answered the last listing, monotonic. */
    long listedAt() {
        return listedAt;
    }

    /** The copies that this reconciliation has counted for a client secret; null before. */
    @Nullable
    Copies counted(String secretId) {
        return counted != null && counted.secretId.equals(secretId) ? counted.copies : null;
    }

    void counted(String secretId, Copies copies) {
        counted = new Counted(secretId, copies);
    }

    @Nullable
    Carriers carriers() {
        return carriers;
    }

    void carried(@Nullable Carriers now) {
        carriers = now;
    }

    Published.Original original() {
        return original;
    }

    /** The comparison with the original, and the value that is in use; null if it cannot be read. */
    void compared(Published.Original result, @Nullable ClientSecret value) {
        original = result;
        readable = value;
    }

    @Nullable
    ClientSecret readable() {
        return readable;
    }

    Progress progress() {
        return progress;
    }

    void progress(Progress now) {
        progress = now;
    }

    @Nullable
    RetirementRefused refusal() {
        return refusal;
    }

    void refused(RetirementRefused step) {
        refusal = step;
    }

    void report(RotationReport now) {
        report = now;
    }

    private record Counted(String secretId, Copies copies) {}
}
