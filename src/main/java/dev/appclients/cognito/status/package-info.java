/** Pure: composes conditions and status fields from the outcome of a reconciliation, by the kstatus conventions. */
@NullMarked
package dev.appclients.cognito.status;

import org.jspecify.annotations.NullMarked;
