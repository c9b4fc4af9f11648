package dev.appclients.cognito.plan;

import org.jspecify.annotations.Nullable;

/**
 * The inputs of a plan besides the settings.
 *
 * @param observes whether the mode is Observe, which never writes to Cognito
 * @param adopts whether the object adopts an existing client, and so never creates one
 * @param hasClient whether the object had its client before
 * @param recreate the value of the {@code recreate} annotation, which is the id of the lost client to replace; null when absent
 */
public record PlanContext(
        boolean observes,
        boolean adopts,
        boolean hasClient,
        @Nullable String recreate) {}
