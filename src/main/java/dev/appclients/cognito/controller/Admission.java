package dev.appclients.cognito.controller;

import dev.appclients.cognito.model.PoolAccess;
import dev.appclients.cognito.model.PoolFacts;

/**
 * The pool that a client was admitted to, with the facts that were last read of it.
 *
 * @param name of the ClusterUserPool
 * @param generation of the ClusterUserPool
 * @param access how the pool is reached on behalf of the client's namespace
 * @param facts what was last read of the pool
 */
record Admission(String name, long generation, PoolAccess access, PoolFacts facts) {}
