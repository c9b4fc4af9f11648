/** From a client to its Secret: what stands in it, whose it is, and whether it is still right. */
@NullMarked
package dev.appclients.cognito.secret;

import org.jspecify.annotations.NullMarked;
