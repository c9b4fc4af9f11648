package dev.appclients.cognito.rotation;

import dev.appclients.cognito.model.ClientSecret;
import org.jspecify.annotations.Nullable;

/**
 * The values in a record Secret.
 *
 * @param current the published value; null if Cognito does not show it and no Secret has it
 * @param next the value that is to be added to Cognito; null unless a rotation is staged
 * @param previous the value before {@code current}; null outside of an overlap, and if it is not known
 */
public record RotationValues(
        @Nullable ClientSecret current,
        @Nullable ClientSecret next,
        @Nullable ClientSecret previous) {}
