package dev.appclients.cognito.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.appclients.cognito.api.v1beta1.UserPoolClientStatus;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The value of an annotation in the form that the status repeats. The status allows 1024 characters. A longer value is cut and ends in
 * a digest of the complete value, so that different requests stay different.
 */
public final class EchoedRequest {

    private static final int BEGINNING = 64;

    private EchoedRequest() {}

    /** The value if it fits; otherwise its first characters and the SHA-256 digest of the complete value. */
    public static String of(String value) {
        return Excerpt.fits(value, UserPoolClientStatus.REQUEST_LENGTH)
                ? value
                : Excerpt.beginning(value, BEGINNING) + "…sha256:"
                        + HexFormat.of().formatHex(digest(value));
    }

    private static byte[] digest(String value) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(value.getBytes(UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
    }
}
