/** Reconciles ClientSecretClaims: judges each claim, and writes or deletes its copy. Never calls AWS and knows no other reconciler. */
@NullMarked
package dev.appclients.cognito.controller.claim;

import org.jspecify.annotations.NullMarked;
