package dev.appclients.cognito.authorization;

import java.util.List;
import java.util.Optional;

/**
 * Matches URLs against the patterns of {@code allow.callbackURLs} and {@code allow.logoutURLs}. Scheme, port, query and fragment are
 * literal. {@code *} is one whole label of the host, but none of the last two, or the whole rest after a slash. {@code ${namespace}} is
 * one whole label of the host, but none of the last two, or one whole segment of the path. URLs with an own scheme, of this machine or
 * with an IP address match only the same text. An invalid pattern matches nothing.
 */
final class UrlPattern {

    private UrlPattern() {}

    /** Whether the text is a valid pattern. */
    static boolean isValid(String pattern) {
        return ParsedUrl.pattern(pattern).isPresent();
    }

    /**
     * Whether a URL matches the pattern.
     *
     * @param namespace the namespace of the client; a text that is no name of a namespace matches no variable
     * @param submitted as the manifest or Cognito has it
     */
    static boolean matches(String pattern, String namespace, String submitted) {
        Optional<ParsedUrl> permitted = ParsedUrl.pattern(pattern);
        Optional<ParsedUrl> asked = ParsedUrl.url(submitted);
        return permitted.isPresent()
                && asked.isPresent()
                && matches(permitted.get(), pattern, NamespaceName.of(namespace), asked.get(), submitted);
    }

    private static boolean matches(
            ParsedUrl pattern, String patternText, String namespace, ParsedUrl url, String urlText) {
        if (pattern.labels().isEmpty() || url.labels().isEmpty()) {
            return patternText.equals(urlText);
        }
        return pattern.scheme().equals(url.scheme())
                && pattern.port() == url.port()
                && pattern.suffix().equals(url.suffix())
                && hostMatches(pattern.labels(), namespace, url.labels())
                && pathMatches(pattern.path(), namespace, url.path());
    }

    private static boolean hostMatches(List<String> pattern, String namespace, List<String> host) {
        return pattern.size() == host.size() && beginsWith(host, pattern, namespace, pattern.size());
    }

    private static boolean pathMatches(List<String> pattern, String namespace, List<String> path) {
        boolean open = !pattern.isEmpty() && pattern.getLast().equals(ParsedUrl.WILDCARD);
        return open
                ? path.size() >= pattern.size() && beginsWith(path, pattern, namespace, pattern.size() - 1)
                : path.size() == pattern.size() && beginsWith(path, pattern, namespace, pattern.size());
    }

    private static boolean beginsWith(List<String> parts, List<String> pattern, String namespace, int count) {
        for (int i = 0; i < count; i++) {
            String wanted = pattern.get(i).equals(ParsedUrl.NAMESPACE) ? namespace : pattern.get(i);
            if (!wanted.equals(ParsedUrl.WILDCARD) && !wanted.equals(parts.get(i))) {
                return false;
            }
        }
        return true;
    }
}
