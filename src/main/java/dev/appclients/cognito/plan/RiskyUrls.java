package dev.appclients.cognito.plan;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds redirect URLs that Cognito accepts, but that do not work or are dangerous. */
final class RiskyUrls {

    /** Groups: scheme with user info; host with port; the rest. */
    private static final Pattern HTTP =
            Pattern.compile("^(https?://(?:[^/?#@]*@)?)([^/?#@]*)(.*)$", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private static final Pattern PLAIN_HTTP = Pattern.compile("^http://.*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    /** A browser runs the content of such a URL as code of the current page. */
    private static final Pattern RUN_AS_CODE =
            Pattern.compile("^(javascript|data|vbscript):.*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private RiskyUrls() {}

    /** The URLs with a capital letter in their host, each with its host in lower case. */
    static List<String> inLowerCase(Collection<String> urls) {
        return urls.stream()
                .map(RiskyUrls::inLowerCase)
                .flatMap(Optional::stream)
                .distinct()
                .toList();
    }

    static boolean hasPlainHttp(Collection<String> urls) {
        return urls.stream().anyMatch(url -> PLAIN_HTTP.matcher(url).matches());
    }

    static boolean hasCode(Collection<String> urls) {
        return urls.stream().anyMatch(url -> RUN_AS_CODE.matcher(url).matches());
    }

    private static Optional<String> inLowerCase(String url) {
        Matcher parts = HTTP.matcher(url);
        if (!parts.matches()) {
            return Optional.empty();
        }
        String host = parts.group(2);
        String lower = host.toLowerCase(Locale.ROOT);
        return host.equals(lower) ? Optional.empty() : Optional.of(parts.group(1) + lower + parts.group(3));
    }
}
