/** Implements {@code make run}: the packaged operator, a real control plane and the Cognito simulator on this machine. */
@NullMarked
package dev.appclients.cognito.local;

import org.jspecify.annotations.NullMarked;
