package dev.appclients.cognito.secret.content;

import dev.appclients.cognito.model.OAuth;
import dev.appclients.cognito.model.PoolArn;
import dev.appclients.cognito.model.PoolDomain;
import dev.appclients.cognito.model.PoolFacts;
import dev.appclients.cognito.model.PoolId;
import dev.appclients.cognito.model.Sets;
import dev.appclients.cognito.model.TemplateVariable;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * The public values of an app client that its Secret contains.
 *
 * @param clientId assigned by Cognito
 * @param pool the pool that the client lives in
 * @param arn of the pool; null if it is not known. The annotation of a Secret does not record it
 * @param issuer the OIDC issuer of the pool's tokens
 * @param domainHost the host of the pool's OAuth endpoints; null if the pool has no domain
 * @param oauthFlows the OAuth flows that the client may use; empty if it may not use OAuth
 * @param redirectUri the URL to which the login returns; null for none
 * @param scopes the OAuth scopes that the client may request
 */
public record PublicValues(
        String clientId,
        PoolId pool,
        @Nullable PoolArn arn,
        String issuer,
        @Nullable String domainHost,
        SortedSet<String> oauthFlows,
        @Nullable String redirectUri,
        SortedSet<String> scopes) {

    public PublicValues {
        oauthFlows = Sets.sorted(oauthFlows);
        scopes = Sets.sorted(scopes);
    }

    /** The values of a client in a pool whose ARN is not known. */
    public PublicValues(
            String clientId,
            PoolId pool,
            String issuer,
            @Nullable String domainHost,
            SortedSet<String> oauthFlows,
            @Nullable String redirectUri,
            SortedSet<String> scopes) {
        this(clientId, pool, null, issuer, domainHost, oauthFlows, redirectUri, scopes);
    }

    /**
     * The values of a client in its pool.
     *
     * @param redirectUri chosen by {@link RedirectUri}; null for none
     */
    public static PublicValues of(String clientId, PoolFacts pool, OAuth oauth, @Nullable String redirectUri) {
        PoolDomain domain = pool.domain();
        return new PublicValues(
                clientId,
                pool.arn().poolId(),
                pool.arn(),
                pool.issuer(),
                domain == null ? null : domain.host(),
                oauth.enabled() ? oauth.flows() : Sets.sorted(null),
                redirectUri,
                oauth.enabled() ? oauth.scopes() : Sets.sorted(null));
    }

    /** These values with the ARN, if it is the ARN of this pool. */
    public PublicValues withArn(@Nullable PoolArn known) {
        return known != null && known.poolId().equals(pool)
                ? new PublicValues(clientId, pool, known, issuer, domainHost, oauthFlows, redirectUri, scopes)
                : this;
    }

    /** Whether the value of each variable in the templates is known. */
    public boolean suffice(SecretShape shape) {
        return arn != null || !shape.uses(TemplateVariable.USER_POOL_ARN);
    }

    /** Whether users log in through the browser: the code or the implicit flow. */
    boolean usesBrowserLogin() {
        return oauthFlows.contains("code") || oauthFlows.contains("implicit");
    }
}
