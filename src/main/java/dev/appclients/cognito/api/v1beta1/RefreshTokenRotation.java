package dev.appclients.cognito.api.v1beta1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** Whether each refresh returns a new refresh token. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RefreshTokenRotation(
        @JsonPropertyDescription(
                "ENABLED or DISABLED (Feature). ENABLED excludes the authentication flow ALLOW_REFRESH_TOKEN_AUTH.")
        @Required
        String feature,

        @JsonPropertyDescription(
                "How long the old refresh token stays valid after a refresh (RetryGracePeriodSeconds): 0s to 60s. Has no effect while feature is DISABLED. Absent: 0s.")
        @Pattern(Patterns.DURATION_OR_ZERO)
        @Size(max = Patterns.DURATION_LENGTH)
        @Nullable
        String retryGracePeriod) {}
