/** The application on Quarkus: configuration, beans, health, start and stop. Business decisions may not live here. */
@NullMarked
package dev.appclients.cognito.runtime;

import org.jspecify.annotations.NullMarked;
