package dev.appclients.cognito.secret.content;

import dev.appclients.cognito.model.OAuth;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the redirect URI for the Secret and the login URL. An application reads it once and keeps it, so a URL that is added
 * behind it must not change the choice.
 */
public final class RedirectUri {

    private static final Comparator<String> HTTPS_FIRST = Comparator.comparing(uri -> !isHttps(uri));

    private RedirectUri() {}

    /**
     * Chooses for a managed client: its default redirect URI, else the first https callback URL of the manifest, else its first
     * callback URL.
     *
     * @param oauth the settings in Cognito; only a URL that Cognito accepts is chosen
     * @param manifest the callback URLs in the order of the manifest; null for none
     * @return null for a client without browser login
     */
    public static @Nullable String managed(OAuth oauth, @Nullable List<String> manifest) {
        if (!oauth.usesLoginPage() || oauth.defaultRedirectURI() != null) {
            return fixed(oauth);
        }
        Set<String> accepted = oauth.callbackURLs();
        // While Cognito refuses a change of the manifest, it may accept none of its URLs.
        return Stream.concat(
                        first(Objects.requireNonNullElse(manifest, List.<String>of()).stream()
                                .map(String::strip)
                                .filter(accepted::contains)),
                        first(accepted.stream()))
                .findFirst()
                .orElse(null);
    }

    /**
     * Chooses for an observed client: its default redirect URI, else its only callback URL. Cognito keeps no order, so several
     * URLs give no choice.
     *
     * @return null also for a client without browser login
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

    /** Of equal elements {@code min} returns the first. */
    private static Stream<String> first(Stream<String> uris) {
        return uris.min(HTTPS_FIRST).stream();
    }

    private static boolean isHttps(String uri) {
        return uri.regionMatches(true, 0, "https://", 0, "https://".length());
    }
}
