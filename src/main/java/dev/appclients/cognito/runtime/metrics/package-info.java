/** Counts and times calls to AWS, reconciliations and memory for Prometheus. Never influences what the operator does. */
@NullMarked
package dev.appclients.cognito.runtime.metrics;

import org.jspecify.annotations.NullMarked;
