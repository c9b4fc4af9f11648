/** Implements the port for Cognito: calls on a pool, mapping of settings, readers of pool facts. Handles neither credentials nor quotas itself. */
@NullMarked
package dev.appclients.cognito.aws.cognito;

import org.jspecify.annotations.NullMarked;
