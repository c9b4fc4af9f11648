package dev.appclients.cognito.model;

import dev.appclients.cognito.api.v1beta1.ApiVersion;
import java.util.List;

/** The types of Secrets that a manifest may ask for. Kubernetes and other controllers act on a type. */
public final class SecretTypes {

    public static final String OPAQUE = "Opaque";

    /** The domain of the Service Binding specification. */
    public static final String BINDING_DOMAIN = "servicebinding.io";

    /** The type of the preset ServiceBinding. */
    public static final String BINDING = BINDING_DOMAIN + "/oauth2";

    /** The type of the record of a rotation, which holds the client secrets. No output has it, and Kubernetes lets no writer change it. */
    public static final String ROTATION = ApiVersion.GROUP + "/rotation";

    /** The domains of types that no pool can permit. The API server issues tokens for one of them. */
    public static final List<String> NEVER_DOMAINS = List.of("kubernetes.io", "bootstrap.kubernetes.io", "helm.sh");

    private SecretTypes() {}

    /** Whether no pool can permit the type. */
    public static boolean isNever(String type) {
        return NEVER_DOMAINS.contains(MetadataKeys.domain(type));
    }

    /** Whether every pool permits the type, unless its own list leaves the type out. */
    public static boolean isCommon(String type) {
        return type.equals(OPAQUE) || MetadataKeys.domain(type).equals(BINDING_DOMAIN);
    }

    /** Whether the domain of the type is that of another controller. Only a pool that lists the type permits it. */
    public static boolean isForeignDomain(String type) {
        return MetadataKeys.isForeignDomain(MetadataKeys.domain(type));
    }
}
