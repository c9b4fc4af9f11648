/** Reconciles ClusterUserPools: reads the facts of a pool and reports them. Knows nothing of the steps of a UserPoolClient. */
@NullMarked
package dev.appclients.cognito.controller.pool;

import org.jspecify.annotations.NullMarked;
