package dev.appclients.cognito.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AccessDeniedException;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.services.sts.model.Credentials;
import software.amazon.awssdk.services.sts.model.Tag;

/** Credentials, sessions, roles and policies: identifying a caller and limiting its actions. */
class AccessTest extends WithSimulator {

    private static final String ROLE = "arn:aws:iam::222222222222:role/cognito-shop";
    private static final String THEIR_POOL = "eu-west-1_Theirs";

    @Test
    void anUnconfiguredKeyBelongsToTheDefaultAccountOrIsUnrecognised() {
        try (var sts = Sdk.sts(simulator, Sdk.key("AKIADUMMY"))) {
            assertThat(sts.getCallerIdentity().account()).isEqualTo("123456789012");
        }
        simulator.switches().set(Switch.UNCONFIGURED_KEYS_ACCEPTED, false);
        assertRefused("UnrecognizedClientException", () -> Sdk.create(cognito, r -> r));
        simulator.access().key("AKIADUMMY", "123456789012", "me");
        assertThatCode(() -> Sdk.create(cognito, r -> r)).doesNotThrowAnyException();
    }

    @Test
    void stsHasItsOwnErrorCodesForIdentities() {
        simulator.access().role(ROLE);
        var session = session(assume(r -> r.durationSeconds(900)));
        simulator.clock().advance(Duration.ofMinutes(16));
        try (var expired = Sdk.sts(simulator, session);
                var stranger = Sdk.sts(simulator, Sdk.key("ASIASTRANGER"))) {
            assertRefused("ExpiredToken", expired::getCallerIdentity);
            assertRefused("InvalidClientTokenId", stranger::getCallerIdentity);
        }
        simulator.access().deny("*", "sts:AssumeRole", ROLE);
        assertRefused("AccessDenied", () -> assume(r -> {}));
    }

    @Test
    void aSessionHasTheAccountOfItsRole() {
        simulator.access().role(ROLE);
        simulator.pool(THEIR_POOL).account("222222222222");

        var session = session(assume(r -> {}));

        try (var sts = Sdk.sts(simulator, session);
                var theirs = Sdk.cognito(simulator, session, Region.EU_WEST_1)) {
            assertThat(sts.getCallerIdentity().arn())
                    .isEqualTo("arn:aws:sts::222222222222:assumed-role/cognito-shop/test");
            assertThatCode(() -> theirs.describeUserPool(r -> r.userPoolId(THEIR_POOL)))
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void aSessionExpiresByTheServicesClock() {
        simulator.access().role(ROLE);
        var session = session(assume(r -> r.durationSeconds(900)));
        try (var theirs = Sdk.cognito(simulator, session, Region.EU_WEST_1)) {
            simulator.clock().advance(Duration.ofSeconds(901));
            assertRefused("ExpiredTokenException", () -> theirs.listUserPools(r -> r.maxResults(1)));
        }
    }

    @Test
    void aSessionKeyWithoutItsTokenIsUnrecognised() {
        simulator.access().role(ROLE);
        var keyId = assume(r -> {}).accessKeyId();
        try (var theirs = Sdk.cognito(simulator, Sdk.key(keyId), Region.EU_WEST_1)) {
            assertRefused("UnrecognizedClientException", () -> theirs.listUserPools(r -> r.maxResults(1)));
        }
    }

    @Test
    void removingARoleEndsItsSessionsAndRefusesNewOnes() {
        simulator.access().role(ROLE);
        var session = session(assume(r -> {}));
        simulator.access().withoutRole(ROLE);

        try (var theirs = Sdk.cognito(simulator, session, Region.EU_WEST_1)) {
            assertRefused("UnrecognizedClientException", () -> theirs.listUserPools(r -> r.maxResults(1)));
        }
        assertRefused("AccessDenied", () -> assume(r -> {}));
    }

    @Test
    void aRoleRequiresItsExternalIdAndATrustedCaller() {
        simulator.access().role(ROLE).externalId("k8s");
        assertRefused("AccessDenied", () -> assume(r -> {}));
        assertThatCode(() -> assume(r -> r.externalId("k8s"))).doesNotThrowAnyException();

        simulator.access().role(ROLE).trusts("arn:aws:iam::333333333333:*");
        assertRefused("AccessDenied", () -> assume(r -> r.externalId("k8s")));
    }

    @Test
    void sessionTagsNeedTheirOwnPermission() {
        simulator.access().role(ROLE).allowsTagSession(false);
        var tag = Tag.builder().key("namespace").value("shop").build();

        assertThatThrownBy(() -> assume(r -> r.tags(tag))).hasMessageContaining("sts:TagSession");
        assertThatCode(() -> assume(r -> {})).doesNotThrowAnyException();
    }

    @Test
    void aWebIdentityAssumesARoleThatTrustsItUntilTheTokenExpires() {
        simulator.access().role(ROLE).trustsWebIdentity(true);
        try (var sts = Sdk.sts(simulator, Sdk.key("AKIADUMMY"))) {
            var expires = simulator.clock().instant().plusSeconds(60).getEpochSecond();
            var token = jwt("{\"sub\":\"system:serviceaccount:a:b\",\"exp\":" + expires + "}");

            var answer = sts.assumeRoleWithWebIdentity(
                    r -> r.roleArn(ROLE).roleSessionName("test").webIdentityToken(token));

            assertThat(answer.subjectFromWebIdentityToken()).isEqualTo("system:serviceaccount:a:b");
            assertThat(answer.credentials().accessKeyId()).startsWith("ASIA");
            simulator.clock().advance(Duration.ofMinutes(2));
            assertRefused(
                    "ExpiredTokenException",
                    () -> sts.assumeRoleWithWebIdentity(
                            r -> r.roleArn(ROLE).roleSessionName("test").webIdentityToken(token)));
        }
    }

    @Test
    void aPolicyAllowsItsActionsOnItsPools() {
        simulator.pool("eu-west-1_Other");
        simulator.access().policy("arn:aws:iam::123456789012:user/*", """
                {"Version": "2012-10-17", "Statement": [{"Effect": "Allow",
                  "Action": ["cognito-idp:CreateUserPoolClient", "cognito-idp:Describe*"],
                  "Resource": "arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_Shop"}]}
                """);

        var id = Sdk.create(cognito, r -> r).clientId();
        assertThatCode(() -> Sdk.describe(cognito, id)).doesNotThrowAnyException();
        assertRefused("AccessDeniedException", () -> Sdk.update(cognito, id, r -> r));
        assertRefused("AccessDeniedException", () -> Sdk.create(cognito, r -> r.userPoolId("eu-west-1_Other")));
        assertRefused("AccessDeniedException", () -> cognito.listUserPools(r -> r.maxResults(1)));
    }

    @Test
    void aPolicyCanDependOnSessionTags() {
        simulator.access().role(ROLE);
        simulator.pool(THEIR_POOL).account("222222222222");
        simulator.access().policy(ROLE, """
                {"Statement": {"Effect": "Allow", "Action": "cognito-idp:*", "Resource": "*",
                  "Condition": {"StringEquals": {"aws:PrincipalTag/namespace": "shop"}}}}
                """);
        var shop = Tag.builder().key("namespace").value("shop").build();

        try (var tagged = Sdk.cognito(simulator, session(assume(r -> r.tags(shop))), Region.EU_WEST_1);
                var untagged = Sdk.cognito(simulator, session(assume(r -> {})), Region.EU_WEST_1)) {
            assertThatCode(() -> tagged.describeUserPool(r -> r.userPoolId(THEIR_POOL)))
                    .doesNotThrowAnyException();
            assertRefused("AccessDeniedException", () -> untagged.describeUserPool(r -> r.userPoolId(THEIR_POOL)));
        }
    }

    @Test
    void oneActionCanBeDenied() {
        simulator.access().deny("*", "cognito-idp:DeleteUserPoolClient", "*");
        var id = Sdk.create(cognito, r -> r).clientId();

        assertThatThrownBy(() ->
                        cognito.deleteUserPoolClient(r -> r.userPoolId(Sdk.POOL).clientId(id)))
                .isInstanceOf(AccessDeniedException.class)
                .hasMessageContaining("is not authorized to perform: cognito-idp:DeleteUserPoolClient on resource:"
                        + " arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_Shop");
        simulator.access().withoutPolicies();
        assertThatCode(() ->
                        cognito.deleteUserPoolClient(r -> r.userPoolId(Sdk.POOL).clientId(id)))
                .doesNotThrowAnyException();
    }

    @Test
    void anUnsupportedConditionIsRefusedWhenThePolicyIsAttached() {
        assertThatThrownBy(() -> simulator
                        .access()
                        .policy("*", "{\"Statement\":{\"Effect\":\"Allow\",\"Condition\":{\"IpAddress\":{}}}}"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aRequestSignedAtTheWrongTimeIsRefusedIfThatIsChecked() {
        simulator.clock().skew(Duration.ofHours(1));
        assertThatCode(() -> Sdk.create(cognito, r -> r)).doesNotThrowAnyException();

        simulator.switches().set(Switch.SIGNATURE_TIME_CHECKED, true);
        simulator.clock().skew(Duration.ofHours(-5));
        assertRefused("InvalidSignatureException", () -> Sdk.create(cognito, r -> r));
    }

    private Credentials assume(Consumer<AssumeRoleRequest.Builder> more) {
        try (var sts = Sdk.sts(simulator, Sdk.key("AKIADUMMY"))) {
            var request = AssumeRoleRequest.builder().roleArn(ROLE).roleSessionName("test");
            more.accept(request);
            return sts.assumeRole(request.build()).credentials();
        }
    }

    private static AwsCredentials session(Credentials credentials) {
        return AwsSessionCredentials.create(
                credentials.accessKeyId(), credentials.secretAccessKey(), credentials.sessionToken());
    }

    private static String jwt(String claims) {
        var encoder = Base64.getUrlEncoder().withoutPadding();
        return "e30." + encoder.encodeToString(claims.getBytes(StandardCharsets.UTF_8)) + ".e30";
    }

    private static void assertRefused(String code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        AwsServiceException.class,
                        e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo(code));
    }
}
