/** The application on Quarkus: configuration, beans, health, start and stop. Nothing here knows how an app client is reconciled. */
@NullMarked
package dev.appclients.cognito.runtime;

import org.jspecify.annotations.NullMarked;
