/** Decides whether a claim gets a copy of a client's Secret: offer ∩ ceiling → one decision; pure. Reads no cache. */
@NullMarked
package dev.appclients.cognito.distribution;

import org.jspecify.annotations.NullMarked;
