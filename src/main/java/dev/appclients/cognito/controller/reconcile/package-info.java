/** What the passes of every reconciler share: when they may run, and how many of them at once. */
@NullMarked
package dev.appclients.cognito.controller.reconcile;

import org.jspecify.annotations.NullMarked;
