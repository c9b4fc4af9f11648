/** The Cognito Client Operator: Amazon Cognito app clients as Kubernetes resources. */
@NullMarked
package dev.appclients.cognito;

import org.jspecify.annotations.NullMarked;
