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

/** One app client of a Cognito user pool and the Secret that carries its credentials. */
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
@AdditionalPrinterColumn(name = "Message", jsonPath = ".status.conditions[?(@.type==\"Ready\")].message", priority = 1)
@AdditionalSelectableField(jsonPath = ".spec.userPoolRef.name")
public final class UserPoolClient extends CustomResource<UserPoolClientSpec, UserPoolClientStatus>
        implements Namespaced, Cloneable {

    /**
     * A new object with the same metadata, spec and status: the parts are shared, and each may be replaced in either object. It costs
     * less than the constructor, which makes the texts of the API version and of the names of this kind for every object.
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
    @JsonPropertyDescription("What the app client should be.")
    public UserPoolClientSpec getSpec() {
        return super.getSpec();
    }

    /** Until the operator has looked, the API server says so by an observed generation of -1. */
    @Override
    @JsonPropertyDescription("What is known of the app client; written by the operator alone.")
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
