package dev.appclients.cognito.aws.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.aws.Operation;
import dev.appclients.cognito.failure.Failure;
import dev.appclients.cognito.failure.FailureKind;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.SdkHttpResponse;

class FailureMapperTest {

    private static final String ROLE = "arn:aws:iam::123456789012:role/shop";

    static Stream<String> exceptionsOfCognito() {
        return SdkExceptions.ofCognito().keySet().stream();
    }

    static Stream<String> exceptionsOfSts() {
        return SdkExceptions.ofSts().keySet().stream();
    }

    /** When this fails after an upgrade of the SDK: add the new exception and its meaning to the table. */
    @ParameterizedTest
    @MethodSource("exceptionsOfCognito")
    void everyExceptionOfTheModelHasAMeaning(String name) {
        FailureKind meaning = Meanings.OF_COGNITO.get(name);
        assertThat(meaning)
                .as("%s is new in the SDK and has no meaning in the table", name)
                .isNotNull();

        Failure failure = FailureMapper.of(
                Operation.UPDATE_CLIENT, SdkExceptions.ofCognito().get(name));

        assertThat(failure.kind()).isEqualTo(meaning);
        assertThat(failure.message()).isEqualTo("its words");
    }

    @Test
    void everyMeaningBelongsToAnExceptionOfTheSdk() {
        assertThat(SdkExceptions.ofCognito().keySet()).containsAll(Meanings.OF_COGNITO.keySet());
        assertThat(SdkExceptions.ofSts().keySet()).containsAll(Meanings.OF_STS.keySet());
    }

    @ParameterizedTest
    @MethodSource("exceptionsOfSts")
    void everyExceptionOfStsHasAMeaningForAssumeRole(String name) {
        FailureKind meaning = Meanings.OF_STS.get(name);
        assertThat(meaning)
                .as("%s is new in the SDK and has no meaning in the table", name)
                .isNotNull();

        Failure failure =
                FailureMapper.roleDenied(ROLE, true, SdkExceptions.ofSts().get(name));

        assertThat(failure.kind()).isEqualTo(meaning);
        assertThat(failure.mayHaveTakenEffect()).isFalse();
    }

    static Stream<Arguments> declaredExceptions() {
        return Arrays.stream(Operation.values())
                .flatMap(operation ->
                        SdkExceptions.declaredBy(operation).stream().map(name -> Arguments.of(operation, name)));
    }

    /** The exceptions that the SDK declares for each operation that the operator calls. */
    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("declaredExceptions")
    void everyDeclaredExceptionIsKnownUnlessItBlamesTheOperatorsOwnParameters(Operation operation, String name) {
        Failure failure = operation == Operation.ASSUME_ROLE
                ? FailureMapper.roleDenied(ROLE, true, SdkExceptions.ofSts().get(name))
                : FailureMapper.of(operation, SdkExceptions.ofCognito().get(name));
        Set<String> unknown = switch (operation) {
            case CREATE_CLIENT, UPDATE_CLIENT, ADD_SECRET -> Set.of();
            case LIST_SECRETS -> Set.of("InvalidParameterException", "LimitExceededException");
            case DELETE_SECRET -> Set.of("LimitExceededException");
            default -> Set.of("InvalidParameterException");
        };

        assertThat(failure.kind() == FailureKind.UNKNOWN_REFUSAL).isEqualTo(unknown.contains(name));
        assertThat(failure.kind() == FailureKind.LIMIT_EXCEEDED)
                .isEqualTo(operation == Operation.CREATE_CLIENT && name.equals("LimitExceededException"));
    }

    @Test
    void everyOperationButOneDeclaresExceptions() {
        assertThat(Operation.values())
                .filteredOn(operation -> SdkExceptions.declaredBy(operation).isEmpty())
                .containsExactly(Operation.GET_CALLER_IDENTITY);
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
        "InternalFailure, 500, SERVICE_FAULT",
        "RequestExpired, 400, CREDENTIALS",
        "RequestTimeTooSkewed, 403, CREDENTIALS",
        "SignatureDoesNotMatch, 403, CREDENTIALS",
        "InvalidClientTokenId, 403, CREDENTIALS",
        "AccessDenied, 403, ACCESS_DENIED",
        "OptInRequired, 403, ACCESS_DENIED",
        "RequestLimitExceeded, 503, THROTTLED",
        ", 503, SERVICE_FAULT",
        "SomethingNew, 400, UNKNOWN_REFUSAL",
        ", 403, UNKNOWN_REFUSAL",
        "ValidationException, 400, INVALID_SETTINGS"
    })
    void anErrorOutsideTheModelIsMappedByItsCodeOrElseByItsStatus(String code, int status, FailureKind kind) {
        assertThat(refusal(Operation.CREATE_CLIENT, code, status, "x").kind()).isEqualTo(kind);
    }

    @ParameterizedTest
    @ValueSource(strings = {"InvalidParameterException", "FeatureUnavailableInTierException"})
    void aFeatureThatThePricingTierLacksIsRecognisedByTheMessage(String code) {
        assertThat(refusal(
                                Operation.UPDATE_CLIENT,
                                code,
                                400,
                                "The following features need to be disabled for the LITE pricing tier configured: Refresh Token"
                                        + " Rotation")
                        .kind())
                .isEqualTo(FailureKind.TIER_TOO_LOW);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DESCRIBE_CLIENT | User pool client 3abc does not exist. | CLIENT_NOT_FOUND",
                "UPDATE_CLIENT | User pool client 3abc does not exist. | CLIENT_NOT_FOUND",
                "DESCRIBE_CLIENT | User pool eu-west-1_Shop does not exist. | POOL_NOT_FOUND",
                "DELETE_CLIENT | User pool eu-west-1_Shop does not exist. | POOL_NOT_FOUND",
                "ADD_SECRET | User pool client 3abc does not exist. | CLIENT_NOT_FOUND",
                "ADD_SECRET | User pool eu-west-1_Shop does not exist. | POOL_NOT_FOUND",
                "LIST_SECRETS | User pool client 3abc does not exist. | CLIENT_NOT_FOUND",
                "LIST_SECRETS | User pool eu-west-1_Shop does not exist. | POOL_NOT_FOUND",
                "DELETE_SECRET | User pool client 3abc does not exist. | CLIENT_NOT_FOUND",
                "DELETE_SECRET | User pool eu-west-1_Shop does not exist. | POOL_NOT_FOUND",
                "DELETE_SECRET | Client secret 3abc--1 does not exist. | SECRET_NOT_FOUND",
                "CREATE_CLIENT | Whatever. | POOL_NOT_FOUND",
                "LIST_CLIENTS | Whatever. | POOL_NOT_FOUND",
                "DESCRIBE_POOL | Whatever. | POOL_NOT_FOUND"
            })
    void theMessageShowsWhetherTheClientOrThePoolIsMissing(Operation operation, String words, FailureKind kind) {
        Failure failure = refusal(operation, "ResourceNotFoundException", 400, words);
        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(FailureMapper.isAmbiguous(failure)).isFalse();
        assertThat(FailureMapper.isAmbiguousAboutSecret(failure)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ResourceNotFoundException | Gone. | SECRET_NOT_FOUND | true",
                "InvalidParameterException | Something else. | SECRET_NOT_FOUND | true",
                "InvalidParameterException | Client secret 3abc--1 does not exist. | SECRET_NOT_FOUND | false",
                "InvalidParameterException | The last client secret cannot be deleted. | LAST_SECRET | true",
                "InvalidParameterException | A client must have at least one secret. | LAST_SECRET | true",
                "AccessDeniedException | No. | ACCESS_DENIED | false",
                "LimitExceededException | No. | UNKNOWN_REFUSAL | false"
            })
    void aRefusedDeleteOfASecretIsAmbiguousUnlessItSaysThatTheSecretDoesNotExist(
            String code, String words, FailureKind kind, boolean ambiguous) {
        Failure failure = refusal(Operation.DELETE_SECRET, code, 400, words);
        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.message()).isEqualTo(words);
        assertThat(FailureMapper.isAmbiguousAboutSecret(failure)).isEqualTo(ambiguous);
    }

    static Stream<Arguments> refusedAdditions() {
        String withheld = ": the operator withholds the error text of AWS, because it may quote the secret";
        return Stream.of(
                Arguments.of(
                        "LimitExceededException", 400, FailureKind.SECRET_LIMIT, "LimitExceededException" + withheld),
                Arguments.of(
                        "InvalidParameterException",
                        400,
                        FailureKind.SECRET_NOT_ADDED,
                        "InvalidParameterException: Cognito refuses the value of the secret, or allows this client no"
                                + " second secret"),
                Arguments.of(
                        "SerializationException",
                        400,
                        FailureKind.SECRET_NOT_ADDED,
                        "SerializationException: Cognito refuses the value of the secret, or allows this client no"
                                + " second secret"),
                Arguments.of(
                        "AccessDeniedException",
                        400,
                        FailureKind.ACCESS_DENIED,
                        "AccessDeniedException: IAM denies cognito-idp:AddUserPoolClientSecret, or Cognito allows this"
                                + " client no second secret"),
                Arguments.of(
                        "TooManyRequestsException", 400, FailureKind.THROTTLED, "TooManyRequestsException" + withheld),
                Arguments.of("SomethingNew", 400, FailureKind.UNKNOWN_REFUSAL, "SomethingNew" + withheld),
                Arguments.of(null, 500, FailureKind.SERVICE_FAULT, "no error code" + withheld));
    }

    @ParameterizedTest
    @MethodSource("refusedAdditions")
    void theTextOfARefusedAdditionIsWithheld(String code, int status, FailureKind kind, String message) {
        assertThat(refusal(Operation.ADD_SECRET, code, status, "Value 'canarysecretvalue0123456789' is wrong."))
                .isEqualTo(new Failure(kind, "AddUserPoolClientSecret", message));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "User pool client 3abc does not exist.",
                "User pool eu-west-1_Shop does not exist.",
                "Client secrets cannot exceed limit of 2 secrets.",
                "User: arn:aws:sts::123456789012:assumed-role/operator/x is not authorized to perform:"
                        + " cognito-idp:AddUserPoolClientSecret on resource:"
                        + " arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_Shop because no identity-based"
                        + " policy allows the cognito-idp:AddUserPoolClientSecret action"
            })
    void aTextWithoutTheValueIsPassedOn(String words) {
        assertThat(refusal(Operation.ADD_SECRET, "AccessDeniedException", 400, words)
                        .message())
                .isEqualTo(words);
    }

    @Test
    void notFoundWithoutANameIsAmbiguous() {
        assertThat(FailureMapper.isAmbiguous(
                        refusal(Operation.DELETE_CLIENT, "ResourceNotFoundException", 400, "Gone.")))
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

    static Stream<IOException> causesBeforeSending() {
        return Stream.of(new ConnectException("Connection refused"), new UnknownHostException("cognito.example"));
    }

    @ParameterizedTest
    @MethodSource("causesBeforeSending")
    void aFailedConnectionAttemptHasNoEffect(IOException cause) {
        Failure failure = FailureMapper.of(
                Operation.CREATE_CLIENT, SdkClientException.create("Unable to execute HTTP request", cause));
        assertThat(failure.kind()).isEqualTo(FailureKind.NOT_SENT);
        assertThat(failure.mayHaveTakenEffect()).isFalse();
        assertThat(failure.message()).contains(cause.getMessage());
    }

    static Stream<IOException> causesAfterSending() {
        return Stream.of(new SocketException("Connection reset"), new SocketTimeoutException("Read timed out"));
    }

    @ParameterizedTest
    @MethodSource("causesAfterSending")
    void aBrokenConnectionMayHaveAnEffectUnlessTheCallOnlyReads(IOException cause) {
        SdkClientException broken = SdkClientException.create("Unable to execute HTTP request", cause);
        assertThat(FailureMapper.of(Operation.CREATE_CLIENT, broken).mayHaveTakenEffect())
                .isTrue();
        assertThat(FailureMapper.of(Operation.DESCRIBE_CLIENT, broken).mayHaveTakenEffect())
                .isFalse();
        assertThat(FailureMapper.of(Operation.ASSUME_ROLE, broken).mayHaveTakenEffect())
                .isFalse();
    }

    @Test
    void thePauseOfAThrottleIsRead() {
        assertThat(FailureMapper.retryAfter(throttle("7"))).isEqualTo(Duration.ofSeconds(7));
        assertThat(FailureMapper.retryAfter(throttle("Wed, 21 Oct 2026 07:28:00 GMT")))
                .isZero();
        assertThat(FailureMapper.retryAfter(SdkClientException.create("no answer")))
                .isZero();
    }

    private static AwsServiceException throttle(String retryAfter) {
        return AwsServiceException.builder()
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode("TooManyRequestsException")
                        .sdkHttpResponse(SdkHttpResponse.builder()
                                .statusCode(400)
                                .appendHeader("Retry-After", retryAfter)
                                .build())
                        .build())
                .build();
    }

    @Test
    void aTimeoutLeavesTheEffectUnknown() {
        Failure failure = FailureMapper.of(Operation.UPDATE_CLIENT, ApiCallTimeoutException.create(8000));
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
        return FailureMapper.of(
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
}
