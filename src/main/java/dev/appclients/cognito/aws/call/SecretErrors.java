package dev.appclients.cognito.aws.call;

import dev.appclients.cognito.failure.FailureKind;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The error texts of the operations on the secrets of an app client. */
final class SecretErrors {

    private static final String WITHHELD =
            "the operator withholds the error text of AWS, because it may quote the secret";

    /** The texts of AWS that cannot contain the value of a secret. */
    private static final List<Pattern> HARMLESS = List.of(
            Pattern.compile("User pool client [a-z0-9]{1,40} does not exist\\.?"),
            Pattern.compile("User pool [a-z0-9-]{1,30}_[0-9A-Za-z]{1,30} does not exist\\.?"),
            Pattern.compile("Client secrets cannot exceed limit of \\d{1,3} secrets\\.?"),
            Pattern.compile("User: arn:\\S{1,300} is not authorized to perform: cognito-idp:\\w{1,40}"
                    + "( on resource: arn:\\S{1,200})?( (because|with) [\\w:/ -]{1,300})?\\.?"));

    private static final Pattern MISSING =
            Pattern.compile("secret.*(not exist|not found|no such)", Pattern.CASE_INSENSITIVE);
    private static final Pattern LAST =
            Pattern.compile("\\b(last|only|at least (one|1)|limit)\\b", Pattern.CASE_INSENSITIVE);

    private SecretErrors() {}

    /**
     * The error text of {@code AddUserPoolClientSecret} without the supplied value, which Cognito quotes when it refuses it. Passes on
     * known texts only.
     *
     * @param code the error code; null if the answer has none
     */
    static String withoutValue(@Nullable String code, String message) {
        return HARMLESS.stream().anyMatch(text -> text.matcher(message).matches())
                ? message
                : (code == null ? "no error code" : code) + ": " + withheld(ErrorCodes.kindOf(code));
    }

    private static String withheld(@Nullable FailureKind kind) {
        return kind == FailureKind.ACCESS_DENIED
                ? "IAM denies cognito-idp:AddUserPoolClientSecret, or Cognito allows this client no second secret"
                : kind == FailureKind.INVALID_SETTINGS
                        ? "Cognito refuses the value of the secret, or allows this client no second secret"
                        : WITHHELD;
    }

    /** Whether the error text says that the secret does not exist. */
    static boolean isAboutMissingSecret(String message) {
        return MISSING.matcher(message).find();
    }

    /** Whether the error text says that the secret is the only one of its client. */
    static boolean isAboutLastSecret(String message) {
        return LAST.matcher(message).find();
    }
}
