/** Decides from the desired and the observed state of an app client which action to take. Pure functions: no I/O, no clock. */
@NullMarked
package dev.appclients.cognito.plan;

import org.jspecify.annotations.NullMarked;
