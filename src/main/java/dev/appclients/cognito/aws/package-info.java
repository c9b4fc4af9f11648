/** Defines the port to AWS and its vocabulary: AppClients, operations, quotas and configuration. Outside this package, only its inner packages may import the AWS SDK. */
@NullMarked
package dev.appclients.cognito.aws;

import org.jspecify.annotations.NullMarked;
