/** Makes a release: {@code make release} writes every file that a publisher uploads to one directory. */
@NullMarked
package dev.appclients.cognito.release;

import org.jspecify.annotations.NullMarked;
