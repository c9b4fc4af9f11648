/** Rotates client secrets: keeps the record Secret of each rotation, and adds and deletes secrets in Cognito. */
@NullMarked
package dev.appclients.cognito.controller.rotation;

import org.jspecify.annotations.NullMarked;
