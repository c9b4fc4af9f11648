/**
 * Effects on Kubernetes: one reconciler per kind, what observes for it, and what executes its decisions. Read {@link
 * dev.appclients.cognito.controller.UserPoolClientReconciler} first: its {@code reconcile} is the table of contents.
 */
@NullMarked
package dev.appclients.cognito.controller;

import org.jspecify.annotations.NullMarked;
