/** Compares this version with the releases before it. */
@NullMarked
package dev.appclients.cognito.releases;

import org.jspecify.annotations.NullMarked;
