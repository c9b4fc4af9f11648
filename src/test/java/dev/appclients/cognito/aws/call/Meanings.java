package dev.appclients.cognito.aws.call;

import static java.util.Map.entry;

import dev.appclients.cognito.failure.FailureKind;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The expected kind of failure for each exception of the SDK's models. Written by hand, so that a test notices new ones. */
final class Meanings {

    /** The kinds for an update of an app client. They hold for all calls, except for two that have their own tests. */
    static final Map<String, FailureKind> OF_COGNITO = all(
            Map.ofEntries(
                    entry("TooManyRequestsException", FailureKind.THROTTLED),
                    entry("ConcurrentModificationException", FailureKind.CONFLICT),
                    entry("InternalErrorException", FailureKind.SERVICE_FAULT),
                    entry("InternalServerException", FailureKind.SERVICE_FAULT),
                    entry("UserPoolTaggingException", FailureKind.SERVICE_FAULT),
                    entry("AccessDeniedException", FailureKind.ACCESS_DENIED),
                    entry("NotAuthorizedException", FailureKind.ACCESS_DENIED),
                    entry("UnauthorizedException", FailureKind.ACCESS_DENIED),
                    entry("ForbiddenException", FailureKind.ACCESS_DENIED),
                    entry("ResourceNotFoundException", FailureKind.CLIENT_NOT_FOUND),
                    entry("ScopeDoesNotExistException", FailureKind.DEPENDENCY_MISSING),
                    entry("InvalidParameterException", FailureKind.INVALID_SETTINGS),
                    entry("InvalidOAuthFlowException", FailureKind.INVALID_SETTINGS),
                    entry("FeatureUnavailableInTierException", FailureKind.TIER_TOO_LOW),
                    entry("LimitExceededException", FailureKind.LIMIT_EXCEEDED),
                    entry("ServiceQuotaExceededException", FailureKind.LIMIT_EXCEEDED),
                    entry("OperationNotEnabledException", FailureKind.NOT_ENABLED)),
            // Exceptions of operations that the operator never calls.
            List.of(
                    "AliasExistsException",
                    "CodeDeliveryFailureException",
                    "CodeMismatchException",
                    "DeviceKeyExistsException",
                    "DuplicateProviderException",
                    "EnableSoftwareTokenMfaException",
                    "ExpiredCodeException",
                    "GroupExistsException",
                    "InvalidEmailRoleAccessPolicyException",
                    "InvalidLambdaResponseException",
                    "InvalidPasswordException",
                    "InvalidSmsRoleAccessPolicyException",
                    "InvalidSmsRoleTrustRelationshipException",
                    "InvalidUserPoolConfigurationException",
                    "ManagedLoginBrandingExistsException",
                    "MfaMethodNotFoundException",
                    "PasswordHistoryPolicyViolationException",
                    "PasswordResetRequiredException",
                    "PreconditionNotMetException",
                    "RefreshTokenReuseException",
                    "SoftwareTokenMfaNotFoundException",
                    "TermsExistsException",
                    "TierChangeNotAllowedException",
                    "TooManyFailedAttemptsException",
                    "UnexpectedLambdaException",
                    "UnsupportedIdentityProviderException",
                    "UnsupportedOperationException",
                    "UnsupportedTokenTypeException",
                    "UnsupportedUserStateException",
                    "UserImportInProgressException",
                    "UserLambdaValidationException",
                    "UserNotConfirmedException",
                    "UserNotFoundException",
                    "UserPoolAddOnNotEnabledException",
                    "UsernameExistsException",
                    "WebAuthnChallengeNotFoundException",
                    "WebAuthnClientMismatchException",
                    "WebAuthnConfigurationMissingException",
                    "WebAuthnCredentialNotSupportedException",
                    "WebAuthnNotEnabledException",
                    "WebAuthnOriginNotAllowedException",
                    "WebAuthnRelyingPartyMismatchException"));

    /** The kinds for AssumeRole. */
    static final Map<String, FailureKind> OF_STS = all(
            Map.ofEntries(
                    entry("ExpiredTokenException", FailureKind.CREDENTIALS),
                    entry("ExpiredTradeInTokenException", FailureKind.CREDENTIALS),
                    entry("IdpCommunicationErrorException", FailureKind.CREDENTIALS),
                    entry("IdpRejectedClaimException", FailureKind.CREDENTIALS),
                    entry("InvalidIdentityTokenException", FailureKind.CREDENTIALS),
                    entry("InvalidAuthorizationMessageException", FailureKind.ROLE_DENIED),
                    entry("JwtPayloadSizeExceededException", FailureKind.ROLE_DENIED),
                    entry("MalformedPolicyDocumentException", FailureKind.ROLE_DENIED),
                    entry("OutboundWebIdentityFederationDisabledException", FailureKind.ROLE_DENIED),
                    entry("PackedPolicyTooLargeException", FailureKind.SESSION_TAGS_TOO_LARGE),
                    entry("SessionDurationEscalationException", FailureKind.ROLE_DENIED),
                    entry("RegionDisabledException", FailureKind.NOT_ENABLED)),
            List.of());

    private Meanings() {}

    private static Map<String, FailureKind> all(Map<String, FailureKind> known, List<String> ofOthers) {
        Map<String, FailureKind> all = new TreeMap<>(known);
        ofOthers.forEach(name -> all.put(name, FailureKind.UNKNOWN_REFUSAL));
        return Map.copyOf(all);
    }
}
