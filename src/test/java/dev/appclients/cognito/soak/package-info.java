/**
 * Soak test: the operator runs under random edits, deletions, faults and crashes. An oracle then checks the state against the
 * documented promises alone.
 */
@NullMarked
package dev.appclients.cognito.soak;

import org.jspecify.annotations.NullMarked;
