package dev.appclients.cognito.contract;

import dev.appclients.cognito.contract.Fact.Answer;
import dev.appclients.cognito.contract.Fact.NotAsked;
import dev.appclients.cognito.failure.FailureKind;
import dev.appclients.cognito.simulator.Switch;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import software.amazon.awssdk.services.cognitoidentityprovider.model.CreateUserPoolClientRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.FeatureType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.SchemaAttributeType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.TimeUnitsType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserPoolType;

/** Facts about settings that Cognito refuses, and about its errors. */
final class RuleFacts {

    private static final String HTTPS = "https://app.example.com/";

    static final List<Fact> ALL = List.of(
            Fact.seen(
                    "client_credentials is refused beside another flow.",
                    bench -> bench.refusesToCreate(
                            r -> oauth(r.generateSecret(true), "openid", "client_credentials", "code"))),
            Fact.seen("client_credentials is refused without a secret.", bench -> {
                String scope = customScope(bench);
                return bench.refusesToCreate(r -> oauth(r, scope, "client_credentials"));
            }),
            Fact.disputed(Switch.CLIENT_CREDENTIALS_NEEDS_CUSTOM_SCOPES, RuleFacts::machineWithOpenid),
            Fact.disputed(
                    "client_credentials with scopes that no resource server defines is refused as"
                            + " InvalidParameterException, not as InvalidOAuthFlowException.",
                    Switch.CLIENT_CREDENTIALS_SCOPES_ARE_A_PARAMETER,
                    bench -> {
                        Answer answer = machineWithOpenid(bench);
                        if (!answer.holds()) {
                            throw new NotAsked("Cognito does not refuse it");
                        }
                        return new Answer(answer.said().startsWith("InvalidParameter"), answer.said());
                    }),
            Fact.seen(
                    "Switching OAuth on is refused without flows and scopes.",
                    bench -> bench.refusesToCreate(r -> r.allowedOAuthFlowsUserPoolClient(true))),
            Fact.disputed(
                    Switch.OAUTH_SETTINGS_NEED_THE_FLAG,
                    bench -> bench.refusesToCreate(r -> r.allowedOAuthFlowsWithStrings("code")
                            .allowedOAuthScopes("openid")
                            .callbackURLs(HTTPS))),
            Fact.seen(
                    "The flow code is refused without a callback.",
                    bench -> bench.refusesToCreate(
                            r -> oauth(r, "openid", "code").callbackURLs(List.of()))),
            Fact.disputed(
                    Switch.OIDC_SCOPES_NEED_OPENID, bench -> bench.refusesToCreate(r -> oauth(r, "email", "code"))),
            Fact.documented(
                    "A scope that no resource server defines is refused as missing.",
                    bench -> bench.refused(
                            "CreateUserPoolClient",
                            () -> bench.create(r -> oauth(r, "no-such-server/read", "code")),
                            FailureKind.DEPENDENCY_MISSING)),
            Fact.seen(
                    "An identity provider that the pool does not have is refused as missing.",
                    bench -> bench.refused(
                            "CreateUserPoolClient",
                            () -> bench.create(r -> r.supportedIdentityProviders("NoSuchProvider")),
                            FailureKind.DEPENDENCY_MISSING)),
            Fact.documented(
                    "A callback by plain http is refused.",
                    bench -> bench.refusesToCreate(r -> r.callbackURLs("http://app.example.com/"))),
            Fact.documented(
                    "A callback by plain http on localhost, 127.0.0.1 or [::1] is accepted.",
                    bench -> bench.creates(r ->
                            r.callbackURLs("http://localhost:8080/", "http://127.0.0.1:8080/", "http://[::1]:8080/"))),
            Fact.documented(
                    "A callback with an application's own scheme is accepted.",
                    bench -> bench.creates(r -> r.callbackURLs("myapp://callback"))),
            Fact.documented(
                    "A callback with a fragment is refused.",
                    bench -> bench.refusesToCreate(r -> r.callbackURLs(HTTPS + "#top"))),
            Fact.documented(
                    "A callback with a wildcard is refused.",
                    bench -> bench.refusesToCreate(r -> r.callbackURLs("https://*.example.com/"))),
            Fact.documented(
                    "More than 100 callbacks are refused.",
                    bench -> bench.refusesToCreate(r -> r.callbackURLs(IntStream.rangeClosed(0, 100)
                            .mapToObj(i -> HTTPS + i)
                            .toList()))),
            Fact.documented(
                    "A default redirect that is no callback is refused.",
                    bench -> bench.refusesToCreate(
                            r -> r.callbackURLs(HTTPS).defaultRedirectURI("https://other.example.com/"))),
            Fact.documented(
                    "Old and new names of authentication flows are refused together.",
                    bench -> bench.refusesToCreate(
                            r -> r.explicitAuthFlowsWithStrings("ADMIN_NO_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"))),
            Fact.disputed(
                    Switch.ROTATION_REFUSED_WITH_REFRESH_FLOW,
                    bench -> bench.refusesToCreate(
                            r -> r.explicitAuthFlowsWithStrings("ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH")
                                    .refreshTokenRotation(t -> t.feature(FeatureType.ENABLED)))),
            Fact.seen(
                    "Authentication flows without the refresh flow are accepted.",
                    bench -> bench.creates(r -> r.explicitAuthFlowsWithStrings("ALLOW_USER_SRP_AUTH"))),
            Fact.seen("Refresh token rotation is refused on a pool of the tier Lite.", bench -> {
                requireLite(bench);
                return rotationRefused(bench);
            }),
            Fact.disputed(Switch.ROTATION_ON_LITE_IS_A_PARAMETER, bench -> {
                requireLite(bench);
                Answer answer = rotationRefused(bench);
                return new Answer(answer.said().startsWith("InvalidParameter"), answer.said());
            }),
            Fact.disputed(
                    Switch.CLIENT_TOKEN_AUTH_KNOWN,
                    bench -> bench.creates(
                            r -> r.generateSecret(true).explicitAuthFlowsWithStrings("ALLOW_CLIENT_TOKEN_AUTH"))),
            Fact.seen(
                    "An access token of four minutes is refused.",
                    bench -> bench.refusesToCreate(r ->
                            r.accessTokenValidity(4).tokenValidityUnits(u -> u.accessToken(TimeUnitsType.MINUTES)))),
            Fact.seen(
                    "An id token that outlives the refresh token is refused.",
                    bench -> bench.refusesToCreate(r -> r.idTokenValidity(2)
                            .refreshTokenValidity(1)
                            .tokenValidityUnits(
                                    u -> u.idToken(TimeUnitsType.HOURS).refreshToken(TimeUnitsType.HOURS)))),
            Fact.seen(
                    "An attribute that the pool does not have is refused.",
                    bench -> bench.refusesToCreate(r -> r.writeAttributes("name", "no_such_attribute"))),
            Fact.disputed(Switch.REQUIRED_IMMUTABLE_ATTRIBUTES_WRITABLE, RuleFacts::immutableAreWritable),
            Fact.disputed(
                    Switch.CONTEXT_DATA_NEEDS_SECRET,
                    bench -> bench.refusesToCreate(r -> r.enablePropagateAdditionalUserContextData(true))),
            Fact.seen(
                    "An unknown value of an enumeration is refused.",
                    bench -> bench.refusesToCreate(r -> r.explicitAuthFlowsWithStrings("ALLOW_NOTHING"))),
            Fact.documented(
                    "A name with a colon is refused.",
                    bench -> bench.refusesToCreate(r -> r.clientName(bench.name() + ":"))));

    private RuleFacts() {}

    private static void requireLite(Bench bench) {
        String tier = pool(bench).userPoolTierAsString();
        if (!"LITE".equals(tier)) {
            throw new NotAsked("the tier of the pool is " + tier + ", not LITE");
        }
    }

    private static Answer rotationRefused(Bench bench) {
        return bench.refused(
                "CreateUserPoolClient",
                () -> bench.create(r -> r.explicitAuthFlowsWithStrings("ALLOW_USER_SRP_AUTH")
                        .refreshTokenRotation(t -> t.feature(FeatureType.ENABLED))),
                FailureKind.TIER_TOO_LOW);
    }

    private static Answer immutableAreWritable(Bench bench) {
        Map<Boolean, List<String>> required = pool(bench).schemaAttributes().stream()
                .filter(attribute -> Boolean.TRUE.equals(attribute.required())
                        && !attribute.name().equals("sub"))
                .collect(Collectors.partitioningBy(
                        attribute -> Boolean.TRUE.equals(attribute.mutable()),
                        Collectors.mapping(SchemaAttributeType::name, Collectors.toList())));
        if (required.getOrDefault(false, List.of()).isEmpty()) {
            throw new NotAsked("the pool has no attribute that is required and immutable");
        }
        List<String> without = Stream.concat(required.getOrDefault(true, List.of()).stream(), Stream.of("name"))
                .distinct()
                .toList();
        List<String> with = Stream.concat(without.stream(), required.getOrDefault(false, List.of()).stream())
                .toList();
        Answer listed = bench.creates(r -> r.writeAttributes(with));
        Answer leftOut = bench.creates(r -> r.writeAttributes(without));
        return new Answer(
                listed.holds() && !leftOut.holds(), "with: " + listed.said() + "; without: " + leftOut.said());
    }

    private static UserPoolType pool(Bench bench) {
        return bench.call(() -> bench.sdk().describeUserPool(r -> r.userPoolId(bench.poolId())))
                .userPool();
    }

    private static Answer machineWithOpenid(Bench bench) {
        return bench.refusesToCreate(r -> oauth(r.generateSecret(true), "openid", "client_credentials"));
    }

    private static CreateUserPoolClientRequest.Builder oauth(
            CreateUserPoolClientRequest.Builder request, String scope, String... flows) {
        if (List.of(flows).contains("code")) {
            request.callbackURLs(HTTPS);
        }
        return request.allowedOAuthFlowsUserPoolClient(true)
                .allowedOAuthFlowsWithStrings(flows)
                .allowedOAuthScopes(scope);
    }

    private static String customScope(Bench bench) {
        var servers = bench.call(() -> bench.sdk()
                .listResourceServers(r -> r.userPoolId(bench.poolId()).maxResults(50)));
        return servers.resourceServers().stream()
                .flatMap(server -> server.scopes().stream().map(scope -> server.identifier() + "/" + scope.scopeName()))
                .findFirst()
                .orElseThrow(() -> new NotAsked("the pool has no resource server"));
    }
}
