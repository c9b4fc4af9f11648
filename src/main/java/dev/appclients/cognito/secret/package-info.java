/** Builds a Secret from a request and inspects an existing one for ownership and changes; pure. Reads and writes nothing in the cluster. */
@NullMarked
package dev.appclients.cognito.secret;

import org.jspecify.annotations.NullMarked;
