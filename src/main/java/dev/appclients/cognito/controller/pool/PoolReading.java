package dev.appclients.cognito.controller.pool;

import dev.appclients.cognito.status.PoolStatus.PoolReport;
import java.time.Duration;

/**
 * The result of observing a pool.
 *
 * @param report the content of the status
 * @param next the delay until the next reconciliation
 */
record PoolReading(PoolReport report, Duration next) {}
