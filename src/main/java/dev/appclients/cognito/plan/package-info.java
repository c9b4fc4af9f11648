/** Compares the desired client with the observed one and returns one plan; pure. Makes no call and reads no clock. */
@NullMarked
package dev.appclients.cognito.plan;

import org.jspecify.annotations.NullMarked;
