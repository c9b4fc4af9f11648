package dev.appclients.cognito.secret;

import dev.appclients.cognito.model.ClientSecret;
import dev.appclients.cognito.model.OAuth;
import dev.appclients.cognito.model.PoolArn;
import dev.appclients.cognito.model.PoolDomain;
import dev.appclients.cognito.model.PoolFacts;
import dev.appclients.cognito.model.Sets;
import dev.appclients.cognito.secret.content.PublicValues;
import dev.appclients.cognito.secret.content.SecretShape;
import java.util.List;

/** Requests for the web shop of most tests. */
public final class Requests {

    static final SecretOwner WEB = SecretOwner.userPoolClient("shop", "web", "11111111-2222-3333-4444-555555555555");

    static final ClientSecret SECRET = new ClientSecret("canary-51t0mk1l8kq2v3");

    public static final PoolFacts POOL = new PoolFacts(
            new PoolArn("arn:aws:cognito-idp:eu-west-1:111122223333:userpool/eu-west-1_AbCdEf123"),
            "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbCdEf123",
            new PoolDomain("auth.example.com", 2),
            "ESSENTIALS",
            null);

    static final SecretOwner CLAIM = SecretOwner.claim("team-c", "web-copy", "aaaaaaaa-2222-3333-4444-555555555555");

    private Requests() {}

    /** The request of {@link #web()} with another shape. */
    static SecretRequest shaped(SecretShape shape) {
        SecretRequest web = web();
        return new SecretRequest(
                web.owner(),
                web.secretName(),
                true,
                false,
                web.source(),
                shape,
                web.values(),
                !shape.configMap(),
                web.revision());
    }

    /** A copy of the Secret of {@link #web()}. */
    static SecretRequest copy(SecretOwner claim, SecretShape shape, long revision) {
        SecretRequest web = web();
        return new SecretRequest(
                claim, web.secretName(), true, true, web.source(), shape, web.values(), true, revision);
    }

    public static SecretRequest web() {
        return web("3abc", true, 1);
    }

    public static SecretRequest web(String clientId, boolean ownedByResource, long revision) {
        return request(WEB, clientId, ownedByResource, revision, "https://shop.example.com/callback");
    }

    static SecretRequest webReturningTo(String callbackURL) {
        return request(WEB, "3abc", true, 1, callbackURL);
    }

    static SecretRequest ofAnother(SecretOwner owner) {
        return request(owner, "3abc", true, 1, "https://shop.example.com/callback");
    }

    static SecretRequest inheriting(String clientId) {
        SecretRequest web = web(clientId, true, 1);
        return new SecretRequest(
                web.owner(),
                web.secretName(),
                web.ownedByResource(),
                true,
                web.source(),
                web.shape(),
                web.values(),
                web.confidential(),
                web.revision());
    }

    public static OAuth code(String... callbackURLs) {
        return oauth("code", List.of(callbackURLs));
    }

    public static OAuth oauth(String flow, List<String> callbackURLs) {
        return new OAuth(
                Sets.sorted(List.of(flow)),
                Sets.sorted(List.of("openid", "orders/read")),
                true,
                Sets.sorted(callbackURLs),
                Sets.sorted(null),
                null);
    }

    private static SecretRequest request(
            SecretOwner owner, String clientId, boolean ownedByResource, long revision, String callbackURL) {
        return new SecretRequest(
                owner,
                "web",
                ownedByResource,
                false,
                SourceClient.of(owner),
                SecretShape.STANDARD,
                PublicValues.of(clientId, POOL, code(callbackURL), callbackURL),
                true,
                revision);
    }
}
