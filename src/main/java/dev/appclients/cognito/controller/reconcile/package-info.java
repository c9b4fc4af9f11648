/** Shared by all reconcilers: when a reconciliation may run, and how many run at once. Knows no kind of resource. */
@NullMarked
package dev.appclients.cognito.controller.reconcile;

import org.jspecify.annotations.NullMarked;
