/** Compares this version with the releases before it. */
@NullMarked
package dev.appclients.cognito.compatibility;

import org.jspecify.annotations.NullMarked;
