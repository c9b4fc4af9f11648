/** Completes the generated CRDs: CEL rules, enums, list types and bounds. Runs at build time and is not part of the operator. */
@NullMarked
package dev.appclients.cognito.crd;

import org.jspecify.annotations.NullMarked;
