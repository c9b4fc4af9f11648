package dev.appclients.cognito.controller;

import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.api.v1beta1.UserPoolClientStatus;
import dev.appclients.cognito.secret.Marks;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Whether an object without an id and without an intent is as new as it looks. Its status may have been wiped, by hand or by
 * a tool, and a create would then make a second client: better to look for the first one by name.
 */
final class Freshness {

    /** From our finalizer to our intent is one pass; this is far more, and a crash in between only costs a List. */
    private static final Duration NEW = Duration.ofMinutes(2);

    private Freshness() {}

    /** True when the object was ours for longer than a first pass takes, and its status should say more than it does. */
    static boolean mayHaveBeenCreated(UserPoolClient resource, Instant now) {
        UserPoolClientStatus status = resource.getStatus();
        if (status != null && status.userPoolARN() != null) {
            return true;
        }
        boolean blank = status == null
                || status.conditions() == null
                || status.conditions().isEmpty();
        return blank && oursSince(resource).plus(NEW).isBefore(now);
    }

    private static Instant oursSince(UserPoolClient resource) {
        List<ManagedFieldsEntry> fields = resource.getMetadata().getManagedFields();
        return (fields == null ? List.<ManagedFieldsEntry>of() : fields)
                .stream()
                        .filter(entry -> Marks.FIELD_MANAGER.equals(entry.getManager()) && entry.getTime() != null)
                        .map(entry -> Instant.parse(entry.getTime()))
                        .min(Instant::compareTo)
                        .orElse(Instant.MAX.minus(NEW));
    }
}
