package dev.appclients.cognito.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.appclients.cognito.aws.AppClients;
import dev.appclients.cognito.aws.AppClients.Priority;
import dev.appclients.cognito.aws.AwsConfiguration;
import dev.appclients.cognito.aws.CallListener;
import dev.appclients.cognito.aws.Quotas;
import dev.appclients.cognito.aws.cognito.CognitoConnection;
import dev.appclients.cognito.failure.AwsCallException;
import dev.appclients.cognito.failure.FailureKind;
import dev.appclients.cognito.model.AppClientSettings;
import dev.appclients.cognito.model.OAuth;
import dev.appclients.cognito.model.PoolAccess;
import dev.appclients.cognito.model.PoolCatalog;
import dev.appclients.cognito.model.PoolId;
import dev.appclients.cognito.model.RefreshTokenRotation;
import dev.appclients.cognito.model.Sets;
import dev.appclients.cognito.model.TokenValidity;
import dev.appclients.cognito.simulator.JournalEntry;
import dev.appclients.cognito.simulator.Simulator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks that the policies of {@code deploy/iam} allow every call of the operator, and that the operator needs every action in them. */
class IamPolicyTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ACCOUNT = "111122223333";
    private static final String OPERATOR = "arn:aws:iam::" + ACCOUNT + ":user/AKIDOPERATOR";
    private static final String POOL_ROLE = "arn:aws:iam::" + ACCOUNT + ":role/cognito-customers";
    private static final String OTHER_ROLE = "arn:aws:iam::" + ACCOUNT + ":role/cognito-staff";
    private static final PoolId POOL = new PoolId("eu-west-1_Customers");
    private static final PoolId OTHER_POOL = new PoolId("eu-west-1_Staff");
    private static final PoolAccess OWN = new PoolAccess(POOL, null, null, "shop");
    private static final PoolAccess BY_ROLE = new PoolAccess(POOL, POOL_ROLE, "shop-cluster", "shop");

    static {
        // The simulator accepts any key; the SDK's default chain finds it here.
        System.setProperty("aws.accessKeyId", "AKIDOPERATOR");
        System.setProperty("aws.secretAccessKey", "unused");
    }

    private final Simulator simulator = Simulator.start();
    private final CognitoConnection cognito = CognitoConnection.open(
            AwsConfiguration.DEFAULT.withEndpoint(simulator.endpoint()).withQuotas(Quotas.UNLIMITED),
            CallListener.NONE,
            InstantSource.system());
    private final AppClients clients = cognito.appClients();

    @BeforeEach
    void makeThePools() {
        simulator.quotas().off();
        simulator.access().defaultAccount(ACCOUNT);
        simulator.pool(POOL.value()).account(ACCOUNT).prefixDomain("customers");
        simulator.pool(OTHER_POOL.value()).account(ACCOUNT);
    }

    @AfterEach
    void close() {
        cognito.close();
        simulator.close();
    }

    static List<String> actions() {
        return statements(read("operator-policy.json"))
                .flatMap(statement -> actions(statement).stream())
                .toList();
    }

    @Test
    void everyCallOfTheOperatorWorksUnderItsPolicy() {
        simulator.access().policy(OPERATOR, read("operator-policy.json").toString());

        assertThat(refusals(OWN)).isEmpty();
        assertThat(calls(OWN).keySet())
                .as("the test must know every call, because a new call may need a new action")
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(AppClients.class.getMethods())
                        .map(Method::getName)
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("actions")
    void withoutAnActionItsCallIsDenied(String action) {
        simulator
                .access()
                .policy(OPERATOR, without("operator-policy.json", action).toString());

        assertThat(refusals(OWN)).containsExactly(action.substring(action.indexOf(':') + 1));
    }

    /** Covers the operator's own identity and a role. */
    @Test
    void thePolicyAllowsNoCallOnAnotherPool() {
        simulator.access().policy(OPERATOR, read("operator-policy.json").toString());

        assertThat(refusals(new PoolAccess(OTHER_POOL, null, null, "shop")))
                .containsExactlyInAnyOrderElementsOf(limitedToThePool());
    }

    @Test
    void theRoleOfAPoolAllowsNoCallOnAnotherPool() {
        simulator.access().policy(OPERATOR, read("assume-role-policy.json").toString());
        simulator.access().policy(POOL_ROLE, read("operator-policy.json").toString());
        trustAsTheFileSays();

        assertThat(refusals(new PoolAccess(OTHER_POOL, POOL_ROLE, "shop-cluster", "shop")))
                .containsExactlyInAnyOrderElementsOf(limitedToThePool());
    }

    @ParameterizedTest
    @ValueSource(strings = {"sts:AssumeRole", "sts:TagSession"})
    void withoutEitherActionTheRoleOfAPoolCannotBeAssumed(String action) {
        simulator
                .access()
                .policy(OPERATOR, without("assume-role-policy.json", action).toString());
        trustAsTheFileSays();

        assertThatThrownBy(() -> clients.account(BY_ROLE)).isInstanceOfSatisfying(AwsCallException.class, e -> {
            assertThat(e.failure().kind()).isEqualTo(FailureKind.ROLE_DENIED);
            assertThat(e.failure().message()).contains(action);
        });
    }

    @Test
    void aTrustPolicyWithoutSessionTagsDeniesTheRole() {
        trust(without("pool-role-trust-policy.json", "sts:TagSession"));

        assertThatThrownBy(() -> clients.account(BY_ROLE)).isInstanceOfSatisfying(AwsCallException.class, e -> {
            assertThat(e.failure().kind()).isEqualTo(FailureKind.ROLE_DENIED);
            assertThat(e.failure().message()).contains("trust policy", "sts:TagSession");
        });
    }

    @Test
    void thePermissionToAssumeARoleCoversOnlyThatRole() {
        simulator.access().policy(OPERATOR, read("assume-role-policy.json").toString());
        simulator.access().role(OTHER_ROLE);

        assertThatThrownBy(() -> clients.account(new PoolAccess(OTHER_POOL, OTHER_ROLE, "shop-cluster", "shop")))
                .isInstanceOfSatisfying(
                        AwsCallException.class,
                        e -> assertThat(e.failure().kind()).isEqualTo(FailureKind.ROLE_DENIED));
    }

    @Test
    void anOperatorThatMayOnlyAssumeTheRoleOfAPoolMakesEveryCallThroughIt() {
        simulator.access().policy(OPERATOR, read("assume-role-policy.json").toString());
        simulator.access().policy(POOL_ROLE, read("operator-policy.json").toString());
        trustAsTheFileSays();

        assertThat(refusals(BY_ROLE)).isEmpty();
        assertThat(simulator.journal().entries())
                .filteredOn(entry -> !entry.operation().equals("AssumeRole"))
                .extracting(JournalEntry::caller)
                .allMatch(caller -> caller.contains(":assumed-role/cognito-customers/"));
    }

    @Test
    void aWrongExternalIdDeniesTheRole() {
        trustAsTheFileSays();

        assertThatThrownBy(() -> clients.account(new PoolAccess(POOL, POOL_ROLE, "guessed", "shop")))
                .isInstanceOfSatisfying(
                        AwsCallException.class,
                        e -> assertThat(e.failure().kind()).isEqualTo(FailureKind.ROLE_DENIED));
    }

    @Test
    void everyTrustPolicyAllowsTheActionsOfItsKind() {
        assertThat(trusted("trust-policy-irsa.json")).containsExactly("sts:AssumeRoleWithWebIdentity");
        assertThat(trusted("trust-policy-pod-identity.json")).containsExactly("sts:AssumeRole", "sts:TagSession");
        assertThat(trusted("pool-role-trust-policy.json")).containsExactly("sts:AssumeRole", "sts:TagSession");
    }

    @Test
    void everyPolicyIsExplained() throws IOException {
        String readme = Files.readString(Path.of("deploy/iam/README.md"));

        try (Stream<Path> files = Files.list(Path.of("deploy/iam"))) {
            assertThat(files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".json")))
                    .isNotEmpty()
                    .allSatisfy(name -> assertThat(readme).contains("| `" + name + "` |"));
        }
    }

    /** Creates the role in the simulator from the trust policy: principal, external id and session tags. */
    private void trustAsTheFileSays() {
        trust(read("pool-role-trust-policy.json"));
    }

    private void trust(JsonNode trust) {
        JsonNode assume = statements(trust)
                .filter(statement -> actions(statement).contains("sts:AssumeRole"))
                .findFirst()
                .orElseThrow();
        assertThat(assume.at("/Principal/AWS").asText()).isEqualTo("arn:aws:iam::" + ACCOUNT + ":role/operator");
        simulator
                .access()
                .role(POOL_ROLE)
                .trusts(OPERATOR)
                .externalId(assume.at("/Condition/StringEquals/sts:ExternalId").asText())
                .allowsTagSession(statements(trust)
                        .anyMatch(statement -> actions(statement).contains("sts:TagSession")));
    }

    /** Makes every call of the port. Returns the denied operations, including optional ones. */
    private Set<String> refusals(PoolAccess access) {
        calls(access).values().forEach(call -> {
            try {
                call.run();
            } catch (AwsCallException denied) {
                assertThat(denied.failure().kind()).isIn(FailureKind.ACCESS_DENIED, FailureKind.ROLE_DENIED);
            }
        });
        return simulator.journal().entries().stream()
                .filter(entry -> !entry.outcome().equals("OK"))
                .map(JournalEntry::operation)
                .collect(Collectors.toSet());
    }

    /** The calls by the name of the method of the port. */
    private Map<String, Runnable> calls(PoolAccess access) {
        String id = simulator
                .createForeignClient(access.pool().value(), "made-by-somebody")
                .clientId();
        Map<String, Runnable> calls = new LinkedHashMap<>();
        calls.put("describePool", () -> clients.describePool(access, null));
        calls.put("account", () -> clients.account(access));
        calls.put("create", () -> clients.create(access, settings(), true, () -> true));
        calls.put("describe", () -> clients.describe(access, id, Priority.USER));
        calls.put("update", () -> clients.update(access, id, settings(), () -> true));
        calls.put("findByNameSuffix", () -> clients.findByNameSuffix(access, ".0123456789", Instant.EPOCH));
        calls.put("contents", () -> {
            for (PoolCatalog catalog : PoolCatalog.values()) {
                clients.contents(access, catalog, Instant.EPOCH);
            }
        });
        String rotated = simulator
                .createForeignClient(access.pool().value(), "rotated-by-somebody")
                .clientId();
        String secret =
                simulator.addSecret(access.pool().value(), rotated, null).id();
        calls.put("addSecret", () -> clients.addSecret(access, id, null, () -> true));
        calls.put("listSecrets", () -> clients.listSecrets(access, id, Priority.USER));
        calls.put("deleteSecret", () -> clients.deleteSecret(access, rotated, secret, () -> true));
        calls.put("delete", () -> clients.delete(access, id, () -> true));
        return calls;
    }

    private static AppClientSettings settings() {
        return new AppClientSettings(
                "shop.web.0123456789",
                Sets.sorted(List.of("ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH")),
                Duration.ofMinutes(3),
                TokenValidity.COGNITO_DEFAULT,
                RefreshTokenRotation.DISABLED,
                true,
                "ENABLED",
                false,
                new OAuth(
                        Sets.sorted(List.of()),
                        Sets.sorted(List.of()),
                        false,
                        Sets.sorted(List.of()),
                        Sets.sorted(List.of()),
                        null),
                Sets.sorted(List.of("COGNITO")),
                Sets.sorted(List.of()),
                Sets.sorted(List.of()),
                null);
    }

    private static List<String> trusted(String file) {
        return statements(read(file))
                .flatMap(statement -> actions(statement).stream())
                .toList();
    }

    private static List<String> limitedToThePool() {
        return statements(read("operator-policy.json"))
                .filter(statement -> !statement.path("Resource").asText().equals("*"))
                .flatMap(statement -> actions(statement).stream())
                .map(action -> action.substring(action.indexOf(':') + 1))
                .toList();
    }

    private static JsonNode without(String file, String action) {
        JsonNode policy = read(file);
        statements(policy).forEach(statement -> {
            ArrayNode left = JSON.createArrayNode();
            actions(statement).stream().filter(each -> !each.equals(action)).forEach(left::add);
            ((ObjectNode) statement).set("Action", left);
        });
        return policy;
    }

    private static Stream<JsonNode> statements(JsonNode policy) {
        return StreamSupport.stream(policy.path("Statement").spliterator(), false);
    }

    private static List<String> actions(JsonNode statement) {
        JsonNode actions = statement.path("Action");
        return actions instanceof TextNode one
                ? List.of(one.asText())
                : StreamSupport.stream(actions.spliterator(), false)
                        .map(JsonNode::asText)
                        .toList();
    }

    /** A policy with its placeholders replaced. */
    private static JsonNode read(String file) {
        try {
            return JSON.readTree(Files.readString(Path.of("deploy/iam", file))
                    .replace("POOL_ACCOUNT_ID", ACCOUNT)
                    .replace("POOL_ROLE_NAME", "cognito-customers")
                    .replace("OPERATOR_ROLE_NAME", "operator")
                    .replace("EXTERNAL_ID", "shop-cluster")
                    .replace("ACCOUNT_ID", ACCOUNT)
                    .replace("REGION", "eu-west-1")
                    .replace("POOL_ID", POOL.value()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
