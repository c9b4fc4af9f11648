/** Assembles the operator under Quarkus: configuration, beans, health, start and stop. Holds no decision about clients, pools or Secrets. */
@NullMarked
package dev.appclients.cognito.runtime;

import org.jspecify.annotations.NullMarked;
