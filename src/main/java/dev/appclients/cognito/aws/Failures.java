package dev.appclients.cognito.aws;

import dev.appclients.cognito.failure.Failure;
import dev.appclients.cognito.failure.FailureKind;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;

/** Gives every exception of the SDK its one meaning, and the service's own words without the SDK's decoration. */
final class Failures {

    private static final int LONGEST_MESSAGE = 1000;
    /** The other form, a date, depends on two clocks, and no AWS service uses it. */
    private static final Pattern WHOLE_SECONDS = Pattern.compile("\\d{1,6}");

    private static final String UNREADABLE = "Unable to unmarshall response";
    private static final String GONE = "ResourceNotFoundException";

    /** Before any of these, not a byte of the request has left. */
    private static final List<Class<? extends Exception>> NOTHING_SENT = List.of(
            ConnectException.class,
            UnknownHostException.class,
            NoRouteToHostException.class,
            ConnectTimeoutException.class,
            ConnectionRequestTimeoutException.class,
            SSLHandshakeException.class);

    private Failures() {}

    /** What it means that a call ended so. */
    static Failure of(Operation operation, SdkException e) {
        String name = operation.apiName();
        return switch (e) {
            case AwsServiceException refusal -> new Failure(kind(operation, refusal), name, words(refusal));
            case ApiCallTimeoutException timeout -> noAnswer(name, timeout);
            case ApiCallAttemptTimeoutException timeout -> noAnswer(name, timeout);
            case AbortedException aborted ->
                new Failure(FailureKind.UNREACHABLE, name, "interrupted while waiting for the answer");
            default -> transport(name, e);
        };
    }

    /** What it means that the operator's own credentials could not be had. */
    static Failure noCredentials(Operation operation, SdkException e) {
        return new Failure(
                FailureKind.CREDENTIALS,
                operation.apiName(),
                "the operator has no usable AWS credentials ("
                        + CredentialChainWords.reason(e)
                        + "); check the IAM role of its service account (IRSA or EKS Pod Identity), or its environment");
    }

    /** What it means that a role could not be assumed. */
    static Failure roleDenied(String roleArn, boolean withExternalId, SdkException e) {
        Failure failure = of(Operation.ASSUME_ROLE, e);
        return switch (failure.kind()) {
            case ACCESS_DENIED, INVALID_SETTINGS, UNKNOWN_REFUSAL, LIMIT_EXCEEDED ->
                new Failure(
                        FailureKind.ROLE_DENIED,
                        failure.operation(),
                        "the role " + roleArn + " cannot be assumed: " + failure.message() + "; "
                                + roleAdvice(failure.message(), withExternalId));
            case SESSION_TAGS_TOO_LARGE ->
                new Failure(
                        failure.kind(),
                        failure.operation(),
                        "the role " + roleArn + " cannot be assumed: " + failure.message());
            default -> failure;
        };
    }

    /** An answer that cannot be read to its end, in the form in which the SDK reports what it finds itself. */
    static SdkClientException brokenOff(Exception e) {
        return SdkClientException.create(UNREADABLE, e);
    }

    /** How long the service asked not to be called, which few answers say; zero when this one does not. */
    static Duration askedToWait(SdkException e) {
        return e instanceof AwsServiceException refusal && refusal.awsErrorDetails() != null
                ? Optional.ofNullable(refusal.awsErrorDetails().sdkHttpResponse())
                        .flatMap(response -> response.firstMatchingHeader("Retry-After"))
                        .filter(seconds -> WHOLE_SECONDS.matcher(seconds).matches())
                        .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)))
                        .orElse(Duration.ZERO)
                : Duration.ZERO;
    }

    /** What it means that an answer lacks what it is for: it did not come from Cognito, or not whole. */
    static Failure incomplete(Operation operation, String missing) {
        return new Failure(FailureKind.UNREACHABLE, operation.apiName(), "the answer has no " + missing + " in it");
    }

    /** IAM does not say why, but for the action that it misses. */
    private static String roleAdvice(String words, boolean withExternalId) {
        return words.contains("sts:TagSession")
                ? "every session carries tags, so the role's trust policy and the operator's own policy must both allow"
                        + " the operator's identity sts:TagSession beside sts:AssumeRole"
                : "check that the role exists, that its trust policy allows the operator's identity both sts:AssumeRole"
                        + " and sts:TagSession, that the operator's own policy allows both on the role, and that the"
                        + " external id " + (withExternalId ? "is the one it asks for" : "which it may ask for is set");
    }

    /** Whether the service did not say if it was the client or the pool that it missed. */
    static boolean leavesDoubt(Failure failure) {
        return failure.kind() == FailureKind.CLIENT_NOT_FOUND
                && !failure.message().contains("User pool client");
    }

    private static FailureKind kind(Operation operation, AwsServiceException e) {
        String code = e.awsErrorDetails() == null ? null : e.awsErrorDetails().errorCode();
        if (GONE.equals(code)) {
            return gone(operation, words(e));
        }
        FailureKind known = Refusals.kindOf(code);
        if (known == FailureKind.INVALID_SETTINGS) {
            return invalid(operation, words(e));
        }
        return known != null ? known : kind(e.statusCode());
    }

    /** The settings stand in two calls only; what the others send comes from us, and no other manifest would help. */
    private static FailureKind invalid(Operation operation, String words) {
        return switch (operation) {
            case CREATE_CLIENT, UPDATE_CLIENT ->
                isMissingProvider(words)
                        ? FailureKind.DEPENDENCY_MISSING
                        : isAboutTheTier(words) ? FailureKind.TIER_TOO_LOW : FailureKind.INVALID_SETTINGS;
            case DELETE_CLIENT,
                    DESCRIBE_CLIENT,
                    LIST_CLIENTS,
                    DESCRIBE_POOL,
                    DESCRIBE_DOMAIN,
                    LIST_RESOURCE_SERVERS,
                    LIST_PROVIDERS,
                    ASSUME_ROLE,
                    GET_CALLER_IDENTITY -> FailureKind.UNKNOWN_REFUSAL;
        };
    }

    private static FailureKind kind(int status) {
        if (status == 429) {
            return FailureKind.THROTTLED;
        }
        if (status == 408) {
            return FailureKind.UNREACHABLE;
        }
        return status >= 500 ? FailureKind.SERVICE_FAULT : FailureKind.UNKNOWN_REFUSAL;
    }

    private static FailureKind gone(Operation operation, String words) {
        return switch (operation) {
            case DESCRIBE_CLIENT, UPDATE_CLIENT, DELETE_CLIENT ->
                words.startsWith("User pool ") && !words.startsWith("User pool client")
                        ? FailureKind.POOL_NOT_FOUND
                        : FailureKind.CLIENT_NOT_FOUND;
            case CREATE_CLIENT, LIST_CLIENTS, DESCRIBE_POOL, DESCRIBE_DOMAIN, LIST_RESOURCE_SERVERS, LIST_PROVIDERS ->
                FailureKind.POOL_NOT_FOUND;
            case ASSUME_ROLE, GET_CALLER_IDENTITY -> FailureKind.UNKNOWN_REFUSAL;
        };
    }

    /** Cognito says "The provider X does not exist for User Pool Y" and calls it an invalid parameter; it may appear. */
    private static boolean isMissingProvider(String words) {
        return words.contains("provider ") && words.contains(" does not exist");
    }

    /** Cognito says "The following features need to be disabled for the LITE pricing tier configured: …". */
    private static boolean isAboutTheTier(String words) {
        return words.contains("pricing tier");
    }

    private static String words(AwsServiceException e) {
        AwsErrorDetails details = e.awsErrorDetails();
        String message = details == null ? null : details.errorMessage();
        String code = details == null ? null : details.errorCode();
        if (message != null && !message.isBlank()) {
            return oneLine(message);
        }
        return code == null ? "HTTP status " + e.statusCode() : code + " (HTTP status " + e.statusCode() + ")";
    }

    private static Failure noAnswer(String operation, SdkException timeout) {
        return new Failure(FailureKind.UNREACHABLE, operation, "no answer in time: " + oneLine(timeout.rawMessage()));
    }

    private static Failure transport(String operation, SdkException e) {
        boolean nothingSent =
                causes(e).anyMatch(cause -> NOTHING_SENT.stream().anyMatch(type -> type.isInstance(cause)));
        Throwable last = causes(e).reduce(e, (outer, inner) -> inner);
        return new Failure(
                nothingSent ? FailureKind.NOT_SENT : FailureKind.UNREACHABLE, operation, transportWords(e, last));
    }

    private static String transportWords(SdkException e, Throwable last) {
        if (e.rawMessage() != null && e.rawMessage().startsWith(UNREADABLE)) {
            // What a parser says may quote the answer, and the answer may hold a secret.
            return "the answer cannot be read (" + last.getClass().getSimpleName() + ")";
        }
        String words = oneLine(last instanceof SdkException sdk ? sdk.rawMessage() : last.getMessage());
        return (last instanceof UnknownHostException ? "unknown host: " : "") + words;
    }

    private static Stream<Throwable> causes(Throwable e) {
        return Stream.iterate(e, cause -> cause != null, Throwable::getCause).limit(16);
    }

    private static String oneLine(@Nullable String message) {
        if (message == null) {
            return "no reason given";
        }
        String line = message.lines().map(String::strip).collect(Collectors.joining(" "));
        return line.length() > LONGEST_MESSAGE ? line.substring(0, LONGEST_MESSAGE) + "…" : line;
    }
}
