/**
 * The operator dies, at every call it makes on either API, and another one starts: nothing is doubled, lost, or taken from
 * somebody else.
 */
@NullMarked
package dev.appclients.cognito.crash;

import org.jspecify.annotations.NullMarked;
