/**
 * Simulates Amazon Cognito in memory, on loopback, as far as app clients use it. Every test and {@code make run} use it.
 * It follows the documentation of the service and knows nothing about the operator.
 */
@NullMarked
package dev.appclients.cognito.simulator;

import org.jspecify.annotations.NullMarked;
