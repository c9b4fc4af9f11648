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

/** An app client of a Cognito user pool, and the Secret with its credentials. */
@Group(ApiVersion.GROUP)
@Version(ApiVersion.VERSION)
@ShortNames("upc")
@Plural("userpoolclients")
@Categories("cognito")
@AdditionalPrinterColumn(name = "Ready", jsonPath = ".status.conditions[?(@.type==\"Ready\")].status")
@AdditionalPrinterColumn(name = "Reason", jsonPath = ".status.conditions[?(@.type==\"Ready\")].reason")
@AdditionalPrinterColumn(name = "Client-ID", jsonPath = ".status.clientId")
@AdditionalPrinterColumn(name = "Pool", jsonPath = ".spec.userPoolRef.name")
@AdditionalPrinterColumn(
        name = "Age",
        jsonPath = ".metadata.creationTimestamp",
        type = AdditionalPrinterColumn.Type.DATE)
@AdditionalPrinterColumn(name = "Type", jsonPath = ".spec.appType", priority = 1)
@AdditionalPrinterColumn(name = "Secret", jsonPath = ".status.secret.name", priority = 1)
@AdditionalPrinterColumn(name = "Copies", jsonPath = ".status.copies.summary", priority = 1)
@AdditionalPrinterColumn(name = "Rotation", jsonPath = ".status.rotation.summary", priority = 1)
@AdditionalPrinterColumn(name = "Message", jsonPath = ".status.conditions[?(@.type==\"Ready\")].message", priority = 1)
@AdditionalSelectableField(jsonPath = ".spec.userPoolRef.name")
public final class UserPoolClient extends CustomResource<UserPoolClientSpec, UserPoolClientStatus>
        implements Namespaced, Cloneable {

    /**
     * Copies the object, but shares metadata, spec and status with it. Each may be replaced in either object. Cheaper than the
     * constructor, which computes the API version and the names of the kind for every object.
     */
    public UserPoolClient copy() {
        try {
            return (UserPoolClient) super.clone();
        } catch (CloneNotSupportedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    @Required
    @JsonPropertyDescription("The desired app client.")
    public UserPoolClientSpec getSpec() {
        return super.getSpec();
    }

    /** Before the first reconciliation the API server sets an observed generation of -1. */
    @Override
    @JsonPropertyDescription("The observed state of the app client. Only the operator writes it.")
    @Default("{\"observedGeneration\": -1}")
    public @Nullable UserPoolClientStatus getStatus() {
        return super.getStatus();
    }

    @Override
    protected @Nullable UserPoolClientSpec initSpec() {
        return null;
    }

    @Override
    protected @Nullable UserPoolClientStatus initStatus() {
        return null;
    }
}
