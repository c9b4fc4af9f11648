/**
 * Workarounds for defects of the frameworks, one class each. Every class names the version or the change that makes it unnecessary, and
 * has a test that fails without it. Nothing here knows app clients.
 */
@NullMarked
package dev.appclients.cognito.controller.guards;

import org.jspecify.annotations.NullMarked;
