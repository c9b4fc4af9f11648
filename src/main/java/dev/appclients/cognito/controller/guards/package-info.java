/**
 * Guards against defects of the frameworks underneath, one class each. Every class names the upstream version that makes it
 * go away, and has a test that fails without it.
 */
@NullMarked
package dev.appclients.cognito.controller.guards;

import org.jspecify.annotations.NullMarked;
