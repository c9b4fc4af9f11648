package dev.appclients.cognito.secret;

import dev.appclients.cognito.model.OAuth;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the one redirect URI that a Secret and a login URL carry. An application reads it once and keeps it, so the choice must
 * not change because a URL is added behind it.
 */
public final class RedirectUri {

    private static final Comparator<String> HTTPS_FIRST = Comparator.comparing(uri -> !isHttps(uri));

    private RedirectUri() {}

    /**
     * The choice for a client that follows its manifest: its default redirect URI, else the first https callback URL in the order
     * of the manifest, else the first one.
     *
     * @param oauth what the client has in Cognito; only a URL that Cognito accepts is chosen
     * @param manifest the callback URLs in the order of the manifest; null for none
     * @return null for a client that never sends users to a login page
     */
    public static @Nullable String managed(OAuth oauth, @Nullable List<String> manifest) {
        if (!oauth.usesLoginPage() || oauth.defaultRedirectURI() != null) {
            return fixed(oauth);
        }
        Set<String> accepted = oauth.callbackURLs();
        // While Cognito refuses a change of the manifest it may know none of its URLs: one that works is better than
        // none.
        return Stream.concat(
                        first(Objects.requireNonNullElse(manifest, List.<String>of()).stream()
                                .map(String::strip)
                                .filter(accepted::contains)),
                        first(accepted.stream()))
                .findFirst()
                .orElse(null);
    }

    /**
     * The choice for a client that is only observed: its default redirect URI, else its only callback URL. Cognito keeps no order,
     * so of several none can be chosen.
     *
     * @return null for a client that never sends users to a login page
     */
    public static @Nullable String observed(OAuth oauth) {
        boolean single = oauth.usesLoginPage() && oauth.callbackURLs().size() == 1;
        return single && oauth.defaultRedirectURI() == null
                ? oauth.callbackURLs().getFirst()
                : fixed(oauth);
    }

    private static @Nullable String fixed(OAuth oauth) {
        return oauth.usesLoginPage() ? oauth.defaultRedirectURI() : null;
    }

    /** The minimum of a stream of equals is its first. */
    private static Stream<String> first(Stream<String> uris) {
        return uris.min(HTTPS_FIRST).stream();
    }

    private static boolean isHttps(String uri) {
        return uri.regionMatches(true, 0, "https://", 0, "https://".length());
    }
}
