/**
 * Crashes and failures: the operator crashes at every call that it makes on either API, and another one starts. Nothing is
 * duplicated, lost, or taken from another owner.
 */
@NullMarked
package dev.appclients.cognito.crash;

import org.jspecify.annotations.NullMarked;
