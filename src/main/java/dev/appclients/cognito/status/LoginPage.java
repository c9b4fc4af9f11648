package dev.appclients.cognito.status;

import dev.appclients.cognito.model.AppClientSettings;
import dev.appclients.cognito.model.OAuth;
import dev.appclients.cognito.model.PoolDomain;
import dev.appclients.cognito.model.PoolFacts;
import dev.appclients.cognito.model.PoolId;
import dev.appclients.cognito.model.Reason;

/**
 * Whether users of a client with a redirect flow have a page to sign in on.
 *
 * @param message the fault and the remedy; empty if the condition is absent or stays as it is
 */
public record LoginPage(Verdict verdict, String message) {

    /** The reconciliation ended before it judged the page; the condition stays as it is. */
    public static final LoginPage NOT_REACHED = new LoginPage(Verdict.NOT_REACHED, "");

    /** The client sends no user to a login page; the condition is absent. */
    public static final LoginPage NOT_REQUIRED = new LoginPage(Verdict.NOT_REQUIRED, "");

    /** The classic hosted UI; it needs no style. */
    private static final int CLASSIC = 1;
    /** Managed login; it shows a page only to a client that has a style. */
    private static final int MANAGED = 2;

    /** The possible verdicts. */
    public enum Verdict {
        /** The reconciliation ended before it judged the page. */
        NOT_REACHED,
        /** The client has no redirect flow, or may not use OAuth. */
        NOT_REQUIRED,
        /** Nothing that the operator can see is missing. */
        AVAILABLE,
        /** The pool has no active domain, so there is no page. */
        NO_DOMAIN,
        /** The client has no identity provider, so the page lets no user sign in. */
        NO_PROVIDER,
        /** Managed login needs a style for this client, and the operator has not checked whether there is one. */
        STYLE_NOT_CHECKED,
        /** The operator could not read the login version of the domain. */
        VERSION_UNKNOWN
    }

    /**
     * Judges a client in its pool.
     *
     * @param settings of the client in Cognito
     * @param pool the facts of its pool
     * @param clientId its id in Cognito
     */
    public static LoginPage of(AppClientSettings settings, PoolFacts pool, String clientId) {
        OAuth oauth = settings.oauth();
        if (!oauth.usesLoginPage()) {
            return NOT_REQUIRED;
        }
        PoolDomain domain = pool.domain();
        boolean hasProvider = !settings.supportedIdentityProviders().isEmpty();
        if (domain == null) {
            return new LoginPage(Verdict.NO_DOMAIN, noDomain(pool) + (hasProvider ? "" : ". " + noProvider()));
        }
        if (!hasProvider) {
            return new LoginPage(Verdict.NO_PROVIDER, noProvider());
        }
        return switch (domain.loginVersion()) {
            case Integer version
            when version == CLASSIC ->
                new LoginPage(
                        Verdict.AVAILABLE,
                        "Domain " + domain.host() + " runs the classic hosted UI (version 1), which needs no style");
            case Integer version
            when version == MANAGED ->
                new LoginPage(
                        Verdict.STYLE_NOT_CHECKED,
                        "Domain " + domain.host() + " runs managed login (version 2), which needs a style for this"
                                + " client. The operator has not checked whether there is one. To create one, run: "
                                + createStyle(pool, clientId));
            case null, default ->
                new LoginPage(
                        Verdict.VERSION_UNKNOWN,
                        "The operator could not read the login version of domain " + domain.host()
                                + ". Allow the operator cognito-idp:DescribeUserPoolDomain. If the version is 2, the"
                                + " client needs a style. To create one, run: " + createStyle(pool, clientId));
        };
    }

    /** Sets the condition of the verdict, keeps the previous one, or leaves it out. */
    void addTo(ConditionSet conditions) {
        String type = Conditions.LOGIN_PAGE;
        switch (verdict) {
            case NOT_REACHED -> conditions.keep(type);
            case NOT_REQUIRED -> {}
            case AVAILABLE -> conditions.isTrue(type, Reason.AVAILABLE, message);
            case NO_DOMAIN -> conditions.isFalse(type, Reason.NO_DOMAIN, message);
            case NO_PROVIDER -> conditions.isFalse(type, Reason.NO_PROVIDER, message);
            case STYLE_NOT_CHECKED -> conditions.isUnknown(type, Reason.STYLE_NOT_CHECKED, message);
            case VERSION_UNKNOWN -> conditions.isUnknown(type, Reason.LOGIN_VERSION_UNKNOWN, message);
        }
    }

    private static String noDomain(PoolFacts pool) {
        return "User pool " + pool.arn().poolId() + " has no active domain, so there is no page to sign in on. Ask the"
                + " platform team to add a domain to the pool. The operator sees it when it next reads the pool";
    }

    private static String noProvider() {
        return "The client has no identity provider, so the login page lets no user sign in. Add COGNITO, or a provider"
                + " of the pool, to supportedIdentityProviders";
    }

    private static String createStyle(PoolFacts pool, String clientId) {
        PoolId id = pool.arn().poolId();
        return "aws cognito-idp create-managed-login-branding --user-pool-id " + id + " --client-id " + clientId
                + " --use-cognito-provided-values --region " + id.region();
    }
}
