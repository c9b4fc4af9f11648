/** Classifies failures of AWS calls: whether the call may have taken effect, who must act, and how soon to retry; pure. Knows no type of the AWS SDK. */
@NullMarked
package dev.appclients.cognito.failure;

import org.jspecify.annotations.NullMarked;
