package dev.appclients.cognito.aws;

import java.util.Map;

/**
 * The state of one quota of one account in one Region.
 *
 * @param waiting how many calls wait for a permit
 * @param rateRatio the part of the operator's share that it uses now: 1, and less after the service throttled a call
 * @param openBreakers the number of open circuit breakers by operation, one for each pool that is still called; 0 for an operation
 *     that was called
 */
public record BudgetState(
        String region, Operation.Category quota, int waiting, double rateRatio, Map<Operation, Integer> openBreakers) {}
