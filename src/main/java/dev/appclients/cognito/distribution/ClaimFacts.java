package dev.appclients.cognito.distribution;

import dev.appclients.cognito.api.v1beta1.ClaimSource;
import org.jspecify.annotations.Nullable;

/**
 * The facts of a claim that decide about its copy.
 *
 * @param paused whether the claim is paused
 * @param pin the Namespace that the claim got its first copy from, from the status of the claim; null before the first copy. A forged
 *     pin only denies the copy. A removed pin accepts the present Namespace, as a new claim would: both need the consent of the same team
 */
public record ClaimFacts(boolean paused, @Nullable ClaimSource pin) {}
