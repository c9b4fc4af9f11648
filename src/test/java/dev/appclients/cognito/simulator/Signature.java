package dev.appclients.cognito.simulator;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The signer that a SigV4 header names. The signature itself is not checked.
 *
 * @param date the {@code X-Amz-Date} header, as in 20260101T000000Z
 */
record Signature(
        String accessKeyId,
        String region,
        @Nullable String sessionToken,
        @Nullable String date) {

    private static final Pattern CREDENTIAL = Pattern.compile("Credential=([^/]+)/\\d{8}/([^/]+)/([^/]+)/aws4_request");

    static @Nullable Signature of(Request request) {
        var authorization = request.header("authorization");
        if (authorization == null) {
            return null;
        }
        Matcher found = CREDENTIAL.matcher(authorization);
        return found.find()
                ? new Signature(
                        found.group(1),
                        found.group(2),
                        request.header("x-amz-security-token"),
                        request.header("x-amz-date"))
                : null;
    }
}
