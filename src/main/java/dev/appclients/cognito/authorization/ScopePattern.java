package dev.appclients.cognito.authorization;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Matches OAuth scopes against the patterns of {@code allow.oauthScopes}. A pattern is a scope in which {@code ${namespace}} can stand
 * for one whole part between slashes. A pattern has no wildcards. An invalid pattern matches nothing.
 */
final class ScopePattern {

    private static final String VARIABLE = "${namespace}";

    /** The characters of scopes in Cognito, without the wildcard and the braces of a variable. */
    private static final Pattern LITERAL = Pattern.compile("[\\x21\\x23-\\x29\\x2B-\\x5B\\x5D-\\x7A\\x7C\\x7E]*");

    private ScopePattern() {}

    /** Whether the text is a valid pattern. A scope without a slash belongs to Cognito, so a variable cannot replace it. */
    static boolean isValid(String pattern) {
        List<String> parts = parts(pattern);
        boolean literal = parts.stream()
                .allMatch(part -> part.equals(VARIABLE) || LITERAL.matcher(part).matches());
        return !pattern.isEmpty() && literal && (parts.size() > 1 || !pattern.contains(VARIABLE));
    }

    /**
     * Whether a scope matches the pattern.
     *
     * @param namespace the namespace of the client; a text that is no name of a namespace matches no variable
     */
    static boolean matches(String pattern, String namespace, String scope) {
        if (!isValid(pattern)) {
            return false;
        }
        List<String> expected = parts(pattern).stream()
                .map(part -> part.equals(VARIABLE) ? NamespaceName.of(namespace) : part)
                .toList();
        return expected.equals(parts(scope));
    }

    private static List<String> parts(String scope) {
        return List.of(scope.split("/", -1));
    }
}
