package dev.appclients.cognito.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The settings of an app client: name, constraints, and the described value of a setting that was never set. */
enum Setting {
    CLIENT_NAME("ClientName", Shape.text(1, 128, "[\\w\\s+=,.@-]+"), null),
    REFRESH_TOKEN_VALIDITY("RefreshTokenValidity", new Shape.Whole(0, 315_360_000), IntNode.valueOf(30)),
    ACCESS_TOKEN_VALIDITY("AccessTokenValidity", new Shape.Whole(1, 86_400), null),
    ID_TOKEN_VALIDITY("IdTokenValidity", new Shape.Whole(1, 86_400), null),
    TOKEN_VALIDITY_UNITS("TokenValidityUnits", Shapes.UNITS, Json.object()),
    READ_ATTRIBUTES("ReadAttributes", Shapes.ATTRIBUTES, null),
    WRITE_ATTRIBUTES("WriteAttributes", Shapes.ATTRIBUTES, null),
    EXPLICIT_AUTH_FLOWS("ExplicitAuthFlows", Shapes.AUTH_FLOWS, null),
    SUPPORTED_IDENTITY_PROVIDERS("SupportedIdentityProviders", Shapes.PROVIDERS, null),
    CALLBACK_URLS("CallbackURLs", Shapes.URLS, null),
    LOGOUT_URLS("LogoutURLs", Shapes.URLS, null),
    DEFAULT_REDIRECT_URI("DefaultRedirectURI", Shapes.URL, null),
    ALLOWED_OAUTH_FLOWS("AllowedOAuthFlows", Shapes.OAUTH_FLOWS, null),
    ALLOWED_OAUTH_SCOPES("AllowedOAuthScopes", Shapes.SCOPES, null),
    ALLOWED_OAUTH_FLOWS_USER_POOL_CLIENT("AllowedOAuthFlowsUserPoolClient", new Shape.Flag(), BooleanNode.FALSE),
    ANALYTICS_CONFIGURATION("AnalyticsConfiguration", Shapes.ANALYTICS, null),
    PREVENT_USER_EXISTENCE_ERRORS("PreventUserExistenceErrors", new Shape.OneOf(List.of("LEGACY", "ENABLED")), null),
    ENABLE_TOKEN_REVOCATION("EnableTokenRevocation", new Shape.Flag(), BooleanNode.TRUE),
    ENABLE_PROPAGATE_ADDITIONAL_USER_CONTEXT_DATA(
            "EnablePropagateAdditionalUserContextData", new Shape.Flag(), BooleanNode.FALSE),
    AUTH_SESSION_VALIDITY("AuthSessionValidity", new Shape.Whole(3, 15), IntNode.valueOf(3)),
    REFRESH_TOKEN_ROTATION("RefreshTokenRotation", Shapes.ROTATION, null);

    private static final Map<String, Setting> BY_NAME = byName();

    private final String member;
    private final Shape shape;
    private final @Nullable JsonNode unset;

    Setting(String member, Shape shape, @Nullable JsonNode unset) {
        this.member = member;
        this.shape = shape;
        this.unset = unset;
    }

    /** The member name in requests and answers. */
    String member() {
        return member;
    }

    boolean isList() {
        return shape instanceof Shape.Listing;
    }

    /** The described value while the setting was never set; null if the member is absent then. */
    @Nullable
    JsonNode unset() {
        return unset;
    }

    static @Nullable Setting named(String member) {
        return BY_NAME.get(member);
    }

    /** The constraints of a create request. */
    static final Shape.Struct CREATE = request(
            Map.of("GenerateSecret", new Shape.Flag(), "ClientSecret", Shape.secret(24, 64, "[\\w+]+")),
            Set.of("UserPoolId", "ClientName"));

    /** The constraints of an update request. */
    static final Shape.Struct UPDATE =
            request(Map.of("ClientId", Shape.secret(1, 128, "[\\w+]+")), Set.of("UserPoolId", "ClientId"));

    private static Shape.Struct request(Map<String, Shape> more, Set<String> required) {
        var members = new LinkedHashMap<String, Shape>();
        members.put("UserPoolId", Shapes.POOL_ID);
        members.putAll(more);
        Arrays.stream(values()).forEach(each -> members.put(each.member, each.shape));
        return new Shape.Struct(members, required);
    }

    private static Map<String, Setting> byName() {
        var byName = new LinkedHashMap<String, Setting>();
        Arrays.stream(values()).forEach(each -> byName.put(each.member, each));
        return Map.copyOf(byName);
    }

    /** Shapes that several settings share or that need several lines. */
    static final class Shapes {
        static final Shape POOL_ID = Shape.text(1, 55, "[\\w-]+_[0-9a-zA-Z]+");
        static final Shape URL = Shape.text(1, 1024, "[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]+");
        static final Shape URLS = Shape.listOf(100, URL);
        static final Shape ATTRIBUTES = Shape.listOf(Integer.MAX_VALUE, Shape.text(1, 2048, "(?s).*"));
        static final Shape PROVIDERS =
                Shape.listOf(Integer.MAX_VALUE, Shape.text(1, 32, "[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}\\p{Z}]+"));
        static final Shape SCOPES = Shape.listOf(50, Shape.text(1, 256, "[\\x21\\x23-\\x5B\\x5D-\\x7E]+"));
        static final Shape OAUTH_FLOWS =
                Shape.listOf(3, new Shape.OneOf(List.of("code", "implicit", "client_credentials")));
        static final Shape AUTH_FLOWS = Shape.listOf(
                Integer.MAX_VALUE,
                new Shape.OneOf(List.of(
                        "ADMIN_NO_SRP_AUTH",
                        "CUSTOM_AUTH_FLOW_ONLY",
                        "USER_PASSWORD_AUTH",
                        "ALLOW_ADMIN_USER_PASSWORD_AUTH",
                        "ALLOW_CUSTOM_AUTH",
                        "ALLOW_USER_PASSWORD_AUTH",
                        "ALLOW_USER_SRP_AUTH",
                        "ALLOW_REFRESH_TOKEN_AUTH",
                        "ALLOW_USER_AUTH",
                        "ALLOW_CLIENT_TOKEN_AUTH")));
        private static final Shape UNIT = new Shape.OneOf(List.of("seconds", "minutes", "hours", "days"));
        static final Shape UNITS =
                new Shape.Struct(Map.of("AccessToken", UNIT, "IdToken", UNIT, "RefreshToken", UNIT), Set.of());
        static final Shape ROTATION = new Shape.Struct(
                Map.of(
                        "Feature", new Shape.OneOf(List.of("ENABLED", "DISABLED")),
                        "RetryGracePeriodSeconds", new Shape.Whole(0, 60)),
                Set.of("Feature"));
        private static final Shape ARN = Shape.text(20, 2048, "arn:[\\w+=/,.@-]+:[\\w+=/,.@-]+:.*");
        static final Shape ANALYTICS = new Shape.Struct(
                Map.of(
                        "ApplicationId",
                        Shape.text(0, 131_072, "^[0-9a-fA-F]+$"),
                        "ApplicationArn",
                        ARN,
                        "RoleArn",
                        ARN,
                        "ExternalId",
                        Shape.text(0, 131_072, "(?s).*"),
                        "UserDataShared",
                        new Shape.Flag()),
                Set.of());

        private Shapes() {}
    }
}
