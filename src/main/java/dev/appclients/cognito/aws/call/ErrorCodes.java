package dev.appclients.cognito.aws.call;

import dev.appclients.cognito.failure.FailureKind;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Maps error codes to kinds of failure: the codes of the Cognito and STS models, and those common to all AWS services. */
final class ErrorCodes {

    static final Map<FailureKind, Set<String>> CODES = Map.ofEntries(
            Map.entry(
                    FailureKind.THROTTLED,
                    Set.of(
                            "TooManyRequestsException",
                            "Throttling",
                            "ThrottlingException",
                            "ThrottledException",
                            "RequestThrottled",
                            "RequestThrottledException",
                            "RequestLimitExceeded",
                            "BandwidthLimitExceeded",
                            "SlowDown",
                            "PriorRequestNotComplete")),
            Map.entry(
                    FailureKind.CONFLICT, Set.of("ConcurrentModificationException", "TransactionInProgressException")),
            Map.entry(
                    FailureKind.SERVICE_FAULT,
                    Set.of(
                            "InternalErrorException",
                            "InternalServerException",
                            "InternalFailure",
                            "InternalError",
                            // DescribeUserPool sets no tags: here, the service failed to read them.
                            "UserPoolTaggingException",
                            "ServiceUnavailable",
                            "ServiceUnavailableException")),
            Map.entry(
                    FailureKind.CREDENTIALS,
                    Set.of(
                            "ExpiredToken",
                            "ExpiredTokenException",
                            "InvalidToken",
                            "InvalidClientTokenId",
                            "UnrecognizedClientException",
                            "InvalidAccessKeyId",
                            "InvalidSignatureException",
                            "SignatureDoesNotMatch",
                            "IncompleteSignature",
                            "IncompleteSignatureException",
                            "MissingAuthenticationToken",
                            "MissingAuthenticationTokenException",
                            "RequestExpired",
                            "RequestTimeTooSkewed",
                            "AuthFailure",
                            "InvalidIdentityTokenException",
                            "InvalidIdentityToken",
                            "IDPCommunicationError",
                            "IdpCommunicationErrorException",
                            "IDPRejectedClaim",
                            "IdpRejectedClaimException",
                            "ExpiredTradeInTokenException")),
            Map.entry(
                    FailureKind.ACCESS_DENIED,
                    Set.of(
                            "AccessDenied",
                            "AccessDeniedException",
                            "NotAuthorizedException",
                            "UnauthorizedException",
                            "UnauthorizedOperation",
                            "ForbiddenException",
                            "OptInRequired")),
            Map.entry(FailureKind.DEPENDENCY_MISSING, Set.of("ScopeDoesNotExistException")),
            Map.entry(
                    FailureKind.INVALID_SETTINGS,
                    Set.of(
                            "InvalidParameterException",
                            "InvalidOAuthFlowException",
                            "ValidationException",
                            "ValidationError",
                            "SerializationException",
                            "MissingParameter",
                            "InvalidParameterValue")),
            Map.entry(FailureKind.TIER_TOO_LOW, Set.of("FeatureUnavailableInTierException")),
            Map.entry(FailureKind.LIMIT_EXCEEDED, Set.of("LimitExceededException", "ServiceQuotaExceededException")),
            Map.entry(FailureKind.NOT_ENABLED, Set.of("OperationNotEnabledException", "RegionDisabledException")),
            Map.entry(
                    FailureKind.SESSION_TAGS_TOO_LARGE,
                    Set.of("PackedPolicyTooLarge", "PackedPolicyTooLargeException")));

    private ErrorCodes() {}

    /** The kind of an error code; null for an unknown one. {@link FailureMapper} handles ResourceNotFoundException. */
    static @Nullable FailureKind kindOf(@Nullable String code) {
        if (code == null) {
            return null;
        }
        for (Map.Entry<FailureKind, Set<String>> entry : CODES.entrySet()) {
            if (entry.getValue().contains(code)) {
                return entry.getKey();
            }
        }
        return null;
    }
}
