/** Decides each step of the rotation of a client secret. */
@NullMarked
package dev.appclients.cognito.rotation;

import org.jspecify.annotations.NullMarked;
