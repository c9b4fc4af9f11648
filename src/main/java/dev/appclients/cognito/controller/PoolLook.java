package dev.appclients.cognito.controller;

import dev.appclients.cognito.status.PoolStatus.PoolReport;
import java.time.Duration;

/**
 * What a look at a pool has come to.
 *
 * @param report what its status should say
 * @param next when to look again
 */
record PoolLook(PoolReport report, Duration next) {}
