/** Decides whether a namespace may use a pool, and with which settings: allowed, or the field that is not; pure. Reads no cache. */
@NullMarked
package dev.appclients.cognito.authorization;

import org.jspecify.annotations.NullMarked;
