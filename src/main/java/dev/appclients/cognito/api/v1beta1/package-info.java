/** The custom resources as records that mirror the manifest. The CRDs are generated from them. */
@NullMarked
package dev.appclients.cognito.api.v1beta1;

import org.jspecify.annotations.NullMarked;
