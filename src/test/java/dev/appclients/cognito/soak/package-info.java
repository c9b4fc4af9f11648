/**
 * The operator over a long time, under edits, deletions, faults and deaths drawn at random; and an oracle that says, from the
 * design alone, what must be there when the faults have stopped.
 */
@NullMarked
package dev.appclients.cognito.soak;

import org.jspecify.annotations.NullMarked;
