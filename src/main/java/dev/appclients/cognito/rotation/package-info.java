/** Decides the next step of the rotation of a client secret from its record and the facts of a pass; pure. Reads and writes nothing. */
@NullMarked
package dev.appclients.cognito.rotation;

import org.jspecify.annotations.NullMarked;
