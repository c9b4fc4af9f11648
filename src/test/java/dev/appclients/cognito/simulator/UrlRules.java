package dev.appclients.cognito.simulator;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Rules for redirect URLs. */
final class UrlRules {

    static final List<Rules.Rule> ALL = List.of(
            proposal -> proposal.list(Setting.CALLBACK_URLS).forEach(UrlRules::requireRedirect),
            proposal -> proposal.list(Setting.LOGOUT_URLS).forEach(UrlRules::requireRedirect),
            UrlRules::defaultRedirectIsACallback);

    /** Accepts every form of an application's own scheme, since none is known to be refused: {@code my_app://} is in use. */
    private static final Pattern ABSOLUTE = Pattern.compile("([^/?#:]+):(//)?([^/?]*)(.*)", Pattern.DOTALL);

    private static final Pattern PORT = Pattern.compile(":\\d+$");
    private static final List<String> LOOPBACK = List.of("localhost", "127.0.0.1", "[::1]");

    private UrlRules() {}

    private static void requireRedirect(String url) {
        Matcher parts = ABSOLUTE.matcher(url);
        require(parts.matches(), url, "is not an absolute URL");
        require(!url.contains("#"), url, "cannot use fragment");
        require(!url.contains("*"), url, "must not have a wildcard");
        var scheme = parts.group(1).toLowerCase(Locale.ROOT);
        var host = PORT.matcher(parts.group(3)).replaceFirst("");
        if (scheme.equals("https") || scheme.equals("http")) {
            require(parts.group(2) != null && !host.isEmpty(), url, "is not an absolute URL");
        }
        if (scheme.equals("http")) {
            require(LOOPBACK.contains(host), url, "cannot use the HTTP protocol.");
        }
    }

    private static void defaultRedirectIsACallback(Proposal proposal) {
        var url = proposal.text(Setting.DEFAULT_REDIRECT_URI);
        if (url != null && !proposal.list(Setting.CALLBACK_URLS).contains(url)) {
            throw Refusal.invalidParameter("DefaultRedirectURI " + url + " must be in the list of CallbackURLs.");
        }
    }

    private static void require(boolean holds, String url, String otherwise) {
        if (!holds) {
            throw Refusal.invalidParameter(url + " " + otherwise);
        }
    }
}
