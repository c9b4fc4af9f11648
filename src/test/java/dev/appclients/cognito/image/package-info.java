/** Builds the operator's image, describes its contents, and runs the operator from it without a container engine. */
@NullMarked
package dev.appclients.cognito.image;

import org.jspecify.annotations.NullMarked;
