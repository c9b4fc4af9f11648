package dev.appclients.cognito.authorization;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A URL, or a pattern of URLs, in parts. Parsed by hand, because lenient parsers disagree with browsers. Anything that this parser does
 * not understand has no parts, and then matches nothing.
 *
 * @param scheme as written; http and https in lower case
 * @param labels of the host; empty if only the whole text can be compared: an own scheme, an IP address or this machine
 * @param port with the default of the scheme filled in; 0 without labels
 * @param path the segments after each slash; empty without a path
 * @param suffix the query and the fragment with their first character; empty without both
 */
record ParsedUrl(String scheme, List<String> labels, int port, List<String> path, String suffix) {

    /** Stands for a variable in a pattern. No text that is parsed has this character. */
    static final String NAMESPACE = "\u0001";

    /** Stands for a wildcard in a pattern. */
    static final String WILDCARD = "*";

    private static final int MAX_LENGTH = 1024;
    private static final int MAX_HOST = 253;
    private static final String VARIABLE = "${namespace}";
    private static final Pattern CHARACTERS = Pattern.compile("[A-Za-z0-9\\-._~:/?#\\[\\]@!$&'()+,;=%]+");

    /** Cognito accepts underscores and capitals in the scheme of an application. */
    private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+._-]*");

    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");
    private static final Pattern NUMBER = Pattern.compile("[0-9]+|0x[0-9a-f]*");
    private static final Pattern PORT = Pattern.compile("[1-9][0-9]{0,4}");

    /**
     * A percent-encoded octet that a server may decode to a dot, a slash, a backslash, a percent sign or a control character. The last
     * three begin an overlong encoding, which is no valid UTF-8 but some servers decode.
     */
    private static final Pattern ENCODED =
            Pattern.compile("%(2e|2f|5c|25|7f|[01][0-9a-f]|c[01]|e0%[89]|f0%8)", Pattern.CASE_INSENSITIVE);

    /** Begins the parameters of a segment. A proxy may decode it. */
    private static final Pattern PARAMETERS = Pattern.compile(";|%3b", Pattern.CASE_INSENSITIVE);

    private static final Pattern BROKEN_ENCODING = Pattern.compile("%(?![0-9A-Fa-f]{2})");

    ParsedUrl {
        labels = List.copyOf(labels);
        path = List.copyOf(path);
    }

    /** Parses a URL that a client submits; empty if it is not understood. */
    static Optional<ParsedUrl> url(String text) {
        return isUnderstood(text, text) ? parse(text, false) : Optional.empty();
    }

    /** Parses a pattern; empty if it is not valid. */
    static Optional<ParsedUrl> pattern(String text) {
        String marked = text.replace(VARIABLE, NAMESPACE);
        boolean isUnderstood = text.indexOf(NAMESPACE.charAt(0)) < 0
                && isUnderstood(text, marked.replace(NAMESPACE, "x").replace(WILDCARD, "x"));
        return isUnderstood ? parse(marked, true) : Optional.empty();
    }

    private static boolean isUnderstood(String text, String literal) {
        return text.length() <= MAX_LENGTH
                && CHARACTERS.matcher(literal).matches()
                && !ENCODED.matcher(literal).find()
                && !BROKEN_ENCODING.matcher(literal).find();
    }

    private static Optional<ParsedUrl> parse(String text, boolean pattern) {
        int colon = text.indexOf(':');
        String scheme = text.substring(0, Math.max(0, colon));
        boolean web = isWeb(scheme);
        // A browser also reads HTTPS://host.
        if (!SCHEME.matcher(scheme).matches() || (!web && isWeb(scheme.toLowerCase(Locale.ROOT)))) {
            return Optional.empty();
        }
        String rest = text.substring(colon + 1);
        int end = indexOfAny(rest, "?#", 0);
        String suffix = rest.substring(end);
        int slash = rest.startsWith("//") ? Math.min(indexOfAny(rest, "/", 2), end) : 0;
        String authority = slash == 0 ? "" : rest.substring(2, slash);
        String path = rest.substring(slash, end);
        List<String> segments =
                path.isEmpty() ? List.of() : List.of(withoutSlash(path).split("/", -1));
        // A browser also reads https:host and https:/host.
        if ((web && slash == 0) || !arePlain(segments, pattern) || !isPlainAuthority(authority, web)) {
            return Optional.empty();
        }
        if (pattern
                && (isToken(suffix) || (!suffix.isEmpty() && !segments.isEmpty() && isWildcard(segments.getLast())))) {
            return Optional.empty();
        }
        return web && !isAddress(authority)
                ? web(scheme, authority, segments, suffix, pattern)
                : verbatim(scheme, authority, segments, suffix);
    }

    /** Only the whole text of such a URL can be compared. */
    private static Optional<ParsedUrl> verbatim(String scheme, String authority, List<String> segments, String suffix) {
        boolean hasToken = isToken(authority) || segments.stream().anyMatch(ParsedUrl::isToken);
        return hasToken ? Optional.empty() : Optional.of(new ParsedUrl(scheme, List.of(), 0, segments, suffix));
    }

    private static Optional<ParsedUrl> web(
            String scheme, String authority, List<String> segments, String suffix, boolean pattern) {
        int colon = authority.indexOf(':');
        String host = colon < 0 ? authority : authority.substring(0, colon);
        String port = colon < 0 ? defaultPort(scheme) : authority.substring(colon + 1);
        List<String> labels = List.of(host.split("\\.", -1));
        boolean valid = host.length() <= MAX_HOST
                && PORT.matcher(port).matches()
                && Integer.parseInt(port) <= 65_535
                && areLabels(labels, pattern);
        return valid
                ? Optional.of(new ParsedUrl(scheme, labels, Integer.parseInt(port), segments, suffix))
                : Optional.empty();
    }

    /** The last two labels are literal: another name there is another owner. */
    private static boolean areLabels(List<String> labels, boolean pattern) {
        List<String> literal = new ArrayList<>(labels);
        if (pattern && labels.size() > 2) {
            labels.subList(0, labels.size() - 2).stream()
                    .filter(label -> label.equals(NAMESPACE) || isWildcard(label))
                    .forEach(literal::remove);
        }
        return literal.stream().allMatch(label -> LABEL.matcher(label).matches());
    }

    /**
     * Whether each segment is plain. A dot segment leads to another path. Some servers remove a parameter after a semicolon before they
     * resolve dots. An empty segment within the path is read differently by different servers.
     */
    private static boolean arePlain(List<String> segments, boolean pattern) {
        for (int i = 0; i < segments.size(); i++) {
            String segment = segments.get(i);
            boolean last = i == segments.size() - 1;
            String name = PARAMETERS.split(segment, -1)[0];
            boolean token = pattern && (segment.equals(NAMESPACE) || (isWildcard(segment) && last));
            if (name.equals(".")
                    || name.equals("..")
                    || segment.contains("[")
                    || segment.contains("]")
                    || (segment.isEmpty() && !last)
                    || (isToken(segment) && !token)) {
                return false;
            }
        }
        return true;
    }

    /** Whether the authority has no user info, no encoding and, on the web, no capitals. */
    private static boolean isPlainAuthority(String authority, boolean web) {
        return authority.chars().noneMatch(c -> c == '@' || c == '%' || (web && c >= 'A' && c <= 'Z'));
    }

    /** Whether the authority is this machine or an IP address. */
    private static boolean isAddress(String authority) {
        if (authority.startsWith("[")) {
            return true;
        }
        String host = authority.split(":", -1)[0];
        String last = host.substring(host.lastIndexOf('.') + 1);
        return last.equals("localhost") || NUMBER.matcher(last).matches();
    }

    private static boolean isToken(String text) {
        return text.contains(NAMESPACE) || text.contains(WILDCARD);
    }

    private static boolean isWildcard(String text) {
        return text.equals(WILDCARD);
    }

    private static boolean isWeb(String scheme) {
        return scheme.equals("https") || scheme.equals("http");
    }

    private static String defaultPort(String scheme) {
        return scheme.equals("https") ? "443" : "80";
    }

    private static String withoutSlash(String path) {
        return path.startsWith("/") ? path.substring(1) : path;
    }

    private static int indexOfAny(String text, String characters, int from) {
        for (int i = from; i < text.length(); i++) {
            if (characters.indexOf(text.charAt(i)) >= 0) {
                return i;
            }
        }
        return text.length();
    }
}
