/** What can go wrong on the AWS side, and what that means for the next attempt; pure. */
@NullMarked
package dev.appclients.cognito.failure;

import org.jspecify.annotations.NullMarked;
