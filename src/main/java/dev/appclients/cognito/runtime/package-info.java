/** Puts the operator together under Quarkus: configuration, beans, health and metrics. */
@NullMarked
package dev.appclients.cognito.runtime;

import org.jspecify.annotations.NullMarked;
