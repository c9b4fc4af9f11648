package dev.appclients.cognito.aws.call;

import dev.appclients.cognito.aws.Operation;
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

/** Maps exceptions of the SDK to failures, with the service's own message and without the SDK's additions. */
public final class FailureMapper {

    private static final int LONGEST_MESSAGE = 1000;
    /** AWS services send seconds. The other form of the header, a date, depends on two clocks. */
    private static final Pattern WHOLE_SECONDS = Pattern.compile("\\d{1,6}");

    private static final String UNREADABLE = "Unable to unmarshall response";
    private static final String NOT_FOUND = "ResourceNotFoundException";

    /** Causes that occur before a byte of the request is sent. */
    private static final List<Class<? extends Exception>> BEFORE_SENDING = List.of(
            ConnectException.class,
            UnknownHostException.class,
            NoRouteToHostException.class,
            ConnectTimeoutException.class,
            ConnectionRequestTimeoutException.class,
            SSLHandshakeException.class);

    private FailureMapper() {}

    /** The failure of a call to Cognito, or of {@code GetCallerIdentity}. */
    public static Failure of(Operation operation, SdkException e) {
        String name = operation.apiName();
        return switch (e) {
            case AwsServiceException refusal ->
                new Failure(kind(operation, refusal), name, message(operation, refusal));
            case ApiCallTimeoutException timeout -> timeout(name, timeout);
            case ApiCallAttemptTimeoutException timeout -> timeout(name, timeout);
            case AbortedException aborted ->
                new Failure(FailureKind.UNREACHABLE, name, "interrupted while waiting for the answer");
            default -> transport(name, e);
        };
    }

    /** The failure of {@code AssumeRole}. */
    public static Failure roleDenied(String roleArn, boolean withExternalId, SdkException e) {
        Failure failure = of(Operation.ASSUME_ROLE, e);
        return switch (failure.kind()) {
            case ACCESS_DENIED, INVALID_SETTINGS, UNKNOWN_REFUSAL, LIMIT_EXCEEDED ->
                new Failure(
                        FailureKind.ROLE_DENIED,
                        failure.operation(),
                        "the role " + roleArn + " cannot be assumed: " + withoutFullStop(failure.message()) + ". "
                                + roleAdvice(failure.message(), withExternalId));
            case SESSION_TAGS_TOO_LARGE ->
                new Failure(
                        failure.kind(),
                        failure.operation(),
                        "the role " + roleArn + " cannot be assumed: " + failure.message());
            default -> failure;
        };
    }

    /** The exception for an answer that cannot be read to its end, in the form that the SDK uses. */
    static SdkClientException unreadableAnswer(Exception e) {
        return SdkClientException.create(UNREADABLE, e);
    }

    /** The pause that the service asked for; zero for none. */
    static Duration retryAfter(SdkException e) {
        return e instanceof AwsServiceException refusal && refusal.awsErrorDetails() != null
                ? Optional.ofNullable(refusal.awsErrorDetails().sdkHttpResponse())
                        .flatMap(response -> response.firstMatchingHeader("Retry-After"))
                        .filter(seconds -> WHOLE_SECONDS.matcher(seconds).matches())
                        .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)))
                        .orElse(Duration.ZERO)
                : Duration.ZERO;
    }

    /** The failure of an answer that lacks its payload: it is incomplete, or did not come from Cognito. */
    public static Failure incomplete(Operation operation, String missing) {
        return new Failure(FailureKind.UNREACHABLE, operation.apiName(), "the answer contains no " + missing);
    }

    /** IAM gives no reason except the name of a missing action. */
    private static String roleAdvice(String message, boolean withExternalId) {
        return message.contains("sts:TagSession")
                ? "The operator tags each session: allow sts:TagSession beside sts:AssumeRole, both in the role's trust"
                        + " policy and in the operator's own policy"
                : "Check that the role exists. Its trust policy must allow the operator's identity sts:AssumeRole and"
                        + " sts:TagSession, and the operator's own policy must allow both on the role. "
                        + (withExternalId
                                ? "The external id must be the one that the trust policy requires"
                                : "If the trust policy requires an external id, set it");
    }

    /** Whether the service did not say if the client or its pool does not exist. */
    public static boolean isAmbiguous(Failure failure) {
        return failure.kind() == FailureKind.CLIENT_NOT_FOUND
                && !failure.message().contains("User pool client");
    }

    /**
     * Whether the service refused to delete a secret without saying that the secret does not exist. A refusal to delete the last secret
     * does not say it: Cognito may count the secrets before it searches for the id.
     */
    public static boolean isAmbiguousAboutSecret(Failure failure) {
        return failure.kind() == FailureKind.LAST_SECRET
                || (failure.kind() == FailureKind.SECRET_NOT_FOUND
                        && !SecretErrors.isAboutMissingSecret(failure.message()));
    }

    /** Whether the error code has a meaning of its own. */
    static boolean isKnownCode(@Nullable String code) {
        return NOT_FOUND.equals(code) || ErrorCodes.kindOf(code) != null;
    }

    private static FailureKind kind(Operation operation, AwsServiceException e) {
        String code = code(e);
        if (NOT_FOUND.equals(code)) {
            return notFound(operation, message(e));
        }
        FailureKind known = ErrorCodes.kindOf(code);
        if (known == FailureKind.INVALID_SETTINGS) {
            return invalid(operation, message(e));
        }
        if (known == FailureKind.LIMIT_EXCEEDED) {
            return limit(operation);
        }
        return known != null ? known : kind(e.statusCode());
    }

    /** Only two operations send settings of the manifest. In the others, no change of the manifest helps. */
    private static FailureKind invalid(Operation operation, String message) {
        return switch (operation) {
            case CREATE_CLIENT, UPDATE_CLIENT ->
                isMissingProvider(message)
                        ? FailureKind.DEPENDENCY_MISSING
                        : isAboutTheTier(message) ? FailureKind.TIER_TOO_LOW : FailureKind.INVALID_SETTINGS;
            case ADD_SECRET -> FailureKind.SECRET_NOT_ADDED;
            case DELETE_SECRET ->
                SecretErrors.isAboutLastSecret(message) ? FailureKind.LAST_SECRET : FailureKind.SECRET_NOT_FOUND;
            case DELETE_CLIENT,
                    DESCRIBE_CLIENT,
                    LIST_CLIENTS,
                    LIST_SECRETS,
                    DESCRIBE_POOL,
                    DESCRIBE_DOMAIN,
                    LIST_RESOURCE_SERVERS,
                    LIST_PROVIDERS,
                    ASSUME_ROLE,
                    GET_CALLER_IDENTITY -> FailureKind.UNKNOWN_REFUSAL;
        };
    }

    /** A client has a limit of its own: two secrets. */
    private static FailureKind limit(Operation operation) {
        return switch (operation) {
            case ADD_SECRET -> FailureKind.SECRET_LIMIT;
            case LIST_SECRETS, DELETE_SECRET -> FailureKind.UNKNOWN_REFUSAL;
            case CREATE_CLIENT,
                    UPDATE_CLIENT,
                    DELETE_CLIENT,
                    DESCRIBE_CLIENT,
                    LIST_CLIENTS,
                    DESCRIBE_POOL,
                    DESCRIBE_DOMAIN,
                    LIST_RESOURCE_SERVERS,
                    LIST_PROVIDERS,
                    ASSUME_ROLE,
                    GET_CALLER_IDENTITY -> FailureKind.LIMIT_EXCEEDED;
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

    private static FailureKind notFound(Operation operation, String message) {
        return switch (operation) {
            case DESCRIBE_CLIENT, UPDATE_CLIENT, DELETE_CLIENT, ADD_SECRET, LIST_SECRETS ->
                isAboutPool(message) ? FailureKind.POOL_NOT_FOUND : FailureKind.CLIENT_NOT_FOUND;
            case DELETE_SECRET ->
                isAboutPool(message)
                        ? FailureKind.POOL_NOT_FOUND
                        : message.startsWith("User pool client")
                                ? FailureKind.CLIENT_NOT_FOUND
                                : FailureKind.SECRET_NOT_FOUND;
            case CREATE_CLIENT, LIST_CLIENTS, DESCRIBE_POOL, DESCRIBE_DOMAIN, LIST_RESOURCE_SERVERS, LIST_PROVIDERS ->
                FailureKind.POOL_NOT_FOUND;
            case ASSUME_ROLE, GET_CALLER_IDENTITY -> FailureKind.UNKNOWN_REFUSAL;
        };
    }

    private static boolean isAboutPool(String message) {
        return message.startsWith("User pool ") && !message.startsWith("User pool client");
    }

    /** Cognito reports "The provider X does not exist for User Pool Y" as an invalid parameter. The provider may appear later. */
    private static boolean isMissingProvider(String message) {
        return message.contains("provider ") && message.contains(" does not exist");
    }

    /** Cognito reports "The following features need to be disabled for the LITE pricing tier configured: …". */
    private static boolean isAboutTheTier(String message) {
        return message.contains("pricing tier");
    }

    private static String message(Operation operation, AwsServiceException e) {
        String message = message(e);
        return operation == Operation.ADD_SECRET ? SecretErrors.withoutValue(code(e), message) : message;
    }

    private static @Nullable String code(AwsServiceException e) {
        return e.awsErrorDetails() == null ? null : e.awsErrorDetails().errorCode();
    }

    private static String message(AwsServiceException e) {
        AwsErrorDetails details = e.awsErrorDetails();
        String message = details == null ? null : details.errorMessage();
        String code = code(e);
        if (message != null && !message.isBlank()) {
            return oneLine(message);
        }
        return code == null ? "HTTP status " + e.statusCode() : code + " (HTTP status " + e.statusCode() + ")";
    }

    private static Failure timeout(String operation, SdkException timeout) {
        return new Failure(FailureKind.UNREACHABLE, operation, "the call timed out: " + oneLine(timeout.rawMessage()));
    }

    private static Failure transport(String operation, SdkException e) {
        boolean notSent = causes(e).anyMatch(cause -> BEFORE_SENDING.stream().anyMatch(type -> type.isInstance(cause)));
        Throwable last = causes(e).reduce(e, (outer, inner) -> inner);
        return new Failure(
                notSent ? FailureKind.NOT_SENT : FailureKind.UNREACHABLE, operation, transportMessage(e, last));
    }

    private static String transportMessage(SdkException e, Throwable last) {
        if (e.rawMessage() != null && e.rawMessage().startsWith(UNREADABLE)) {
            // The parser's message may quote the answer, and the answer may contain a secret.
            return "the answer cannot be read (" + last.getClass().getSimpleName() + ")";
        }
        String reason = oneLine(last instanceof SdkException sdk ? sdk.rawMessage() : last.getMessage());
        return (last instanceof UnknownHostException ? "unknown host: " : "") + reason;
    }

    private static Stream<Throwable> causes(Throwable e) {
        return Stream.iterate(e, cause -> cause != null, Throwable::getCause).limit(16);
    }

    private static String withoutFullStop(String message) {
        return message.endsWith(".") ? message.substring(0, message.length() - 1) : message;
    }

    private static String oneLine(@Nullable String message) {
        if (message == null) {
            return "no reason given";
        }
        String line = message.lines().map(String::strip).collect(Collectors.joining(" "));
        return line.length() > LONGEST_MESSAGE ? line.substring(0, LONGEST_MESSAGE) + "…" : line;
    }
}
