package dev.appclients.cognito.aws.cognito;

import static dev.appclients.cognito.aws.cognito.SimulatedCognito.SHOP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.appclients.cognito.aws.AwsConfiguration;
import dev.appclients.cognito.aws.CallListener;
import dev.appclients.cognito.aws.SystemProperties;
import dev.appclients.cognito.failure.AwsCallException;
import dev.appclients.cognito.failure.Failure;
import dev.appclients.cognito.failure.FailureKind;
import dev.appclients.cognito.model.PoolAccess;
import dev.appclients.cognito.simulator.Simulator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The tokens that Kubernetes projects into the operator's pod, with the SDK's own providers. The kubelet rotates their files while
 * the operator runs, and the message names a missing file.
 */
class TokenFilesTest {

    private static final String OPERATOR = "arn:aws:iam::123456789012:role/operator";
    private static final PoolAccess OWN = new PoolAccess(SHOP, null, null, "shop");
    /** The SDK renews credentials in their last minute, so these start shortly before their expiry. */
    private static final Duration LEFT = Duration.ofSeconds(30);

    private final Simulator simulator = Simulator.start();
    private final SystemProperties environment = new SystemProperties();

    @TempDir
    private Path directory;

    private Path tokenFile;

    @BeforeEach
    void aPodWithNothingButItsTokens() {
        tokenFile = directory.resolve("token");
        simulator.quotas().off();
        simulator.pool(SHOP.value());
        environment.ofAPod(simulator.endpoint(), directory);
    }

    @AfterEach
    void close() {
        environment.close();
        simulator.close();
    }

    @Test
    void aRotatedWebIdentityTokenIsReadAgain() throws IOException {
        webIdentity();
        endsSoon(Duration.ofHours(1));
        write(webIdentityToken(simulator.clock().instant().plusSeconds(10)));
        try (var connection = open()) {
            assertThat(account(connection)).isEqualTo("123456789012");
            simulator.clock().advance(Duration.ofSeconds(11));
            Failure expired = awaitFailure(connection);
            assertThat(expired.kind()).isEqualTo(FailureKind.CREDENTIALS);
            assertThat(expired.message()).contains("Token expired", "IRSA");

            write(webIdentityToken(simulator.clock().instant().plus(Duration.ofDays(1))));
            awaitSuccess(connection);
        }
    }

    @Test
    void aRotatedPodIdentityTokenIsReadAgain() throws IOException {
        simulator.access().pod("first", OPERATOR);
        podIdentity();
        endsSoon(Duration.ofHours(6));
        write("first");
        try (var connection = open()) {
            assertThat(account(connection)).isEqualTo("123456789012");
            simulator.access().withoutPod("first").pod("second", OPERATOR);
            Failure refused = awaitFailure(connection);
            assertThat(refused.kind()).isEqualTo(FailureKind.CREDENTIALS);
            assertThat(refused.message())
                    .contains("endpoint " + simulator.endpoint() + "/_pod-identity: ", "Pod Identity");

            write("second");
            awaitSuccess(connection);
        }
    }

    @Test
    void aMissingWebIdentityTokenIsNamedAndUsedOnceItExists() throws IOException {
        webIdentity();
        try (var connection = open()) {
            Failure missing = failure(connection);
            assertThat(missing.kind()).isEqualTo(FailureKind.CREDENTIALS);
            assertThat(missing.message())
                    .contains("no file " + tokenFile, "IRSA")
                    .doesNotContain("\n");
            assertThat(simulator.journal().size()).isZero();

            write(webIdentityToken(Instant.now().plus(Duration.ofDays(1))));
            awaitSuccess(connection);
        }
    }

    @Test
    void aMissingPodIdentityTokenIsNamedAndUsedOnceItExists() throws IOException {
        simulator.access().pod("first", OPERATOR);
        podIdentity();
        try (var connection = open()) {
            Failure missing = failure(connection);
            assertThat(missing.kind()).isEqualTo(FailureKind.CREDENTIALS);
            assertThat(missing.message())
                    .contains("no file " + tokenFile, "Pod Identity")
                    .doesNotContain("\n");

            write("first");
            awaitSuccess(connection);
        }
    }

    /** After the first success, only the same source is asked. */
    @Test
    void aWebIdentityTokenThatIsLostIsNamedAndUsedWhenItIsBack() throws IOException {
        webIdentity();
        endsSoon(Duration.ofHours(1));
        write(webIdentityToken(Instant.now().plus(Duration.ofDays(1))));
        try (var connection = open()) {
            assertThat(account(connection)).isEqualTo("123456789012");
            Files.delete(tokenFile);
            Failure lost = awaitFailure(connection);
            assertThat(lost.kind()).isEqualTo(FailureKind.CREDENTIALS);
            assertThat(lost.message()).contains("no file " + tokenFile, "IRSA").doesNotContain("\n");

            write(webIdentityToken(Instant.now().plus(Duration.ofDays(1))));
            awaitSuccess(connection);
        }
    }

    @Test
    void aPodIdentityTokenThatIsLostIsNamedAndUsedWhenItIsBack() throws IOException {
        simulator.access().pod("first", OPERATOR);
        podIdentity();
        endsSoon(Duration.ofHours(6));
        write("first");
        try (var connection = open()) {
            assertThat(account(connection)).isEqualTo("123456789012");
            Files.delete(tokenFile);
            Failure lost = awaitFailure(connection);
            assertThat(lost.kind()).isEqualTo(FailureKind.CREDENTIALS);
            assertThat(lost.message())
                    .contains("no file " + tokenFile, "Pod Identity")
                    .doesNotContain("\n");

            write("first");
            awaitSuccess(connection);
        }
    }

    @Test
    void anUnreachableAgentIsNamed() throws IOException {
        podIdentity();
        environment.set("aws.containerCredentialsFullUri", "http://127.0.0.1:1/v1/credentials");
        write("first");
        try (var connection = open()) {
            Failure missing = failure(connection);
            assertThat(missing.kind()).isEqualTo(FailureKind.CREDENTIALS);
            assertThat(missing.message())
                    .contains("endpoint http://127.0.0.1:1/v1/credentials: Connection refused", "Pod Identity")
                    .doesNotContain("\n", "first");
        }
    }

    /** The session tags of Pod Identity are transitive and cannot be set again, so the operator's tags have other keys. */
    @Test
    void theSessionTagsOfPodIdentityAndOfTheOperatorAreBothSet() throws IOException {
        String role = "arn:aws:iam::444455556666:role/cognito-shop";
        simulator.pool(SHOP.value()).account("444455556666");
        simulator.access().role(role).trusts(OPERATOR).externalId("k8s");
        simulator.access().pod("first", OPERATOR).policy(role, """
                {"Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*",
                  "Condition": {"StringEquals": {
                    "aws:PrincipalTag/cco-namespace": "shop",
                    "aws:PrincipalTag/kubernetes-namespace": "cognito-client-operator"}}}]}""");
        podIdentity();
        write("first");
        try (var connection = open()) {
            var facts = connection.appClients().describePool(new PoolAccess(SHOP, role, "k8s", "shop"), null);
            assertThat(facts.arn().account()).isEqualTo("444455556666");
        }
    }

    private void webIdentity() {
        simulator.access().role(OPERATOR).trustsWebIdentity(true);
        environment
                .set("aws.webIdentityTokenFile", tokenFile.toString())
                .set("aws.roleArn", OPERATOR)
                .set("aws.roleSessionName", "operator");
    }

    private void podIdentity() {
        environment
                .set("aws.containerCredentialsFullUri", simulator.endpoint() + "/_pod-identity")
                .set("aws.containerAuthorizationTokenFile", tokenFile.toString());
    }

    /** Sets the service's clock back, so that a session of this length expires soon for the SDK. */
    private void endsSoon(Duration session) {
        simulator.clock().skew(LEFT.minus(session));
    }

    private void write(String token) throws IOException {
        Path written = Files.writeString(directory.resolve("written"), token);
        Files.move(written, tokenFile, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
    }

    private static String webIdentityToken(Instant expires) {
        String claims = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString("{\"sub\":\"system:serviceaccount:cognito:operator\",\"exp\":%d}"
                        .formatted(expires.getEpochSecond())
                        .getBytes(StandardCharsets.UTF_8));
        return "e30." + claims + ".c2ln";
    }

    private static CognitoConnection open() {
        return CognitoConnection.open(AwsConfiguration.DEFAULT, CallListener.NONE, InstantSource.system());
    }

    private static String account(CognitoConnection connection) {
        return connection.appClients().account(OWN);
    }

    private static Failure failure(CognitoConnection connection) {
        try {
            throw new AssertionError("a call succeeded in account " + account(connection));
        } catch (AwsCallException failed) {
            return failed.failure();
        }
    }

    /** The SDK takes new credentials at most once a second. */
    private static Failure awaitFailure(CognitoConnection connection) {
        return await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(100))
                .ignoreException(AssertionError.class)
                .until(() -> failure(connection), failure -> true);
    }

    private static void awaitSuccess(CognitoConnection connection) {
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(100))
                .ignoreException(AwsCallException.class)
                .until(() -> account(connection), account -> account.equals("123456789012"));
    }
}
