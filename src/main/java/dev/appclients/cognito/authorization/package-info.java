/** Decides whether a namespace may use a pool, and with what: allowed, or the field that is not. */
@NullMarked
package dev.appclients.cognito.authorization;

import org.jspecify.annotations.NullMarked;
