/** Defines data structures for other packages: a fair queue, and cached values that share memory. Knows nothing of app clients, pools or Secrets. */
@NullMarked
package dev.appclients.cognito.collection;

import org.jspecify.annotations.NullMarked;
