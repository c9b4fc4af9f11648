package dev.appclients.cognito.rotation;

import dev.appclients.cognito.model.Reason;
import dev.appclients.cognito.model.SecretId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The next step of a rotation. The operator makes it, and asks again with the new fact, until a step ends the pass. */
public sealed interface RotationStep {

    /** A step after which this pass decides again. */
    sealed interface Continuing extends RotationStep {}

    /** A step that ends the rotation's part of this pass. */
    sealed interface Ending extends RotationStep {}

    /** List the client's secrets in Cognito. */
    record ListSecrets() implements Continuing {}

    /** List the client's Secrets on the API server. */
    record ReadCarriers() implements Continuing {}

    /** Compare the original that Cognito describes with the published value. */
    record CompareOriginal() implements Continuing {}

    /** Record again the secret that the client's current Secret names, because the record is lost. */
    record Rebuild(PublishedSecretId named) implements Continuing {}

    /**
     * Record the next value.
     *
     * @param current the secret that is valid now; null if the operator does not know its id
     */
    record Stage(Cause cause, @Nullable SecretId current) implements Continuing {}

    /** Record that this pass resumes the rotation, so that the answer to an earlier attempt is dropped. */
    record Resume() implements Continuing {}

    /** Add the next value to Cognito, and record it as the current one. */
    record Add() implements Continuing {}

    /** Delete a secret that only an earlier attempt of this rotation can have added. */
    record DeleteStray(SecretId secret) implements Continuing {}

    /** Delete a secret that a person named, and that the operator neither added nor published. */
    record DeleteNamed(String id) implements Continuing {}

    /** Record that every counted copy has the current secret. */
    record RecordCarried() implements Continuing {}

    /** Record that a counted copy no longer has the current secret. */
    record ClearCarried() implements Continuing {}

    /**
     * Delete the previous secret, and record the end of the rotation.
     *
     * @param hasLaggingCopies whether copies still carry it
     */
    record Retire(String id, boolean hasLaggingCopies) implements Continuing {}

    /** Record the end of the rotation: the previous secret is gone. */
    record Finish() implements Continuing {}

    /** Publish the previous secret again, because the current one is gone. */
    record Promote() implements Continuing {}

    /** Nothing to do, until this time at the latest; null: until something changes. */
    record Idle(@Nullable Instant until) implements Ending {}

    /** Only time can tell the outcome of an earlier attempt, or whether an id is really absent. */
    record AwaitSettlement() implements Ending {}

    /** A person must act before the rotation goes on. */
    record Blocked(Reason reason, Problem problem) implements Ending {}

    /** The annotation {@code retire-secret} names a secret that must not be deleted. Report it, and decide without the annotation. */
    record RetirementRefused(String id, Refusal why) implements Continuing {}

    /** The problems that block a rotation. */
    enum Problem {
        /** Cognito lists two secrets, and one of them is neither the published one nor the operator's. */
        FOREIGN_SECRET,
        /** Cognito does not describe the value of the secret that is in use. */
        UNREADABLE,
        /** The published value is not the one that Cognito describes. */
        DIFFERENT,
        /** Another writer changes the client's Secret again and again. */
        CONTESTED,
        /** The longest overlap has ended, and the client's Secret still carries the previous secret. */
        NOT_PUBLISHED,
        /** Copies still carry the previous secret. */
        LAGGING
    }

    /** The reasons for which a secret must not be deleted. */
    enum Refusal {
        /** It is the published one. */
        PUBLISHED,
        /** Cognito does not list it. */
        UNKNOWN,
        /** It is the only one, which Cognito does not delete. */
        LAST,
        /** One of the operator's Secrets carries it. */
        CARRIED
    }
}
