/** That the same thing, however it is written and on whichever side of a disputed fact, is never seen as a difference. */
@NullMarked
package dev.appclients.cognito.drift;

import org.jspecify.annotations.NullMarked;
