package dev.appclients.cognito.distribution;

import dev.appclients.cognito.api.v1beta1.ClientSharing;
import org.jspecify.annotations.Nullable;

/**
 * The facts of a client that decide about its copies.
 *
 * @param sharing the offer, from the spec; null offers nothing
 * @param stalled whether its status says Stalled, or not Authorized. Stalled does not count if the operator only lacks a right for a
 *     pushed claim. A status can be forged. A forged problem only keeps copies as they are. A forged success publishes nothing new: a
 *     copy holds the values of the client's own Secret, which the operator does not write while the client has the problem
 */
public record ClientFacts(@Nullable ClientSharing sharing, boolean paused, boolean terminating, boolean stalled) {}
