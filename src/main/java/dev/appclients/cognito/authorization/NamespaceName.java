package dev.appclients.cognito.authorization;

import java.util.regex.Pattern;

/** Replaces the variable {@code ${namespace}} in patterns. */
final class NamespaceName {

    /** The API server accepts no other names. */
    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

    /** Equals no part of a URL or scope that is compared. */
    private static final String NONE = " ";

    private NamespaceName() {}

    /** The text that replaces the variable; a text that matches nothing if the name could be more than one part. */
    static String of(String namespace) {
        return LABEL.matcher(namespace).matches() ? namespace : NONE;
    }
}
