/** {@code make bench}: the packaged operator, measured against a real API server and the Cognito simulator. */
@NullMarked
package dev.appclients.cognito.bench;

import org.jspecify.annotations.NullMarked;
