package dev.appclients.cognito.api.v1beta1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is known of a user pool. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ClusterUserPoolStatus(
        @Nullable Long observedGeneration,
        @Nullable String userPoolARN,
        @Nullable String issuer,
        @Nullable String domain,
        @Nullable Integer loginVersion,
        @Nullable String tier,
        @Nullable String lastHandledReconcileAt,
        @Nullable List<Condition> conditions) {}
