package dev.appclients.cognito.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.cognitoidentityprovider.model.InvalidParameterException;

/** Descriptions of settings that were set, never set, or left out of an update. */
class EchoTest extends WithSimulator {

    /** Settings of a create, and optionally of an update; then the members and values that Describe shows. */
    record Row(String fact, Map<String, ?> created, Map<String, ?> updated, Map<String, ?> shown, Set<Switch> flipped) {
        @Override
        public String toString() {
            return fact;
        }
    }

    private static final Map<String, ?> NO_UPDATE = Map.of();
    private static final String ABSENT = "(absent)";

    private static Row created(String fact, Map<String, ?> created, Map<String, ?> shown, Switch... flipped) {
        return new Row(fact, created, NO_UPDATE, shown, Set.of(flipped));
    }

    private static Row leftOut(String fact, Map<String, ?> created, Map<String, ?> shown, Switch... flipped) {
        return new Row(fact, created, Map.of("ClientName", "web"), shown, Set.of(flipped));
    }

    static List<Row> neverSet() {
        var nothing = Map.of();
        return List.of(
                created(
                        "lists are absent",
                        Map.of(),
                        Map.of(
                                "ReadAttributes", ABSENT,
                                "WriteAttributes", ABSENT,
                                "ExplicitAuthFlows", ABSENT,
                                "SupportedIdentityProviders", ABSENT,
                                "CallbackURLs", ABSENT,
                                "LogoutURLs", ABSENT,
                                "AllowedOAuthFlows", ABSENT,
                                "AllowedOAuthScopes", ABSENT)),
                created(
                        "lists may be empty",
                        Map.of(),
                        Map.of("ReadAttributes", List.of(), "CallbackURLs", List.of()),
                        Switch.EMPTY_LISTS_ABSENT),
                created(
                        "an empty list is an absent one",
                        Map.of("CallbackURLs", List.of()),
                        Map.of("CallbackURLs", ABSENT)),
                created(
                        "scalars with a default show it",
                        Map.of(),
                        Map.of(
                                "RefreshTokenValidity",
                                30,
                                "AllowedOAuthFlowsUserPoolClient",
                                false,
                                "EnableTokenRevocation",
                                true,
                                "EnablePropagateAdditionalUserContextData",
                                false,
                                "AuthSessionValidity",
                                3,
                                "TokenValidityUnits",
                                nothing)),
                created(
                        "other scalars are absent",
                        Map.of(),
                        Map.of(
                                "AccessTokenValidity", ABSENT,
                                "IdTokenValidity", ABSENT,
                                "DefaultRedirectURI", ABSENT,
                                "AnalyticsConfiguration", ABSENT,
                                "PreventUserExistenceErrors", ABSENT,
                                "RefreshTokenRotation", ABSENT,
                                "ClientType", ABSENT)),
                created(
                        "a newer service shows more",
                        Map.of(),
                        Map.of("ClientType", "REGULAR"),
                        Switch.MEMBERS_UNKNOWN_TO_THE_SDK),
                created(
                        "empty units are no units",
                        Map.of("TokenValidityUnits", nothing),
                        Map.of("TokenValidityUnits", nothing)),
                created(
                        "a zero refresh validity becomes 30",
                        Map.of("RefreshTokenValidity", 0),
                        Map.of("RefreshTokenValidity", 30)));
    }

    static List<Row> wasSet() {
        var role = "arn:aws:iam::123456789012:role/aws-service-role/cognito-idp.amazonaws.com/"
                + "AWSServiceRoleForAmazonCognitoIdp";
        var app = "arn:aws:mobiletargeting:eu-west-1:123456789012:apps/abc";
        return List.of(
                created(
                        "lists are sets in the order in which they were sent",
                        Map.of(
                                "CallbackURLs", List.of("https://z.example", "https://a.example", "https://z.example"),
                                "AllowedOAuthScopes", List.of("profile", "email", "openid"),
                                "ReadAttributes", List.of("name", "email")),
                        Map.of(
                                "CallbackURLs", List.of("https://z.example", "https://a.example"),
                                "AllowedOAuthScopes", List.of("profile", "email", "openid"),
                                "ReadAttributes", List.of("name", "email"))),
                created(
                        "lists may be sorted",
                        Map.of("AllowedOAuthScopes", List.of("profile", "email", "openid")),
                        Map.of("AllowedOAuthScopes", List.of("email", "openid", "profile")),
                        Switch.LISTS_SORTED),
                created(
                        "a unit alone reads back alone",
                        Map.of("AccessTokenValidity", 60, "TokenValidityUnits", Map.of("AccessToken", "minutes")),
                        Map.of("AccessTokenValidity", 60, "TokenValidityUnits", Map.of("AccessToken", "minutes"))),
                created(
                        "analytics by ARN gets the linked role",
                        Map.of("AnalyticsConfiguration", Map.of("ApplicationArn", app)),
                        Map.of(
                                "AnalyticsConfiguration",
                                Map.of("ApplicationArn", app, "RoleArn", role, "UserDataShared", false))),
                created(
                        "disabled rotation has no grace",
                        Map.of("RefreshTokenRotation", Map.of("Feature", "DISABLED", "RetryGracePeriodSeconds", 10)),
                        Map.of("RefreshTokenRotation", Map.of("Feature", "DISABLED", "RetryGracePeriodSeconds", 0))),
                created(
                        "disabled rotation may not show",
                        Map.of("RefreshTokenRotation", Map.of("Feature", "DISABLED")),
                        Map.of("RefreshTokenRotation", ABSENT),
                        Switch.DISABLED_ROTATION_ECHOED));
    }

    static List<Row> leftOutOfAnUpdate() {
        var scalars = Map.of("RefreshTokenValidity", 10, "EnableTokenRevocation", false, "AuthSessionValidity", 5);
        var rotation = Map.of(
                "RefreshTokenRotation", Map.of("Feature", "ENABLED", "RetryGracePeriodSeconds", 5),
                "ExplicitAuthFlows", List.of("ALLOW_USER_SRP_AUTH"));
        var existence = Map.of("PreventUserExistenceErrors", "ENABLED");
        return List.of(
                leftOut(
                        "lists are reset",
                        Map.of("ExplicitAuthFlows", List.of("ALLOW_USER_SRP_AUTH"), "ReadAttributes", List.of("email")),
                        Map.of("ExplicitAuthFlows", ABSENT, "ReadAttributes", ABSENT)),
                leftOut(
                        "validities and units are reset",
                        Map.of("AccessTokenValidity", 60, "TokenValidityUnits", Map.of("AccessToken", "minutes")),
                        Map.of("AccessTokenValidity", ABSENT, "TokenValidityUnits", Map.of())),
                leftOut(
                        "the default redirect is reset",
                        Map.of("CallbackURLs", List.of("https://a.example"), "DefaultRedirectURI", "https://a.example"),
                        Map.of("DefaultRedirectURI", ABSENT)),
                leftOut(
                        "analytics is removed",
                        Map.of(
                                "AnalyticsConfiguration",
                                Map.of("ApplicationArn", "arn:aws:mobiletargeting:eu-west-1:123456789012:apps/abc")),
                        Map.of("AnalyticsConfiguration", ABSENT)),
                leftOut(
                        "three scalars are reset",
                        scalars,
                        Map.of("RefreshTokenValidity", 30, "EnableTokenRevocation", true, "AuthSessionValidity", 3)),
                leftOut("three scalars may be kept", scalars, scalars, Switch.SCALARS_KEPT_ON_UPDATE),
                leftOut(
                        "rotation is switched off",
                        rotation,
                        Map.of("RefreshTokenRotation", Map.of("Feature", "DISABLED", "RetryGracePeriodSeconds", 0))),
                new Row(
                        "rotation may be kept",
                        rotation,
                        Map.of("ClientName", "web", "ExplicitAuthFlows", List.of("ALLOW_USER_SRP_AUTH")),
                        Map.of("RefreshTokenRotation", Map.of("Feature", "ENABLED", "RetryGracePeriodSeconds", 5)),
                        Set.of(Switch.ROTATION_KEPT_ON_UPDATE)),
                leftOut(
                        "user existence errors never become absent again",
                        existence,
                        Map.of("PreventUserExistenceErrors", "LEGACY")),
                leftOut(
                        "user existence errors may become ENABLED",
                        Map.of("PreventUserExistenceErrors", "LEGACY"),
                        Map.of("PreventUserExistenceErrors", "ENABLED"),
                        Switch.USER_EXISTENCE_ERRORS_RESET_TO_ENABLED));
    }

    @ParameterizedTest
    @MethodSource({"neverSet", "wasSet", "leftOutOfAnUpdate"})
    void aDescriptionMatchesTheDocumentedFacts(Row row) {
        flip(row.flipped());
        var wire = new Wire(simulator);
        var id = wire.createClient(row.created());
        if (!row.updated().isEmpty()) {
            var request = wire.clientRequest(id);
            row.updated().forEach((member, value) -> request.set(member, Json.MAPPER.valueToTree(value)));
            wire.call("UpdateUserPoolClient", request);
        }

        ObjectNode shown = (ObjectNode)
                wire.call("DescribeUserPoolClient", wire.clientRequest(id)).path("UserPoolClient");

        row.shown().forEach((member, value) -> {
            if (value.equals(ABSENT)) {
                assertThat(shown.has(member)).as(member).isFalse();
            } else {
                assertThat(shown.get(member)).as(member).isEqualTo(Json.MAPPER.valueToTree(value));
            }
        });
        assertThat(shown.has("GenerateSecret"))
                .as("GenerateSecret is never shown")
                .isFalse();
    }

    @Test
    void aValidityWithoutItsUnitIsRefused() {
        var id = Sdk.create(cognito, r -> r.accessTokenValidity(60).tokenValidityUnits(u -> u.accessToken("minutes")))
                .clientId();

        assertThatThrownBy(() -> Sdk.update(cognito, id, r -> r.accessTokenValidity(60)))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageContaining("Invalid range for token validity.");
    }

    @Test
    void anUpdateWithoutANameKeepsItOrIsRefused() {
        var id = Sdk.create(cognito, r -> r).clientId();

        assertThat(Sdk.update(cognito, id, r -> r.clientName(null)).clientName())
                .isEqualTo("web");
        flip(Set.of(Switch.NAME_REQUIRED_ON_UPDATE));
        assertThatThrownBy(() -> Sdk.update(cognito, id, r -> r.clientName(null)))
                .isInstanceOf(InvalidParameterException.class);
    }

    @Test
    void anUpdateKeepsTheSecretAndTheCreationDate() {
        var created = Sdk.create(cognito, r -> r.generateSecret(true));

        var updated = Sdk.update(cognito, created.clientId(), r -> r.clientName("renamed"));

        assertThat(updated.clientSecret()).isEqualTo(created.clientSecret());
        assertThat(updated.creationDate()).isEqualTo(created.creationDate());
        assertThat(updated.clientName()).isEqualTo("renamed");
    }

    @Test
    void anUnknownMemberReadsBackUntilTheNextUpdate() {
        var wire = new Wire(simulator);
        var id = wire.createClient(Map.of());
        simulator.changeClient(Sdk.POOL, id, Map.of("FutureSetting", "x"));

        var request = wire.clientRequest(id);
        assertThat(wire.call("DescribeUserPoolClient", request)
                        .path("UserPoolClient")
                        .path("FutureSetting")
                        .asText())
                .isEqualTo("x");
        wire.call("UpdateUserPoolClient", request);
        assertThat(wire.call("DescribeUserPoolClient", request)
                        .path("UserPoolClient")
                        .has("FutureSetting"))
                .isFalse();
    }
}
