/** Argo CD and Flux: the scripts and expressions that compute health, and the operator's behaviour under both. */
@NullMarked
package dev.appclients.cognito.gitops;

import org.jspecify.annotations.NullMarked;
