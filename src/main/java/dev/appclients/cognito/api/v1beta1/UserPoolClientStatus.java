package dev.appclients.cognito.api.v1beta1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is known of an app client. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record UserPoolClientStatus(
        @Nullable Long observedGeneration,
        @Nullable String clientId,
        @Nullable String userPoolARN,
        @Nullable PendingCreate pendingCreate,
        @Nullable String appliedSettings,
        @Nullable String issuer,
        @Nullable String loginURL,
        @Nullable Binding binding,
        @Nullable SecretStatus secret,
        @Nullable String lastHandledReconcileAt,
        @Nullable List<Condition> conditions) {}
