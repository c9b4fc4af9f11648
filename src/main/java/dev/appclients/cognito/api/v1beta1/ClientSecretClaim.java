package dev.appclients.cognito.api.v1beta1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crd.generator.annotation.AdditionalSelectableField;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;
import org.jspecify.annotations.Nullable;

/** One copy of the Secret of a UserPoolClient, in the namespace of the claim. */
@Group(ApiVersion.GROUP)
@Version(ApiVersion.VERSION)
@ShortNames("csc")
@Plural("clientsecretclaims")
@Categories("cognito")
@AdditionalPrinterColumn(name = "Ready", jsonPath = ".status.conditions[?(@.type==\"Ready\")].status")
@AdditionalPrinterColumn(name = "Reason", jsonPath = ".status.conditions[?(@.type==\"Ready\")].reason")
@AdditionalPrinterColumn(name = "From", jsonPath = ".spec.clientRef.namespace")
@AdditionalPrinterColumn(name = "Client", jsonPath = ".spec.clientRef.name")
@AdditionalPrinterColumn(name = "Secret", jsonPath = ".status.secret.name")
@AdditionalPrinterColumn(
        name = "Age",
        jsonPath = ".metadata.creationTimestamp",
        type = AdditionalPrinterColumn.Type.DATE)
@AdditionalPrinterColumn(name = "Preset", jsonPath = ".spec.secret.preset", priority = 1)
@AdditionalPrinterColumn(name = "Pushed", jsonPath = ".metadata.labels.cognito\\.appclients\\.dev/pushed", priority = 1)
@AdditionalPrinterColumn(name = "Message", jsonPath = ".status.conditions[?(@.type==\"Ready\")].message", priority = 1)
@AdditionalSelectableField(jsonPath = ".spec.clientRef.namespace")
@AdditionalSelectableField(jsonPath = ".spec.clientRef.name")
public final class ClientSecretClaim extends CustomResource<ClientSecretClaimSpec, ClientSecretClaimStatus>
        implements Namespaced, Cloneable {

    /**
     * Copies the object, but shares metadata, spec and status with it. Each may be replaced in either object. Cheaper than the
     * constructor, which computes the API version and the names of the kind for every object.
     */
    public ClientSecretClaim copy() {
        try {
            return (ClientSecretClaim) super.clone();
        } catch (CloneNotSupportedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    @Required
    @JsonPropertyDescription("The copy that the namespace asks for.")
    public ClientSecretClaimSpec getSpec() {
        return super.getSpec();
    }

    /** Before the first reconciliation the API server sets an observed generation of -1. */
    @Override
    @JsonPropertyDescription("The observed state of the copy. Only the operator writes it.")
    @Default("{\"observedGeneration\": -1}")
    public @Nullable ClientSecretClaimStatus getStatus() {
        return super.getStatus();
    }

    @Override
    protected @Nullable ClientSecretClaimSpec initSpec() {
        return null;
    }

    @Override
    protected @Nullable ClientSecretClaimStatus initStatus() {
        return null;
    }
}
