package dev.appclients.cognito.crd;

import static dev.appclients.cognito.crd.Cel.between;
import static dev.appclients.cognito.crd.Cel.given;
import static dev.appclients.cognito.crd.Cel.lacks;
import static dev.appclients.cognito.crd.Cel.matches;
import static dev.appclients.cognito.crd.Cel.on;
import static dev.appclients.cognito.crd.Cel.seconds;
import static dev.appclients.cognito.crd.Rule.across;
import static dev.appclients.cognito.crd.Rule.on;
import static dev.appclients.cognito.model.RuleSource.AWS_DOCUMENTATION;
import static dev.appclients.cognito.model.RuleSource.AWS_SERVICE_MODEL;
import static dev.appclients.cognito.model.RuleSource.OBSERVED;

import dev.appclients.cognito.api.v1beta1.Patterns;
import java.util.List;
import java.util.stream.Stream;

/**
 * The rules of a UserPoolClient.
 *
 * <p>Only what Cognito surely refuses is refused here; what is doubtful is a warning in the conditions. The rules judge the
 * settings that would be sent, that is with what {@code appType} fills in: a secret for Confidential and MachineToMachine,
 * and the flow {@code client_credentials} for MachineToMachine.
 */
final class UserPoolClientRules {
    private static final String SPEC = "spec";

    private static final String HAS_SECRET =
            "(self.appType in ['Confidential', 'MachineToMachine'] || " + on("self.generateSecret") + ")";

    private static final String ROTATES =
            "(has(self.refreshTokenRotation) && self.refreshTokenRotation.feature == 'ENABLED')";

    private static final String HAS_FLOWS =
            "(self.appType == 'MachineToMachine' || " + given("self.allowedOAuthFlows") + ")";

    /** Whether client_credentials is the flow, also where the type fills it in. */
    private static final String FOR_MACHINES = "(" + given("self.allowedOAuthFlows")
            + " ? self.allowedOAuthFlows.all(f, f == 'client_credentials') : self.appType == 'MachineToMachine')";

    private static final String USES_OAUTH = "(has(self.allowedOAuthFlowsUserPoolClient)"
            + " ? self.allowedOAuthFlowsUserPoolClient : " + HAS_FLOWS + ")";

    private static final List<Rule> IDENTITY = List.of(
            across(
                            SPEC,
                            "userPoolRef.name",
                            "self.userPoolRef.name == oldSelf.userPoolRef.name",
                            "userPoolRef.name cannot be changed, because an app client cannot move to another pool; create a new UserPoolClient for the other pool")
                    .from(AWS_SERVICE_MODEL),
            across(
                    SPEC,
                    "appType",
                    "self.appType == oldSelf.appType",
                    "appType cannot be changed, because it decides whether the app client has a secret; create a new UserPoolClient with the other type"),
            across(
                    SPEC,
                    "generateSecret",
                    "!has(self.generateSecret) || self.appType == 'Other'",
                    "generateSecret may be set only with appType Other, since every other type decides it; remove it"),
            across(
                            SPEC,
                            "generateSecret",
                            on("self.generateSecret") + " == " + on("oldSelf.generateSecret"),
                            "generateSecret cannot be changed, because an app client gets its secret when it is created or never; create a new UserPoolClient")
                    .from(AWS_SERVICE_MODEL));

    /** What ends so proves which object owns an app client; see {@code ClientName}. The operator appends it to every other name. */
    private static final Rule RESERVED_NAME = across(
            SPEC,
            "clientName",
            "!has(self.adopt) || !has(self.clientName) || !" + matches("self.clientName", "[.][0-9A-Fa-f]{10}\\s*$"),
            "clientName must not end in a dot and ten hexadecimal digits with adopt, because such names are reserved for the app clients that the operator creates; remove clientName to keep the client's name, or write another");

    private static final List<Rule> AUTHENTICATION = List.of(
            across(
                            SPEC,
                            "explicitAuthFlows",
                            lacks("self.explicitAuthFlows")
                                    + " || self.explicitAuthFlows.all(f, f.startsWith('ALLOW_'))"
                                    + " || self.explicitAuthFlows.all(f, !f.startsWith('ALLOW_'))",
                            "explicitAuthFlows must not mix names with and without the prefix ALLOW_; write all of them with ALLOW_")
                    .from(AWS_DOCUMENTATION),
            across(
                            SPEC,
                            "explicitAuthFlows",
                            lacks("self.explicitAuthFlows")
                                    + " || !('ALLOW_REFRESH_TOKEN_AUTH' in self.explicitAuthFlows)"
                                    + " || !" + ROTATES,
                            "explicitAuthFlows must not contain ALLOW_REFRESH_TOKEN_AUTH while refreshTokenRotation.feature is ENABLED; remove the flow, or disable the rotation")
                    .from(AWS_DOCUMENTATION),
            // Without the refresh flow nothing would be left of what the type fills in, and to Cognito no flow means
            // three.
            across(
                    SPEC,
                    "refreshTokenRotation",
                    "self.appType != 'MachineToMachine' || " + given("self.explicitAuthFlows") + " || !" + ROTATES,
                    "refreshTokenRotation.feature must not be ENABLED with appType MachineToMachine, which has only the flow ALLOW_REFRESH_TOKEN_AUTH, and rotation excludes it; remove refreshTokenRotation, since such a client has no refresh tokens"),
            across(
                            SPEC,
                            "explicitAuthFlows",
                            lacks("self.explicitAuthFlows")
                                    + " || !('ALLOW_CLIENT_TOKEN_AUTH' in self.explicitAuthFlows)"
                                    + " || self.explicitAuthFlows.all(f, f == 'ALLOW_CLIENT_TOKEN_AUTH')",
                            "explicitAuthFlows must contain nothing else when it contains ALLOW_CLIENT_TOKEN_AUTH; remove the other flows")
                    .from(AWS_DOCUMENTATION),
            across(
                            SPEC,
                            "explicitAuthFlows",
                            lacks("self.explicitAuthFlows")
                                    + " || !('ALLOW_CLIENT_TOKEN_AUTH' in self.explicitAuthFlows) || " + HAS_SECRET,
                            "explicitAuthFlows may contain ALLOW_CLIENT_TOKEN_AUTH only for a client with a secret; use appType Confidential or MachineToMachine, or Other with generateSecret")
                    .from(AWS_DOCUMENTATION));

    private static final List<Rule> TOKENS = List.of(
            on(
                            "spec.authSessionValidity",
                            between(180, 900, 60),
                            "authSessionValidity must be whole minutes from 3m to 15m")
                    .from(AWS_SERVICE_MODEL),
            on("spec.accessTokenValidity", between(300, 86_400, 1), "accessTokenValidity must be from 5m to 24h")
                    .from(AWS_DOCUMENTATION),
            on("spec.idTokenValidity", between(300, 86_400, 1), "idTokenValidity must be from 5m to 24h")
                    .from(AWS_DOCUMENTATION),
            on(
                            "spec.refreshTokenValidity",
                            between(3_600, 315_360_000, 1),
                            "refreshTokenValidity must be from 1h to 3650d")
                    .from(AWS_DOCUMENTATION),
            notLongerThanRefresh("accessTokenValidity"),
            notLongerThanRefresh("idTokenValidity"),
            on(
                            "spec.refreshTokenRotation.retryGracePeriod",
                            between(0, 60, 1),
                            "refreshTokenRotation.retryGracePeriod must be from 0s to 60s")
                    .from(AWS_SERVICE_MODEL));

    private static final List<Rule> OAUTH = List.of(
            across(
                            SPEC,
                            "allowedOAuthFlows",
                            lacks("self.allowedOAuthFlows") + " || !('client_credentials' in self.allowedOAuthFlows)"
                                    + " || self.allowedOAuthFlows.all(f, f == 'client_credentials')",
                            "allowedOAuthFlows must contain nothing else when it contains client_credentials; use a second UserPoolClient for the other flows")
                    .from(AWS_DOCUMENTATION),
            across(
                            SPEC,
                            "allowedOAuthFlows",
                            lacks("self.allowedOAuthFlows")
                                    + " || !('client_credentials' in self.allowedOAuthFlows) || " + HAS_SECRET,
                            "allowedOAuthFlows may contain client_credentials only for a client with a secret; use appType MachineToMachine or Confidential, or Other with generateSecret")
                    .from(OBSERVED),
            across(
                            SPEC,
                            "allowedOAuthFlows",
                            "!" + on("self.allowedOAuthFlowsUserPoolClient") + " || " + HAS_FLOWS,
                            "allowedOAuthFlows must name a flow while allowedOAuthFlowsUserPoolClient is true; add a flow, or remove allowedOAuthFlowsUserPoolClient")
                    .from(OBSERVED),
            across(
                            SPEC,
                            "allowedOAuthScopes",
                            "!" + HAS_FLOWS + " || !" + USES_OAUTH + " || " + given("self.allowedOAuthScopes"),
                            "allowedOAuthScopes must name a scope, because the client has an OAuth flow (with appType MachineToMachine it is client_credentials, unless others are given); add a scope such as openid, or <resource server>/<scope>")
                    .from(OBSERVED),
            across(
                            SPEC,
                            "allowedOAuthScopes",
                            "!" + FOR_MACHINES + " || !" + USES_OAUTH + " || !has(self.allowedOAuthScopes)"
                                    + " || !self.allowedOAuthScopes.exists(s, s in ['openid', 'email', 'phone', 'profile', 'aws.cognito.signin.user.admin'])",
                            "allowedOAuthScopes must not contain openid, email, phone, profile or aws.cognito.signin.user.admin with the flow client_credentials, which has no user; remove them, or use a second UserPoolClient with the flow code")
                    .from(OBSERVED),
            across(
                            SPEC,
                            "callbackURLs",
                            lacks("self.allowedOAuthFlows")
                                    + " || !self.allowedOAuthFlows.exists(f, f in ['code', 'implicit']) || "
                                    + given("self.callbackURLs"),
                            "callbackURLs must contain a URL, because allowedOAuthFlows contains code or implicit; add the address of the application that users return to")
                    .from(OBSERVED),
            across(
                            SPEC,
                            "defaultRedirectURI",
                            "!has(self.defaultRedirectURI) || (" + given("self.callbackURLs")
                                    + " && self.defaultRedirectURI in self.callbackURLs)",
                            "defaultRedirectURI must be one of callbackURLs; add it there, or choose one of them")
                    .from(AWS_DOCUMENTATION));

    /** One rule for each, so that the refusal names the attribute. */
    private static final List<Rule> ATTRIBUTES = Stream.of("sub", "email_verified", "phone_number_verified")
            .map(attribute -> on(
                            "spec.writeAttributes[]",
                            "self != '" + attribute + "'",
                            "writeAttributes must not contain " + attribute + ", which only Cognito sets; remove it")
                    .from(OBSERVED))
            .toList();

    private static final String ANALYTICS = "spec.analyticsConfiguration";

    private static final List<Rule> ANALYTICS_FORMS = List.of(
            on(
                            ANALYTICS,
                            "has(self.applicationARN) != has(self.applicationId)",
                            "analyticsConfiguration must have either applicationARN or applicationId; give exactly one of them")
                    .from(OBSERVED),
            on(
                            ANALYTICS,
                            "!has(self.applicationId) || (has(self.externalId) && has(self.roleARN))",
                            "analyticsConfiguration with applicationId needs externalId and roleARN too; add them, or use applicationARN alone")
                    .from(OBSERVED),
            on(
                            ANALYTICS,
                            "!has(self.applicationARN) || has(self.applicationId)"
                                    + " || !(has(self.externalId) || has(self.roleARN))",
                            "analyticsConfiguration with applicationARN must not have externalId or roleARN, which go with applicationId; remove them")
                    .from(OBSERVED));

    private static final List<Rule> OPERATOR = List.of(
            on("spec.driftCheckInterval", between(600, 604_800, 1), "driftCheckInterval must be from 10m to 7d"));

    /**
     * Only the object as a whole has both spec and status. It speaks of a change of the spec alone, so it cannot refuse an edit of
     * metadata, and an object that a backup brings back is new to it.
     */
    private static final Rule ADOPTION = across(
            "",
            "spec.adopt",
            "!has(oldSelf.status) || !(has(oldSelf.status.clientId) || has(oldSelf.status.pendingCreate))"
                    + " || (has(self.spec.adopt) ? has(oldSelf.spec.adopt)"
                    + " && self.spec.adopt.clientId == oldSelf.spec.adopt.clientId : !has(oldSelf.spec.adopt))",
            "adopt cannot be added, changed or removed once status.clientId is set, because the object has its app client; create a new UserPoolClient for the other one");

    private UserPoolClientRules() {}

    /** All of them, in the order in which a person should hear of them. */
    static List<Rule> all() {
        return Stream.of(
                        IDENTITY,
                        AUTHENTICATION,
                        TOKENS,
                        OAUTH,
                        RedirectRules.of("callbackURLs"),
                        RedirectRules.of("logoutURLs"),
                        ATTRIBUTES,
                        ANALYTICS_FORMS,
                        OPERATOR,
                        List.of(RESERVED_NAME, ADOPTION))
                .flatMap(List::stream)
                .toList();
    }

    /** An absent access or ID token validity is one hour, the least that a refresh token lasts; an absent refresh token validity is 30 days. */
    private static Rule notLongerThanRefresh(String field) {
        return across(
                        SPEC,
                        field,
                        "!has(self.%1$s) || !has(self.refreshTokenValidity)".formatted(field)
                                + " || !" + matches("self." + field, Patterns.DURATION)
                                + " || !" + matches("self.refreshTokenValidity", Patterns.DURATION)
                                + " || " + seconds("self." + field) + " <= " + seconds("self.refreshTokenValidity"),
                        field
                                + " must not be longer than refreshTokenValidity; shorten it, or lengthen refreshTokenValidity")
                .from(OBSERVED);
    }
}
