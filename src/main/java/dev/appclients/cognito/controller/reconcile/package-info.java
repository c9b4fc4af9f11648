/** Holds the parts that every reconciler shares: stop, status patch, events, schedule, concurrency limits and leadership gate. Contains no step of a kind and does not import cluster. */
@NullMarked
package dev.appclients.cognito.controller.reconcile;

import org.jspecify.annotations.NullMarked;
