/** The custom resources, as records that mirror what stands in the manifest; the CRDs are generated from them. */
@NullMarked
package dev.appclients.cognito.api.v1beta1;

import org.jspecify.annotations.NullMarked;
