/** Reads Kubernetes' managed fields: which field manager owns which key; pure. Does not know the package secret. */
@NullMarked
package dev.appclients.cognito.secret.fields;

import org.jspecify.annotations.NullMarked;
