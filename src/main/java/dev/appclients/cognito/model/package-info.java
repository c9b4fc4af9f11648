/** Immutable domain values, without types of Kubernetes clients and of the AWS SDK. */
@NullMarked
package dev.appclients.cognito.model;

import org.jspecify.annotations.NullMarked;
