/** Provides credentials for each call: the operator's own identity, sessions of assumed roles and their cache. Makes no call to Cognito. */
@NullMarked
package dev.appclients.cognito.aws.session;

import org.jspecify.annotations.NullMarked;
