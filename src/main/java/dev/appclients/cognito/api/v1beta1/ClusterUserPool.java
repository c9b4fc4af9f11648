package dev.appclients.cognito.api.v1beta1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crd.generator.annotation.AdditionalSelectableField;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;
import org.jspecify.annotations.Nullable;

/** An existing Cognito user pool: how the operator accesses it, and which namespaces may use it. */
@Group(ApiVersion.GROUP)
@Version(ApiVersion.VERSION)
@ShortNames("cup")
@Plural("clusteruserpools")
@Categories("cognito")
@AdditionalPrinterColumn(name = "Ready", jsonPath = ".status.conditions[?(@.type==\"Ready\")].status")
@AdditionalPrinterColumn(name = "Pool-ID", jsonPath = ".spec.userPoolId")
@AdditionalPrinterColumn(name = "Tenancy", jsonPath = ".spec.tenancy")
@AdditionalPrinterColumn(
        name = "Age",
        jsonPath = ".metadata.creationTimestamp",
        type = AdditionalPrinterColumn.Type.DATE)
@AdditionalPrinterColumn(name = "Sharing", jsonPath = ".spec.sharing.namespaces.from", priority = 1)
@AdditionalPrinterColumn(name = "Push-From", jsonPath = ".spec.sharing.pushFrom.from", priority = 1)
@AdditionalSelectableField(jsonPath = ".spec.userPoolId")
public final class ClusterUserPool extends CustomResource<ClusterUserPoolSpec, ClusterUserPoolStatus> {
    @Override
    @Required
    @JsonPropertyDescription("The pool, the access to it, and the namespaces that may use it.")
    public ClusterUserPoolSpec getSpec() {
        return super.getSpec();
    }

    /** Before the first reconciliation the API server sets an observed generation of -1. */
    @Override
    @JsonPropertyDescription("The observed state of the pool. Only the operator writes it.")
    @Default("{\"observedGeneration\": -1}")
    public @Nullable ClusterUserPoolStatus getStatus() {
        return super.getStatus();
    }

    @Override
    protected @Nullable ClusterUserPoolSpec initSpec() {
        return null;
    }

    @Override
    protected @Nullable ClusterUserPoolStatus initStatus() {
        return null;
    }
}
