package dev.appclients.cognito.rotation;

import dev.appclients.cognito.model.SecretId;
import dev.appclients.cognito.model.SecretListing;
import dev.appclients.cognito.rotation.RotationFacts.Carriers;
import dev.appclients.cognito.rotation.RotationFacts.Copies;
import dev.appclients.cognito.rotation.RotationFacts.Demand;
import dev.appclients.cognito.rotation.RotationFacts.Progress;
import dev.appclients.cognito.rotation.RotationFacts.Published;
import dev.appclients.cognito.rotation.RotationState.Overlap;
import dev.appclients.cognito.rotation.RotationState.Staged;
import dev.appclients.cognito.rotation.RotationState.Steady;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Facts in the words of the planner's table. Secret A is the older one, B the one that the operator added, X another. */
final class Facts {

    static final Instant NOW = Instant.parse("2026-12-20T12:00:00Z");
    static final Instant STAGED_AT = NOW.minusSeconds(120);
    static final Instant ADDED_AT = NOW.minus(Duration.ofDays(3));
    static final RotationPolicy POLICY =
            new RotationPolicy(Duration.ofDays(90), Duration.ofDays(7), Duration.ofDays(14));
    static final SecretId A = new SecretId("A", NOW.minus(Duration.ofDays(100)));
    static final SecretId B = new SecretId("B", ADDED_AT);

    private @Nullable RotationRecord rotation;
    private RotationPolicy policy = POLICY;
    private Instant now = NOW;
    private boolean isTimeKnown = true;
    private @Nullable Cause due;
    private boolean isListDue;
    private @Nullable String retire;
    private @Nullable SecretListing listing;
    private boolean isAbsenceConfirmed;
    private boolean isSettled;
    private @Nullable Instant addsFrom;
    private Progress progress = Progress.NOTHING;
    private Published.State published = Published.State.CURRENT;
    private Published.Original original = Published.Original.UNKNOWN;
    private @Nullable PublishedSecretId named;
    private @Nullable Instant publishedSince = ADDED_AT;
    private Copies copies = new Copies(0, 0, true);
    private @Nullable Carriers carriers;

    private Facts() {}

    /** A client without a record. */
    static Facts original() {
        return new Facts();
    }

    /** A client with a record, and secret A. */
    static Facts steady() {
        return in(new Steady());
    }

    /** A rotation that was staged two minutes ago, with only A listed. */
    static Facts staged() {
        return in(new Staged(List.of("A"), STAGED_AT, STAGED_AT, 0, Cause.REQUEST));
    }

    /** B was added three days ago and is published. Not all copies were seen with it. */
    static Facts overlap() {
        Facts facts = new Facts();
        facts.rotation = new RotationRecord(
                2, B, "A", RotationRecord.Handled.NOTHING, new Overlap(A, ADDED_AT, null, Cause.REQUEST));
        return facts;
    }

    /** As {@link #overlap}, and all copies have had B since then. */
    static Facts carried(Duration ago) {
        Facts facts = overlap();
        facts.rotation = facts.rotation == null ? null : facts.rotation.carried(NOW.minus(ago));
        return facts;
    }

    private static Facts in(RotationState state) {
        Facts facts = new Facts();
        facts.rotation = new RotationRecord(1, A, null, RotationRecord.Handled.NOTHING, state);
        return facts;
    }

    static SecretId secret(String id, Instant created) {
        return new SecretId(id, created);
    }

    Facts record(RotationRecord now) {
        rotation = now;
        return this;
    }

    Facts now(Instant time) {
        now = time;
        return this;
    }

    Facts beforeTheFirstAnswer() {
        isTimeKnown = false;
        return this;
    }

    Facts due(Cause cause) {
        due = cause;
        return this;
    }

    Facts listIsDue() {
        isListDue = true;
        return this;
    }

    Facts retire(String id) {
        retire = id;
        return this;
    }

    Facts listed(SecretId... secrets) {
        listing = new SecretListing(List.of(secrets), now);
        return this;
    }

    Facts absenceConfirmed() {
        isAbsenceConfirmed = true;
        return this;
    }

    Facts settled() {
        isSettled = true;
        return this;
    }

    /** Three attempts to add a secret have failed within an hour. */
    Facts addsFrom(Instant time) {
        addsFrom = time;
        return this;
    }

    /** The client's Secret names this secret as its fifth. */
    Facts naming(String id) {
        named = new PublishedSecretId(5, id, "A");
        return this;
    }

    /** This process has seen the client's Secret with the current secret since then. */
    Facts publishedSince(@Nullable Instant time) {
        publishedSince = time;
        return this;
    }

    Facts progress(Progress made) {
        progress = made;
        return this;
    }

    Facts resumed() {
        return settled().progress(Progress.RESUMED);
    }

    Facts published(Published.State state) {
        published = state;
        return this;
    }

    Facts original(Published.Original compared) {
        original = compared;
        return this;
    }

    Facts copies(int carrying, int counted) {
        copies = new Copies(counted, carrying, true);
        return this;
    }

    /** Copies that do not count and do not have B. */
    Facts othersBehind(int number) {
        copies = new Copies(copies.counted(), copies.carrying(), number, true);
        return this;
    }

    Facts copiesUnknown() {
        copies = Copies.UNKNOWN;
        return this;
    }

    Facts nothingCarries() {
        carriers = new Carriers(Set.of(), Set.of());
        return this;
    }

    Facts theSecretCarries(String... ids) {
        carriers = new Carriers(Set.of(ids), carriers == null ? Set.of() : carriers.copies());
        return this;
    }

    Facts copiesCarry(String... ids) {
        carriers = new Carriers(carriers == null ? Set.of() : carriers.own(), Set.of(ids));
        return this;
    }

    RotationFacts build() {
        return new RotationFacts(
                rotation,
                policy,
                now,
                isTimeKnown,
                new Demand(due, isListDue, retire),
                listing,
                isAbsenceConfirmed,
                isSettled,
                addsFrom,
                progress,
                new Published(published, original, named, publishedSince),
                copies,
                carriers);
    }

    RotationStep step() {
        return RotationPlanner.next(build());
    }
}
