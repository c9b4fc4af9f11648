/** Defines the custom resources as records, from which the CRDs are generated. Contains no logic of the operator. */
@NullMarked
package dev.appclients.cognito.api.v1beta1;

import org.jspecify.annotations.NullMarked;
