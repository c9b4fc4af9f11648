/**
 * Amazon Cognito as far as app clients are concerned, in memory, on loopback: the other side of every test and of {@code make run}.
 * It is written from what is known about the service and knows nothing about the operator.
 */
@NullMarked
package dev.appclients.cognito.simulator;

import org.jspecify.annotations.NullMarked;
