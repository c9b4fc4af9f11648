package dev.appclients.cognito.controller.rotation;

import dev.appclients.cognito.rotation.RotationRecord;
import dev.appclients.cognito.rotation.RotationValues;

/** A client's record as the API server has it. */
sealed interface StoredRecord {

    /** There is no record Secret. */
    record Absent() implements StoredRecord {}

    /**
     * Another writer changed the record Secret, so no value is taken from it.
     *
     * @param version of the record Secret
     */
    record Unusable(Version version) implements StoredRecord {}

    /** A Secret that the operator must not change. */
    sealed interface Untouchable extends StoredRecord {}

    /** A Secret of this name that the operator did not write for this client. */
    record Foreign() implements Untouchable {}

    /**
     * A newer version of the operator wrote the record, and this version cannot read it.
     *
     * @param version of the record Secret
     */
    record Newer(Version version) implements Untouchable {}

    /**
     * The record.
     *
     * @param version of the record Secret
     * @param values for this reconciliation only, never kept in memory after it
     */
    record Found(RotationRecord rotation, Version version, RotationValues values) implements StoredRecord {}

    /** A version of a record Secret, to which the next write is bound. */
    record Version(String uid, String resourceVersion) {}
}
