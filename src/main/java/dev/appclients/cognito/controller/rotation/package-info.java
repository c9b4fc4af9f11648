/** Rotates client secrets: keeps the record Secret of each rotation, and adds and deletes secrets in Cognito. Does not write the client's own Secret. */
@NullMarked
package dev.appclients.cognito.controller.rotation;

import org.jspecify.annotations.NullMarked;
