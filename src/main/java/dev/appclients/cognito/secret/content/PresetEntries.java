package dev.appclients.cognito.secret.content;

import dev.appclients.cognito.api.v1beta1.SecretPreset;
import dev.appclients.cognito.model.PresetKeys;
import dev.appclients.cognito.model.TemplateVariable;
import java.util.SortedMap;
import java.util.TreeMap;

/** The public entries of each preset. A key without a value is omitted. */
final class PresetEntries {

    /** The name of the registration in Spring. Spring ignores a binding without a provider. */
    private static final String PROVIDER = "cognito";

    private PresetEntries() {}

    /** Every entry except the client secret. */
    static SortedMap<String, String> of(SecretShape shape, Variables variables, boolean confidential) {
        SecretPreset preset = shape.preset();
        SortedMap<String, String> entries = new TreeMap<>();
        for (TemplateVariable variable : TemplateVariable.values()) {
            String key = PresetKeys.key(preset, variable);
            if (key != null) {
                put(entries, key, variables.value(variable));
            }
        }
        if (preset == SecretPreset.SERVICE_BINDING) {
            addBinding(entries, variables.values(), variables.endpoints());
            // A ConfigMap does not show whether the client has a secret.
            if (variables.endpoints().tokenUri() != null && !shape.configMap()) {
                entries.put(PresetKeys.AUTHENTICATION_METHOD, confidential ? "client_secret_basic" : "none");
            }
        }
        return entries;
    }

    private static void addBinding(SortedMap<String, String> entries, PublicValues values, Endpoints endpoints) {
        entries.put(PresetKeys.TYPE, "oauth2");
        entries.put(PresetKeys.PROVIDER, PROVIDER);
        // Spring reads a list with commas. With spaces it would not find openid, and would not use OpenID Connect.
        put(entries, PresetKeys.SCOPE, String.join(",", values.scopes()));
        put(entries, PresetKeys.GRANT_TYPE, grantType(values));
        if (endpoints.userInfoUri() != null) {
            // Both the ID token and the user info endpoint of Cognito return it; username is in the latter only.
            entries.put(PresetKeys.USER_NAME_ATTRIBUTE, "sub");
        }
    }

    /** Spring has no implicit flow. */
    private static String grantType(PublicValues values) {
        if (values.oauthFlows().contains("code")) {
            return "authorization_code";
        }
        return values.oauthFlows().contains("client_credentials") ? "client_credentials" : "";
    }

    private static void put(SortedMap<String, String> entries, String key, String value) {
        if (!value.isEmpty()) {
            entries.put(key, value);
        }
    }
}
