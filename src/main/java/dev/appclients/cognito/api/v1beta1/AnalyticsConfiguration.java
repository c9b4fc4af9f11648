package dev.appclients.cognito.api.v1beta1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/** Where sign-in events are sent for analysis. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AnalyticsConfiguration(
        @Nullable String applicationARN,
        @Nullable String applicationId,
        @Nullable String externalId,
        @Nullable String roleARN,
        @Nullable Boolean userDataShared) {}
