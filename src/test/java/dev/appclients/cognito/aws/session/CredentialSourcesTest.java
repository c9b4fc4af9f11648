package dev.appclients.cognito.aws.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.net.httpserver.HttpServer;
import dev.appclients.cognito.aws.SystemProperties;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;

/** The SDK's own credentials providers, in an environment that lacks something: the message names the source and the reason. */
class CredentialSourcesTest {

    private static final Pattern PROVIDER = Pattern.compile("\\w+Provider(?=\\()");

    private final SystemProperties environment = new SystemProperties();

    @TempDir
    private Path directory;

    @BeforeEach
    void aPodWithoutCredentials() {
        environment.ofAPod(URI.create("http://127.0.0.1:1"), directory);
    }

    @AfterEach
    void close() {
        environment.close();
    }

    /** When this fails after an upgrade of the SDK: add the new provider to the sources, in the same place. */
    @Test
    void theSourcesAreThoseOfTheSdksDefaultChainInItsOrder() {
        try (var chain = DefaultCredentialsProvider.builder().build();
                var sources = new CredentialSources()) {
            catchThrowable(chain::resolveCredentials);
            assertThat(sources.sources)
                    .extracting(
                            source -> source.provider().getValue().getClass().getSimpleName())
                    .containsExactlyElementsOf(PROVIDER.matcher(chain.toString().replaceFirst(".*ProviderChain\\(", ""))
                            .results()
                            .map(MatchResult::group)
                            .toList());
        }
    }

    @Test
    void anUnconfiguredPodHasNoSource() {
        assertThat(reason()).startsWith("no source is configured; EC2 instance metadata: ");
    }

    @Test
    void metadataThatDoesNotAnswerIsNamedWhenItIsTheOnlySource() {
        environment.set("aws.disableEc2Metadata", "false").set("aws.ec2MetadataServiceEndpoint", "http://127.0.0.1:1");
        assertThat(reason()).isEqualTo("no source is configured; EC2 instance metadata: Connection refused");
    }

    @Test
    void halfAnAccessKeyIsNamed() {
        environment.set("aws.accessKeyId", "AKIAOPERATOR");
        assertThat(reason())
                .startsWith("access key in the system properties: ")
                .contains("AWS_SECRET_ACCESS_KEY")
                .doesNotContain(";");
    }

    @Test
    void aWebIdentityTokenFileThatIsMissingIsNamed() {
        Path file = directory.resolve("token");
        environment.set("aws.webIdentityTokenFile", file.toString()).set("aws.roleArn", "arn:aws:iam::1:role/x");
        assertThat(reason()).isEqualTo("web identity token file " + file + ": there is no file " + file);
    }

    @Test
    void aWebIdentityWithoutARoleIsNamed() {
        environment.set("aws.webIdentityTokenFile", directory.resolve("token").toString());
        assertThat(reason()).startsWith("web identity token file ").contains("AWS_ROLE_ARN");
    }

    @Test
    void aContainerEndpointThatRefusesTheConnectionIsNamed() {
        environment.set("aws.containerCredentialsFullUri", "http://127.0.0.1:1/v1/credentials");
        assertThat(reason())
                .isEqualTo("container credentials endpoint http://127.0.0.1:1/v1/credentials: Connection refused");
    }

    @Test
    void anAnswerOfTheContainerEndpointThatCannotBeReadIsNotQuoted() throws IOException {
        HttpServer agent = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        agent.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try (exchange) {
                exchange.getResponseBody().write("AQoDYXdzEJr".getBytes(StandardCharsets.UTF_8));
            }
        });
        agent.start();
        try {
            environment.set(
                    "aws.containerCredentialsFullUri",
                    "http://127.0.0.1:" + agent.getAddress().getPort());
            assertThat(reason()).endsWith(": the answer cannot be read");
        } finally {
            agent.stop(0);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "garbage | Expected a profile definition on line 1",
                "[default],aws_access_key_id = A | 'aws_secret_access_key' was not configured for 'default'",
                "[default],role_arn = arn:aws:iam::1:role/x,source_profile = gone | 'gone'",
                "[default],credential_process = /bin/false | exit value (1)",
                "[default],region = eu-west-1 | no credentials for profile 'default'",
                // The operator's image has no client of SSO, so an SSO login, expired or not, ends here.
                "[default],sso_start_url = https://x,sso_region = us-east-1,sso_account_id = 1,sso_role_name = r | sso"
            })
    void aBrokenProfileIsNamedWithItsFault(String lines, String fault) throws IOException {
        Path file = Files.write(directory.resolve("credentials"), List.of(lines.split(",")));
        environment.set("aws.sharedCredentialsFile", file.toString());
        assertThat(reason()).startsWith("profile 'default': ").contains(fault);
    }

    @Test
    void aProfileThatIsAskedForAndMissingIsNamed() {
        environment.set("aws.profile", "other");
        assertThat(reason()).startsWith("profile 'other': ");
    }

    @Test
    void eachConfiguredSourceIsNamedWhenSeveralFail() {
        environment
                .set("aws.webIdentityTokenFile", directory.resolve("token").toString())
                .set("aws.roleArn", "arn:aws:iam::1:role/x")
                .set("aws.containerCredentialsFullUri", "http://127.0.0.1:1/v1/credentials");
        assertThat(reason().split("; ")).hasSize(2);
    }

    @Test
    void theSourceThatGaveCredentialsIsAskedAloneAfterwards() throws IOException {
        Path file = Files.writeString(directory.resolve("credentials"), """
                [default]
                aws_access_key_id = AKIAFILE
                aws_secret_access_key = not-a-real-key
                """);
        environment.set("aws.sharedCredentialsFile", file.toString());
        try (var sources = new CredentialSources()) {
            assertThat(sources.resolveCredentials().accessKeyId()).isEqualTo("AKIAFILE");
            environment.set("aws.accessKeyId", "AKIAPROPERTY").set("aws.secretAccessKey", "not-a-real-key");
            assertThat(sources.resolveCredentials().accessKeyId()).isEqualTo("AKIAFILE");
        }
    }

    private static String reason() {
        try (var sources = new CredentialSources()) {
            Throwable failure = catchThrowable(sources::resolveCredentials);
            assertThat(failure).isInstanceOf(SdkException.class).message().doesNotContain("\n");
            return failure.getMessage();
        }
    }
}
