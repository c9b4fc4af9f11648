/** Watches the cluster: informers, lean caches, indexes, update filters and annotations. Writes nothing and does not import reconcile. */
@NullMarked
package dev.appclients.cognito.controller.cluster;

import org.jspecify.annotations.NullMarked;
