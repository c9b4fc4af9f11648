/** Decides what a pool allows the clients of a namespace, without effects. A denial names the field of the manifest. */
@NullMarked
package dev.appclients.cognito.authorization;

import org.jspecify.annotations.NullMarked;
