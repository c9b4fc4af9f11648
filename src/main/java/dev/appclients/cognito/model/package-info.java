/** Domain values: plain, immutable, and free of Kubernetes and AWS types. */
@NullMarked
package dev.appclients.cognito.model;

import org.jspecify.annotations.NullMarked;
