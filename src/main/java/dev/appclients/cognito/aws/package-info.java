/** Effects on AWS: the only package that sees the AWS SDK. AppClients is the port, everything else stands behind it. */
@NullMarked
package dev.appclients.cognito.aws;

import org.jspecify.annotations.NullMarked;
