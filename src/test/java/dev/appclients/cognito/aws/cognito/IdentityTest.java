package dev.appclients.cognito.aws.cognito;

import static dev.appclients.cognito.aws.cognito.CognitoAppClientsTest.failure;
import static dev.appclients.cognito.aws.cognito.SimulatedCognito.SHOP;
import static dev.appclients.cognito.aws.cognito.SimulatedCognito.access;
import static dev.appclients.cognito.aws.cognito.SimulatedCognito.settings;
import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.aws.AwsConfiguration;
import dev.appclients.cognito.aws.CallListener;
import dev.appclients.cognito.aws.SystemProperties;
import dev.appclients.cognito.failure.Failure;
import dev.appclients.cognito.failure.FailureKind;
import dev.appclients.cognito.model.PoolAccess;
import dev.appclients.cognito.simulator.Simulator;
import dev.appclients.cognito.simulator.Switch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sources of the operator's own credentials, and the standard endpoint setting. */
class IdentityTest {

    private final Simulator simulator = Simulator.start();
    private final SystemProperties environment = new SystemProperties();

    @TempDir
    private Path directory;

    @BeforeEach
    void theStandardEndpointSettingPointsToTheSimulator() {
        simulator.pool(SHOP.value()).resourceServer("orders", "read").identityProvider("Google", "Google");
        environment.ofAPod(simulator.endpoint(), directory);
    }

    @AfterEach
    void close() {
        environment.close();
        simulator.close();
    }

    @Test
    void staticCredentialsAreUsed() {
        environment.set("aws.accessKeyId", "AKIAOPERATOR").set("aws.secretAccessKey", "not-a-real-key");
        assertThat(callerOfACreate()).endsWith("user/AKIAOPERATOR");
    }

    @Test
    void theWebIdentityOfTheServiceAccountIsUsed() throws IOException {
        String role = "arn:aws:iam::123456789012:role/operator";
        simulator.access().role(role).trustsWebIdentity(true);
        environment
                .set("aws.webIdentityTokenFile", webIdentityToken().toString())
                .set("aws.roleArn", role)
                .set("aws.roleSessionName", "operator");
        assertThat(callerOfACreate()).endsWith("assumed-role/operator/operator");
    }

    @Test
    void podIdentityIsUsed() throws IOException {
        simulator.access().pod("the-pods-token", "arn:aws:iam::123456789012:role/operator");
        podIdentity(Files.writeString(directory.resolve("pod-token"), "the-pods-token"));
        assertThat(callerOfACreate()).endsWith("assumed-role/operator/eks-simulated");
    }

    @Test
    void theCredentialsFileIsUsed() throws IOException {
        Path file = Files.writeString(directory.resolve("credentials"), """
                [default]
                aws_access_key_id = AKIAFILE
                aws_secret_access_key = not-a-real-key
                """);
        environment.set("aws.sharedCredentialsFile", file.toString());
        assertThat(callerOfACreate()).endsWith("user/AKIAFILE");
    }

    @Test
    void missingCredentialsAreReportedInOneLine() {
        Failure failure = failure(this::callerOfACreate);
        assertThat(failure.kind()).isEqualTo(FailureKind.CREDENTIALS);
        assertThat(failure.message())
                .isEqualTo(
                        "the operator has no usable AWS credentials (no source is configured; EC2 instance metadata: IMDS"
                                + " credentials have been disabled by environment variable or system property). Check"
                                + " the IAM role of its service account (IRSA or EKS Pod Identity), or its environment");
        assertThat(simulator.journal().size()).isZero();
    }

    /** The metrics show a broken identity only if the operator reports the calls that it cannot make. */
    @Test
    void aCallWithoutCredentialsIsReportedToTheListener() {
        List<CallListener.Call> heard = new ArrayList<>();
        try (var connection = CognitoConnection.open(AwsConfiguration.DEFAULT, heard::add, InstantSource.system())) {
            failure(() -> connection.appClients().create(access("shop"), settings("web"), true, () -> true));
        }
        assertThat(heard).singleElement().satisfies(call -> {
            assertThat(call.operation()).isEqualTo("CreateUserPoolClient");
            assertThat(call.failure()).isEqualTo(FailureKind.CREDENTIALS);
        });
    }

    @Test
    void aRefusedWebIdentityIsNamedWithTheMessageOfSts() throws IOException {
        environment
                .set("aws.webIdentityTokenFile", webIdentityToken().toString())
                .set("aws.roleArn", "arn:aws:iam::123456789012:role/gone")
                .set("aws.roleSessionName", "operator");
        Failure failure = failure(this::callerOfACreate);
        assertThat(failure.kind()).isEqualTo(FailureKind.CREDENTIALS);
        assertThat(failure.message()).contains("Not authorized to perform sts:AssumeRoleWithWebIdentity");
    }

    @Test
    void aRoleCannotBeAssumedWithoutOwnCredentials() {
        PoolAccess byRole = new PoolAccess(SHOP, "arn:aws:iam::123456789012:role/shop", null, "shop");
        try (var connection = open()) {
            assertThat(failure(() -> connection.appClients().create(byRole, settings("web"), true, () -> true))
                            .kind())
                    .isEqualTo(FailureKind.CREDENTIALS);
        }
    }

    @Test
    void credentialsThatAwsRejectsAreACredentialsFailure() {
        simulator.switches().set(Switch.UNCONFIGURED_KEYS_ACCEPTED, false);
        environment.set("aws.accessKeyId", "AKIAOPERATOR").set("aws.secretAccessKey", "not-a-real-key");
        assertThat(failure(this::callerOfACreate).kind()).isEqualTo(FailureKind.CREDENTIALS);
    }

    @Test
    void anUnreachableEndpointIsReportedInOneLineAsNotSent() {
        environment
                .set("aws.accessKeyId", "AKIAOPERATOR")
                .set("aws.secretAccessKey", "not-a-real-key")
                .set("aws.endpointUrl", "http://127.0.0.1:1");
        Failure refused = failure(this::callerOfACreate);
        assertThat(refused.kind()).isEqualTo(FailureKind.NOT_SENT);
        assertThat(refused.message()).contains("127.0.0.1").doesNotContain("\n");

        environment.set("aws.endpointUrl", "http://no-such-host.invalid");
        Failure unknown = failure(this::callerOfACreate);
        assertThat(unknown.kind()).isEqualTo(FailureKind.NOT_SENT);
        assertThat(unknown.message()).contains("unknown host", "no-such-host.invalid");
    }

    private String callerOfACreate() {
        try (var connection = open()) {
            connection.appClients().create(access("shop"), settings("web"), true, () -> true);
            return simulator.journal().of("CreateUserPoolClient").getLast().caller();
        }
    }

    private void podIdentity(Path tokenFile) {
        environment
                .set("aws.containerCredentialsFullUri", simulator.endpoint() + "/_pod-identity")
                .set("aws.containerAuthorizationTokenFile", tokenFile.toString());
    }

    private static CognitoConnection open() {
        return CognitoConnection.open(AwsConfiguration.DEFAULT, CallListener.NONE, InstantSource.system());
    }

    private Path webIdentityToken() throws IOException {
        String claims = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(
                        "{\"sub\":\"system:serviceaccount:cognito:operator\"}".getBytes(StandardCharsets.UTF_8));
        return Files.writeString(directory.resolve("token"), "e30." + claims + ".c2ln");
    }
}
