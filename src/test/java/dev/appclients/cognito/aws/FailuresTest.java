package dev.appclients.cognito.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.failure.Failure;
import dev.appclients.cognito.failure.FailureKind;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.CognitoIdentityProviderException;
import software.amazon.awssdk.services.sts.model.StsException;

class FailuresTest {

    /** All exceptions that our operations can answer; every other class of the model is for operations that we never call. */
    private static final Map<String, FailureKind> MEANINGS = Map.ofEntries(
            Map.entry("TooManyRequestsException", FailureKind.THROTTLED),
            Map.entry("ConcurrentModificationException", FailureKind.CONFLICT),
            Map.entry("InternalErrorException", FailureKind.SERVICE_FAULT),
            Map.entry("InternalServerException", FailureKind.SERVICE_FAULT),
            Map.entry("AccessDeniedException", FailureKind.ACCESS_DENIED),
            Map.entry("NotAuthorizedException", FailureKind.ACCESS_DENIED),
            Map.entry("UnauthorizedException", FailureKind.ACCESS_DENIED),
            Map.entry("ForbiddenException", FailureKind.ACCESS_DENIED),
            Map.entry("ResourceNotFoundException", FailureKind.CLIENT_NOT_FOUND),
            Map.entry("ScopeDoesNotExistException", FailureKind.DEPENDENCY_MISSING),
            Map.entry("InvalidParameterException", FailureKind.INVALID_SETTINGS),
            Map.entry("InvalidOAuthFlowException", FailureKind.INVALID_SETTINGS),
            Map.entry("FeatureUnavailableInTierException", FailureKind.TIER_TOO_LOW),
            Map.entry("LimitExceededException", FailureKind.LIMIT_EXCEEDED),
            Map.entry("ServiceQuotaExceededException", FailureKind.LIMIT_EXCEEDED),
            Map.entry("OperationNotEnabledException", FailureKind.NOT_ENABLED));

    @Test
    void everyExceptionOfTheSdksModelHasItsOneMeaning() throws Exception {
        Map<String, FailureKind> expected = new TreeMap<>();
        Map<String, FailureKind> found = new TreeMap<>();
        for (Class<?> type : modelExceptions(CognitoIdentityProviderException.class)) {
            AwsServiceException.Builder builder =
                    (AwsServiceException.Builder) type.getMethod("builder").invoke(null);
            builder.statusCode(400);
            builder.awsErrorDetails(details(type.getSimpleName(), "its words"));
            Failure failure = Failures.of(Operation.UPDATE_CLIENT, builder.build());
            found.put(type.getSimpleName(), failure.kind());
            expected.put(
                    type.getSimpleName(), MEANINGS.getOrDefault(type.getSimpleName(), FailureKind.UNKNOWN_REFUSAL));
            assertThat(failure.message()).isEqualTo("its words");
        }
        assertThat(found).isEqualTo(expected).containsKeys(MEANINGS.keySet().toArray(String[]::new));
    }

    @Test
    void everyExceptionOfStsKeepsARoleFromBeingAssumedAndNeverReadsLikeAVerdictOnAClient() throws Exception {
        for (Class<?> type : modelExceptions(StsException.class)) {
            AwsServiceException.Builder builder =
                    (AwsServiceException.Builder) type.getMethod("builder").invoke(null);
            builder.statusCode(400);
            builder.awsErrorDetails(details(type.getSimpleName(), "its words"));
            Failure failure = Failures.roleDenied("arn:aws:iam::1:role/r", true, builder.build());
            assertThat(failure.kind())
                    .as(type.getSimpleName())
                    .isIn(FailureKind.ROLE_DENIED, FailureKind.CREDENTIALS, FailureKind.NOT_ENABLED);
            assertThat(failure.mayHaveTakenEffect()).isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "ThrottlingException, 400, THROTTLED",
        "SlowDown, 503, THROTTLED",
        ", 429, THROTTLED",
        "ExpiredTokenException, 400, CREDENTIALS",
        "UnrecognizedClientException, 400, CREDENTIALS",
        "InvalidSignatureException, 400, CREDENTIALS",
        "ServiceUnavailable, 503, SERVICE_FAULT",
        ", 500, SERVICE_FAULT",
        ", 502, SERVICE_FAULT",
        ", 504, SERVICE_FAULT",
        "RequestTimeout, 408, UNREACHABLE",
        "SomethingNew, 400, UNKNOWN_REFUSAL",
        ", 403, UNKNOWN_REFUSAL",
        "ValidationException, 400, INVALID_SETTINGS"
    })
    void anErrorOutsideTheModelIsSortedByItsCodeAndThenByItsStatus(String code, int status, FailureKind kind) {
        assertThat(refusal(Operation.CREATE_CLIENT, code, status, "x").kind()).isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DESCRIBE_CLIENT | User pool client 3abc does not exist. | CLIENT_NOT_FOUND",
                "UPDATE_CLIENT | User pool client 3abc does not exist. | CLIENT_NOT_FOUND",
                "DESCRIBE_CLIENT | User pool eu-west-1_Shop does not exist. | POOL_NOT_FOUND",
                "DELETE_CLIENT | User pool eu-west-1_Shop does not exist. | POOL_NOT_FOUND",
                "CREATE_CLIENT | Whatever. | POOL_NOT_FOUND",
                "LIST_CLIENTS | Whatever. | POOL_NOT_FOUND",
                "DESCRIBE_POOL | Whatever. | POOL_NOT_FOUND"
            })
    void whatWasNotFoundIsToldByTheWords(Operation operation, String words, FailureKind kind) {
        Failure failure = refusal(operation, "ResourceNotFoundException", 400, words);
        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(Failures.leavesDoubt(failure)).isFalse();
    }

    @Test
    void wordsThatDoNotTellLeaveDoubt() {
        assertThat(Failures.leavesDoubt(refusal(Operation.DELETE_CLIENT, "ResourceNotFoundException", 400, "Gone.")))
                .isTrue();
    }

    @Test
    void aMissingProviderIsNotAnInvalidSetting() {
        assertThat(refusal(
                                Operation.CREATE_CLIENT,
                                "InvalidParameterException",
                                400,
                                "The provider Google does not exist for User Pool eu-west-1_Shop.")
                        .kind())
                .isEqualTo(FailureKind.DEPENDENCY_MISSING);
    }

    static Stream<IOException> beforeAnythingIsSent() {
        return Stream.of(new ConnectException("Connection refused"), new UnknownHostException("cognito.example"));
    }

    @ParameterizedTest
    @MethodSource("beforeAnythingIsSent")
    void aConnectionThatNeverCameAboutChangedNothing(IOException cause) {
        Failure failure = Failures.of(
                Operation.CREATE_CLIENT, SdkClientException.create("Unable to execute HTTP request", cause));
        assertThat(failure.kind()).isEqualTo(FailureKind.NOT_SENT);
        assertThat(failure.mayHaveTakenEffect()).isFalse();
        assertThat(failure.message()).contains(cause.getMessage());
    }

    static Stream<IOException> afterSomethingMayBeSent() {
        return Stream.of(new SocketException("Connection reset"), new SocketTimeoutException("Read timed out"));
    }

    @ParameterizedTest
    @MethodSource("afterSomethingMayBeSent")
    void aConnectionThatBrokeMayHaveChangedSomethingUnlessTheCallOnlyReads(IOException cause) {
        SdkClientException broken = SdkClientException.create("Unable to execute HTTP request", cause);
        assertThat(Failures.of(Operation.CREATE_CLIENT, broken).mayHaveTakenEffect())
                .isTrue();
        assertThat(Failures.of(Operation.DESCRIBE_CLIENT, broken).mayHaveTakenEffect())
                .isFalse();
        assertThat(Failures.of(Operation.ASSUME_ROLE, broken).mayHaveTakenEffect())
                .isFalse();
    }

    @Test
    void noAnswerInTimeLeavesTheEffectOpen() {
        Failure failure = Failures.of(Operation.UPDATE_CLIENT, ApiCallTimeoutException.create(8000));
        assertThat(failure.kind()).isEqualTo(FailureKind.UNREACHABLE);
        assertThat(failure.mayHaveTakenEffect()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb", "a \r\n  b"})
    void aMessageIsOneLine(String words) {
        assertThat(refusal(Operation.CREATE_CLIENT, "X", 400, words).message()).isEqualTo("a b");
    }

    @Test
    void aMessageIsBounded() {
        assertThat(refusal(Operation.CREATE_CLIENT, "X", 400, "x".repeat(5000)).message())
                .hasSizeLessThan(1010);
    }

    private static Failure refusal(Operation operation, String code, int status, String words) {
        return Failures.of(
                operation,
                AwsServiceException.builder()
                        .statusCode(status)
                        .requestId("0000-request-id")
                        .awsErrorDetails(details(code, words))
                        .build());
    }

    private static AwsErrorDetails details(String code, String words) {
        return AwsErrorDetails.builder()
                .errorCode(code)
                .errorMessage(words)
                .serviceName("CognitoIdentityProvider")
                .build();
    }

    /** The SDK's own list: whatever its jar holds. */
    private static Iterable<Class<?>> modelExceptions(Class<?> base) throws Exception {
        URI jar = base.getProtectionDomain().getCodeSource().getLocation().toURI();
        Map<String, Class<?>> types = new HashMap<>();
        try (FileSystem files = FileSystems.newFileSystem(Path.of(jar));
                Stream<Path> paths =
                        Files.list(files.getPath(base.getPackageName().replace('.', '/')))) {
            for (Path path : paths.filter(file -> file.toString().endsWith("Exception.class"))
                    .toList()) {
                String name = path.getFileName().toString().replace(".class", "");
                Class<?> type = Class.forName(base.getPackageName() + "." + name);
                if (AwsServiceException.class.isAssignableFrom(type) && type != base) {
                    types.put(name, type);
                }
            }
        }
        assertThat(types).hasSizeGreaterThan(10);
        return types.values();
    }
}
