package dev.appclients.cognito.model;

import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * The OAuth 2.0 settings of an app client.
 *
 * @param flows {@code AllowedOAuthFlows}: {@code code}, {@code implicit}, {@code client_credentials}
 * @param scopes {@code AllowedOAuthScopes}, at most 50
 * @param enabled {@code AllowedOAuthFlowsUserPoolClient}: whether the client may use OAuth
 * @param callbackURLs at most 100
 * @param logoutURLs at most 100
 * @param defaultRedirectURI one of the callback URLs, or null
 */
public record OAuth(
        SortedSet<String> flows,
        SortedSet<String> scopes,
        boolean enabled,
        SortedSet<String> callbackURLs,
        SortedSet<String> logoutURLs,
        @Nullable String defaultRedirectURI) {

    public OAuth {
        flows = Sets.sorted(flows);
        scopes = Sets.sorted(scopes);
        callbackURLs = Sets.sorted(callbackURLs);
        logoutURLs = Sets.sorted(logoutURLs);
    }

    /** Whether users sign in through the browser: one of the flows is {@code code} or {@code implicit}. */
    public boolean hasRedirectFlow() {
        return flows.contains("code") || flows.contains("implicit");
    }

    /** Whether the client has a login page: it may use OAuth and has a redirect flow. */
    public boolean usesLoginPage() {
        return enabled && hasRedirectFlow();
    }
}
