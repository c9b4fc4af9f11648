package dev.appclients.cognito.simulator;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The identity that signed a request.
 *
 * @param arn the user or the session
 * @param principal the identity that policies are attached to: the user, or the role of the session
 * @param tags session tags
 * @param transitive keys of those tags that are passed on when the session assumes another role, and cannot be overridden
 * @param since when the session was opened; null for a user
 */
record Caller(
        String account,
        String arn,
        String principal,
        Map<String, String> tags,
        Set<String> transitive,
        @Nullable Instant since) {

    static final Caller ANONYMOUS = user("", "anonymous");

    static Caller user(String account, String arn) {
        return new Caller(account, arn, arn, Map.of(), Set.of(), null);
    }
}
