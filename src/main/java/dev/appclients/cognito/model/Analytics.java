package dev.appclients.cognito.model;

import org.jspecify.annotations.Nullable;

/**
 * The Amazon Pinpoint project that receives the client's events: either by ARN, or by id, external id and role.
 *
 * @param applicationArn excludes {@code applicationId}
 * @param applicationId excludes {@code applicationArn}
 * @param externalId with {@code applicationId} only
 * @param roleArn the role that Cognito assumes; with an ARN, Cognito fills in its service-linked role
 * @param userDataShared whether user data goes along
 */
public record Analytics(
        @Nullable String applicationArn,
        @Nullable String applicationId,
        @Nullable String externalId,
        @Nullable String roleArn,
        boolean userDataShared) {}
