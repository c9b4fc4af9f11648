package dev.appclients.cognito.aws.cognito;

import static dev.appclients.cognito.aws.cognito.CognitoAppClientsTest.failure;
import static dev.appclients.cognito.aws.cognito.SimulatedCognito.access;
import static dev.appclients.cognito.aws.cognito.SimulatedCognito.settings;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.time.format.DateTimeFormatter.RFC_1123_DATE_TIME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.within;

import com.sun.net.httpserver.HttpServer;
import dev.appclients.cognito.aws.AppClients.Priority;
import dev.appclients.cognito.aws.AwsConfiguration;
import dev.appclients.cognito.aws.CallListener;
import dev.appclients.cognito.aws.budget.CircuitBreaker;
import dev.appclients.cognito.aws.session.BackoffCredentials;
import dev.appclients.cognito.failure.Failure;
import dev.appclients.cognito.failure.FailureKind;
import dev.appclients.cognito.model.ClientSecret;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;

/** Answers of a proxy, a captive portal or a broken network instead of Cognito. */
class OddAnswersTest {

    private static final String CANARY = "canarysecretvalue0123456789";
    private static final String HTML = "<html><body>Please sign in to the guest network</body></html>";
    private static final String CUT_OFF =
            "{\"UserPoolClient\":{\"ClientId\":\"3abc\",\"ClientSecret\":\"" + CANARY + "\",\"ClientNa";

    private static final DateTimeFormatter SIGNED = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssX");

    private HttpServer server;
    private volatile int status = 200;
    private volatile String body = "";

    @BeforeEach
    void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.1");
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void close() {
        server.stop(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {HTML, CUT_OFF, "{}", "", "[]", "{\"UserPoolClient\":{}}", "{\"UserPoolClient\":7}"})
    void anUnreadableAnswerLeavesTheEffectOfACreateUnknownAndIsNotQuoted(String answer) {
        body = answer;

        Failure failure = create();

        assertThat(failure.kind()).isEqualTo(FailureKind.UNREACHABLE);
        assertThat(failure.mayHaveTakenEffect()).isTrue();
        assertThat(failure.message()).contains("the answer").doesNotContain(CANARY, "\n", "guest");
    }

    @ParameterizedTest
    @ValueSource(strings = {HTML, "{}", "", "{\"UserPool\":{}}"})
    void anUnreadableAnswerIsNotReportedAsAMissingPool(String answer) {
        body = answer;
        try (var connection = open()) {
            Failure failure = failure(() -> connection.appClients().describePool(access("shop"), null));
            assertThat(failure.kind()).isEqualTo(FailureKind.UNREACHABLE);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<html>" + CANARY + "</html>",
                "{\"__type\":\"InvalidParameterException\",\"message\":\"" + CANARY,
                "{\"__type\":7,\"Message\":\"" + CANARY + "\"}",
                "{\"message\":[\"" + CANARY + "\"]}",
                ""
            })
    void anOddRefusalOfAnAdditionIsNotQuoted(String answer) {
        status = 400;
        body = answer;
        try (var connection = open()) {
            Failure failure = failure(() ->
                    connection.appClients().addSecret(access("shop"), "3abc", new ClientSecret(CANARY), () -> true));
            assertThat(failure.kind()).isEqualTo(FailureKind.UNKNOWN_REFUSAL);
            assertThat(failure.message()).contains("withholds").doesNotContain(CANARY);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503, 504})
    void theErrorPageOfAProxyIsATransientError(int code) {
        status = code;
        body = HTML;

        Failure failure = create();

        assertThat(failure.kind()).isEqualTo(FailureKind.SERVICE_FAULT);
        assertThat(failure.message()).isEqualTo("HTTP status " + code);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 403, 404, 407})
    void anErrorWithoutACodeBlamesNeitherTheClientNorItsSettings(int code) {
        status = code;
        body = HTML;

        assertThat(create().kind()).isEqualTo(FailureKind.UNKNOWN_REFUSAL);
        try (var connection = open()) {
            assertThat(failure(() -> connection.appClients().describe(access("shop"), "3abc", Priority.USER))
                            .kind())
                    .isEqualTo(FailureKind.UNKNOWN_REFUSAL);
        }
    }

    /** The SDK takes the service's time from the answer, and signs the next call with it. */
    @ParameterizedTest
    @ValueSource(longs = {-7_200, 7_200})
    void aWrongClockFailsOneCallWithTheMessageOfAws(long seconds) throws IOException {
        Instant there = Instant.now().plusSeconds(seconds);
        List<Instant> signedAt = new ArrayList<>();
        try (var socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                var connection = open(socket.getLocalPort())) {
            Thread.ofVirtual().start(() -> refuseTwice(socket, there, signedAt));
            for (int i = 0; i < 2; i++) {
                Failure failure = failure(
                        () -> connection.appClients().create(access("shop"), settings("web"), true, () -> true));
                assertThat(failure.kind()).isEqualTo(FailureKind.CREDENTIALS);
                assertThat(failure.message()).isEqualTo("Signature not yet current");
            }
        }
        assertThat(signedAt).hasSize(2);
        assertThat(Duration.between(signedAt.getFirst(), there).abs()).isGreaterThan(Duration.ofHours(1));
        assertThat(signedAt.getLast()).isCloseTo(there, within(2, ChronoUnit.MINUTES));
    }

    /** Serves two connections, with one request each: the JDK's HTTP server sets its own date. */
    private static void refuseTwice(ServerSocket server, Instant date, List<Instant> signedAt) {
        String refusal = "{\"__type\":\"InvalidSignatureException\",\"message\":\"Signature not yet current\"}";
        for (int i = 0; i < 2; i++) {
            try (Socket socket = server.accept()) {
                var lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII));
                int length = 0;
                for (String line = lines.readLine(); !line.isEmpty(); line = lines.readLine()) {
                    String value = line.substring(line.indexOf(' ') + 1);
                    if (line.startsWith("X-Amz-Date:")) {
                        signedAt.add(Instant.from(SIGNED.parse(value)));
                    } else if (line.startsWith("Content-Length:")) {
                        length = Integer.parseInt(value);
                    }
                }
                lines.skip(length);
                socket.getOutputStream()
                        .write(("HTTP/1.1 400 Error\r\nDate: " + RFC_1123_DATE_TIME.format(date.atZone(ZoneOffset.UTC))
                                        + "\r\nContent-Length: " + refusal.length() + "\r\nConnection: close\r\n\r\n"
                                        + refusal)
                                .getBytes(US_ASCII));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Test
    void credentialsThatFailInARowAreResolvedOnceInFiveSeconds() {
        var clock = new AtomicReference<>(Instant.EPOCH);
        var resolutions = new AtomicInteger();
        var broken = new AtomicBoolean(true);
        BackoffCredentials identity = new BackoffCredentials(
                () -> {
                    resolutions.incrementAndGet();
                    if (broken.get()) {
                        throw SdkClientException.create("STS is away");
                    }
                    return AwsBasicCredentials.create("AKIA", "unused");
                },
                clock::get);

        for (int i = 0; i < 1_000; i++) {
            assertThat(catchThrowable(identity::resolveCredentials)).hasMessage("STS is away");
        }
        assertThat(resolutions).hasValue(CircuitBreaker.FAILURE_THRESHOLD);

        clock.set(clock.get().plusSeconds(5));
        broken.set(false);
        assertThat(identity.resolveCredentials().accessKeyId()).isEqualTo("AKIA");
    }

    private Failure create() {
        try (var connection = open()) {
            return failure(() -> connection.appClients().create(access("shop"), settings("web"), true, () -> true));
        }
    }

    private CognitoConnection open() {
        return open(server.getAddress().getPort());
    }

    private static CognitoConnection open(int port) {
        return CognitoConnection.open(
                AwsConfiguration.DEFAULT.withEndpoint(URI.create("http://127.0.0.1:" + port)),
                CallListener.NONE,
                InstantSource.system(),
                StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIAOPERATOR", "not-a-real-key")));
    }
}
