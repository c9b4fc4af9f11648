/** Reconciles UserPoolClients: the steps of a pass, its state, ownership, create history and cleanup. Only controller and runtime import it. */
@NullMarked
package dev.appclients.cognito.controller.client;

import org.jspecify.annotations.NullMarked;
