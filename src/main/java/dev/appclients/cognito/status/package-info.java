/** Computes conditions and status fields from the outcome of a pass; pure. Imports neither clients of Kubernetes nor aws. */
@NullMarked
package dev.appclients.cognito.status;

import org.jspecify.annotations.NullMarked;
