/** Decides which call may start when, within Cognito's quotas and fairly between namespaces. Knows neither credentials nor the content of a call. */
@NullMarked
package dev.appclients.cognito.aws.budget;

import org.jspecify.annotations.NullMarked;
