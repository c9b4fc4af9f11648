package dev.appclients.cognito.simulator;

import java.util.Map;

/**
 * Who signed a request.
 *
 * @param arn the user or the session
 * @param principal what policies are attached to: the user, or the role behind the session
 * @param tags session tags
 */
record Caller(String account, String arn, String principal, Map<String, String> tags) {

    static final Caller NOBODY = new Caller("", "anonymous", "anonymous", Map.of());

    static Caller user(String account, String arn) {
        return new Caller(account, arn, arn, Map.of());
    }
}
