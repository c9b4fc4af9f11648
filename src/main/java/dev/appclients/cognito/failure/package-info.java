/** Pure: the failures of AWS calls, and when to retry them. */
@NullMarked
package dev.appclients.cognito.failure;

import org.jspecify.annotations.NullMarked;
