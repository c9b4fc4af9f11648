/** Executes one call: SDK clients, time limits, mapping of failures, members that the SDK does not know. Never retries a call. */
@NullMarked
package dev.appclients.cognito.aws.call;

import org.jspecify.annotations.NullMarked;
