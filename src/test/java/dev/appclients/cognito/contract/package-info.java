/**
 * The operator's assumptions about Cognito, each with a check that runs on a real user pool. The tests run the same checks on the
 * simulator.
 */
@NullMarked
package dev.appclients.cognito.contract;

import org.jspecify.annotations.NullMarked;
