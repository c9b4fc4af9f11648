/** Effects on AWS: the only package that uses the AWS SDK. AppClients is its port. */
@NullMarked
package dev.appclients.cognito.aws;

import org.jspecify.annotations.NullMarked;
