/** Computes the keys and values of a Secret: public values, endpoints and presets; pure. Does not know the package secret. */
@NullMarked
package dev.appclients.cognito.secret.content;

import org.jspecify.annotations.NullMarked;
