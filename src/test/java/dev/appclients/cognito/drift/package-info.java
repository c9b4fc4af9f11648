/** Property tests: different spellings of the same settings, with any value of a disputed fact, cause no drift. */
@NullMarked
package dev.appclients.cognito.drift;

import org.jspecify.annotations.NullMarked;
