package dev.appclients.cognito.controller.rotation;

import dev.appclients.cognito.api.v1beta1.RotationStatus;
import dev.appclients.cognito.controller.cluster.Annotations;
import dev.appclients.cognito.model.Excerpt;
import dev.appclients.cognito.model.Reason;
import dev.appclients.cognito.model.SecretListing;
import dev.appclients.cognito.rotation.RotationFacts.Copies;
import dev.appclients.cognito.rotation.RotationPolicy;
import dev.appclients.cognito.rotation.RotationRecord;
import dev.appclients.cognito.rotation.RotationState.Overlap;
import dev.appclients.cognito.rotation.RotationState.Staged;
import dev.appclients.cognito.rotation.RotationState.Steady;
import dev.appclients.cognito.rotation.RotationStep;
import dev.appclients.cognito.rotation.RotationStep.Problem;
import dev.appclients.cognito.rotation.RotationStep.RetirementRefused;
import dev.appclients.cognito.status.RotationReport;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Composes the part of the status that shows a rotation. */
final class RotationReports {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ISO_LOCAL_DATE.withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** A nearer time is shown with its hour and minute. */
    private static final Duration DAYS = Duration.ofDays(2);

    /** Cognito's ids are not longer. A user may name any text. */
    private static final int LONGEST_ID = 128;

    private final RotationPass pass;
    private final RotationPolicy policy;
    private final Copies copies;
    private final Instant now;
    private final @Nullable Instant dueAt;

    /**
     * Creates the composer of one reconciliation.
     *
     * @param now Cognito's time
     * @param dueAt when the next rotation is due; null if it is not known
     */
    RotationReports(RotationPass pass, RotationPolicy policy, Copies copies, Instant now, @Nullable Instant dueAt) {
        this.pass = pass;
        this.policy = policy;
        this.copies = copies;
        this.now = now;
        this.dueAt = dueAt;
    }

    /** The report after the last step. */
    RotationReport after(RotationStep.Ending step) {
        if (step instanceof RotationStep.Blocked(Reason reason, Problem problem)) {
            return new RotationReport(status(true), reason, message(problem));
        }
        RetirementRefused refusal = pass.refusal();
        if (refusal != null) {
            return new RotationReport(status(false), Reason.RETIREMENT_REFUSED, message(refusal));
        }
        RotationRecord rotation = pass.rotation();
        return switch (rotation == null ? new Steady() : rotation.state()) {
            case Steady steady -> steady(step);
            case Staged staged -> staged(Objects.requireNonNull(rotation), step);
            case Overlap overlap -> overlap(overlap, step);
        };
    }

    /** The report of a problem that has a reason and a message of its own. */
    RotationReport failed(Reason reason, String message) {
        return new RotationReport(status(false), reason, message);
    }

    /** The report for a client whose record cannot be used. */
    RotationReport blocked(Reason reason, String message) {
        return new RotationReport(status(true), reason, message);
    }

    /** A rotation that is due, and that waits before the next value is recorded. */
    private RotationReport steady(RotationStep.Ending step) {
        if (!(step instanceof RotationStep.Idle(Instant until)) || until == null) {
            return new RotationReport(status(false), null, null);
        }
        SecretListing listing = pass.listing();
        boolean isLost =
                pass.rotation() == null && listing != null && listing.secrets().size() > 1;
        return new RotationReport(
                status(false),
                Reason.ROTATING,
                isLost
                        ? "The values of both secrets of the app client are lost. The operator deletes the older one "
                                + at(until)
                                + ", and then adds a new one. To end the wait, name one of them in the annotation"
                                + " cognito.appclients.dev/retire-secret."
                        : spent(until));
    }

    private String spent(Instant until) {
        return "The operator has tried three times within an hour to add the next client secret in Cognito. It tries again "
                + at(until) + ".";
    }

    private RotationReport staged(RotationRecord rotation, RotationStep.Ending step) {
        String next = step instanceof RotationStep.Idle(Instant until) && until != null
                ? spent(until)
                : "The operator adds the next client secret in Cognito as soon as the outcome of every earlier attempt is"
                        + " known, within a few minutes. Then it publishes the secret.";
        return rotation.isCurrentGone()
                ? new RotationReport(
                        status(false),
                        Reason.PUBLISHED_SECRET_GONE,
                        "The published client secret " + rotation.currentId()
                                + " was deleted in Cognito. Workloads cannot authenticate with it. " + next
                                + later(rotation))
                : new RotationReport(
                        status(false),
                        Reason.ROTATING,
                        "The next client secret is recorded. " + next + later(rotation));
    }

    private RotationReport overlap(Overlap overlap, RotationStep.Ending step) {
        Instant planned = overlap.retiresAt(policy);
        // At the end of the overlap, mounts may still need a moment.
        Instant end = step instanceof RotationStep.Idle(Instant until) && until != null && until.isAfter(planned)
                ? until
                : planned;
        Instant late = overlap.addedAt().plus(policy.maxOverlap().dividedBy(2));
        boolean isLagging = copies.lagging() > 0 || copies.othersBehind() > 0;
        if (isLagging && !now.isBefore(late)) {
            return new RotationReport(
                    status(false),
                    Reason.COPIES_LAGGING,
                    lagging() + " The operator deletes the previous secret "
                            + at(end.isAfter(overlap.deadline(policy)) ? end : overlap.deadline(policy))
                            + " at the latest."
                            + later(Objects.requireNonNull(pass.rotation())));
        }
        String waiting =
                copies.counted() == 0 ? "" : copies.carrying() + " of " + copies.counted() + " copies have it. ";
        return new RotationReport(
                status(false),
                Reason.ROTATING,
                "The new client secret is published. " + waiting
                        + (overlap.previous() == null
                                ? ""
                                : "The previous one, " + overlap.previous().id()
                                        + ", stays valid, and the operator deletes it "
                                        + at(end) + ". ")
                        + "Restart workloads that read the Secret as environment variables before then."
                        + later(Objects.requireNonNull(pass.rotation())));
    }

    private String lagging() {
        return copies.lagging() > 0
                ? copies.lagging() + " of " + copies.counted() + " copies do not have the new client secret yet. Their"
                        + " claims show the reason: kubectl get csc -A."
                : copies.othersBehind()
                        + " copies that do not count, for example those of paused claims, still have the"
                        + " previous client secret. Resume or delete these claims.";
    }

    /** The annotation that this rotation began with is not a further request. */
    private String later(RotationRecord rotation) {
        String request = Annotations.rotateRequest(pass.target().resource());
        return request == null || request.equals(rotation.handled().request())
                ? ""
                : " The operator starts the rotation that was requested meanwhile after the overlap.";
    }

    private @Nullable RotationStatus status(boolean isBlocked) {
        RotationRecord rotation = pass.rotation();
        boolean isShown = rotation != null
                || isBlocked
                || pass.target().resource().getSpec().rotation() != null;
        if (!isShown) {
            return null;
        }
        if (isBlocked) {
            return new RotationStatus("Blocked", since(rotation), null, "Blocked");
        }
        return switch (rotation == null ? new Steady() : rotation.state()) {
            case Steady steady ->
                new RotationStatus("Steady", null, text(dueAt), dueAt == null ? null : "due " + DAY.format(dueAt));
            case Staged staged -> new RotationStatus("Staged", text(staged.since()), null, "Staged");
            case Overlap overlap ->
                new RotationStatus(
                        "Overlap", text(overlap.addedAt()), text(overlap.retiresAt(policy)), summary(overlap));
        };
    }

    private static @Nullable String since(@Nullable RotationRecord rotation) {
        return rotation == null
                ? null
                : switch (rotation.state()) {
                    case Steady steady -> null;
                    case Staged staged -> text(staged.since());
                    case Overlap overlap -> text(overlap.addedAt());
                };
    }

    private String summary(Overlap overlap) {
        String counted = copies.counted() == 0 ? "" : copies.carrying() + "/" + copies.counted() + " ";
        return "Overlap " + counted + "until " + shown(overlap.retiresAt(policy));
    }

    private String at(Instant time) {
        return (Duration.between(now, time).compareTo(DAYS) < 0 ? "at " : "on ") + shown(time);
    }

    private String shown(Instant time) {
        return Duration.between(now, time).compareTo(DAYS) < 0 ? MINUTE.format(time) : DAY.format(time);
    }

    private static @Nullable String text(@Nullable Instant time) {
        return time == null ? null : time.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private String message(Problem problem) {
        String list = "List them with: aws cognito-idp list-user-pool-client-secrets --user-pool-id "
                + pass.target().access().pool().value() + " --client-id " + pass.clientId() + ".";
        return switch (problem) {
            case FOREIGN_SECRET ->
                "The app client has two secrets in Cognito, and the operator added only one of them or none. " + list
                        + " Delete the one that no workload uses, or name it in the annotation"
                        + " cognito.appclients.dev/retire-secret. The operator lists the secrets again hourly, and when a"
                        + " reconciliation is requested.";
            case UNREADABLE ->
                "Cognito does not show the value of the client's secret, so the operator does not replace it on schedule."
                        + " To get a new one, set the annotation cognito.appclients.dev/rotate-requested-at. The operator"
                        + " checks again hourly.";
            case DIFFERENT ->
                "The published client secret is not the one that Cognito describes. " + list
                        + " To publish the latter, delete the Secret. The operator checks again hourly, and when a reconciliation is"
                        + " requested.";
            case CONTESTED ->
                "Another writer changes the client's Secret again and again, so the operator does not start the rotation."
                        + " Stop that writer. The operator tries again within the hour.";
            case NOT_PUBLISHED ->
                "The longest overlap has ended, but the client's Secret still has the previous client secret, so the"
                        + " operator does not delete it. Correct the problem that the condition SecretSynced shows. The"
                        + " operator checks again hourly.";
            case LAGGING ->
                "Copies that do not count, for example those of paused claims, still carry the previous client secret. The"
                        + " operator deletes it at the end of maxOverlap at the latest, and checks again hourly.";
        };
    }

    private static String message(RetirementRefused refusal) {
        String named = "The annotation cognito.appclients.dev/retire-secret names "
                + Excerpt.of(refusal.id(), LONGEST_ID) + ", ";
        return switch (refusal.why()) {
            case PUBLISHED ->
                named
                        + "which is published. The operator does not delete it. Remove the annotation: otherwise the operator"
                        + " deletes the secret, without an overlap, as soon as every copy has the next one. To revoke the"
                        + " secret, request a rotation.";
            case UNKNOWN ->
                named
                        + "which Cognito does not list: it is deleted already, or the id is wrong. Remove the annotation, or"
                        + " correct it. The operator lists the secrets again hourly.";
            case LAST ->
                named
                        + "which is the only one that Cognito lists. Cognito does not delete it. Request a rotation first, and"
                        + " name it when the new secret is published. The operator lists the secrets again hourly.";
            case CARRIED ->
                named
                        + "which a Secret of this client still carries. The operator does not delete it. Correct or delete the"
                        + " claims whose copies lag. The operator checks again hourly, and when a reconciliation is requested.";
        };
    }
}
