package dev.appclients.cognito.model;

import org.jspecify.annotations.Nullable;

/**
 * The Amazon Pinpoint project that receives the client's events: either by ARN, or by id, external id and role. With an ARN the
 * other three are null: Cognito then returns its own service-linked role, which is not drift.
 *
 * @param applicationArn excludes {@code applicationId}
 * @param applicationId excludes {@code applicationArn}
 * @param externalId with {@code applicationId} only
 * @param roleArn the role that Cognito assumes, with {@code applicationId} only
 * @param userDataShared whether the events contain user data
 */
public record Analytics(
        @Nullable String applicationArn,
        @Nullable String applicationId,
        @Nullable String externalId,
        @Nullable String roleArn,
        boolean userDataShared) {

    public Analytics {
        if (applicationArn != null) {
            applicationId = null;
            externalId = null;
            roleArn = null;
        }
    }
}
