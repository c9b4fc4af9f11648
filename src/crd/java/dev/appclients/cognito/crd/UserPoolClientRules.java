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
 * The CEL rules of a UserPoolClient.
 *
 * <p>They refuse only settings that Cognito certainly refuses; the operator reports doubtful settings as warnings in the conditions.
 * They check the settings with the defaults of {@code appType}: a secret for Confidential and MachineToMachine, and the flow
 * {@code client_credentials} for MachineToMachine.
 */
final class UserPoolClientRules {
    private static final String SPEC = "spec";

    private static final String HAS_SECRET =
            "(self.appType in ['Confidential', 'MachineToMachine'] || " + on("self.generateSecret") + ")";

    private static final String ROTATES =
            "(has(self.refreshTokenRotation) && self.refreshTokenRotation.feature == 'ENABLED')";

    private static final String HAS_FLOWS =
            "(self.appType == 'MachineToMachine' || " + given("self.allowedOAuthFlows") + ")";

    /** Whether client_credentials is the only flow, by the manifest or by the type. */
    private static final String FOR_MACHINES = "(" + given("self.allowedOAuthFlows")
            + " ? self.allowedOAuthFlows.all(f, f == 'client_credentials') : self.appType == 'MachineToMachine')";

    private static final String USES_OAUTH = "(has(self.allowedOAuthFlowsUserPoolClient)"
            + " ? self.allowedOAuthFlowsUserPoolClient : " + HAS_FLOWS + ")";

    private static final List<Rule> IDENTITY = List.of(
            across(
                            SPEC,
                            "userPoolRef.name",
                            "self.userPoolRef.name == oldSelf.userPoolRef.name",
                            "userPoolRef.name cannot be changed, because an app client cannot move to another pool. Create a new UserPoolClient for the other pool")
                    .from(AWS_SERVICE_MODEL),
            across(
                    SPEC,
                    "appType",
                    "self.appType == oldSelf.appType",
                    "appType cannot be changed, because it decides whether the app client has a secret. Create a new UserPoolClient with the other type"),
            across(
                    SPEC,
                    "generateSecret",
                    "!has(self.generateSecret) || self.appType == 'Other'",
                    "generateSecret is only valid with appType: Other, because the other types decide it. Remove generateSecret"),
            across(
                            SPEC,
                            "generateSecret",
                            on("self.generateSecret") + " == " + on("oldSelf.generateSecret"),
                            "generateSecret cannot be changed, because Cognito generates a secret only at creation. Create a new UserPoolClient")
                    .from(AWS_SERVICE_MODEL));

    /** Such a suffix proves which object owns an app client; see {@code ClientName}. The operator appends one to every other name. */
    private static final Rule RESERVED_NAME = across(
            SPEC,
            "clientName",
            "!has(self.adopt) || !has(self.clientName) || !" + matches("self.clientName", "[.][0-9A-Fa-f]{10}\\s*$"),
            "clientName must not end in a dot and ten hexadecimal digits with adopt. Such names are reserved for app clients that the operator creates. Remove clientName to keep the client's name, or write another name");

    private static final List<Rule> AUTHENTICATION = List.of(
            across(
                            SPEC,
                            "explicitAuthFlows",
                            lacks("self.explicitAuthFlows")
                                    + " || self.explicitAuthFlows.all(f, f.startsWith('ALLOW_'))"
                                    + " || self.explicitAuthFlows.all(f, !f.startsWith('ALLOW_'))",
                            "explicitAuthFlows must not mix names with and without the prefix ALLOW_. Write all names with ALLOW_")
                    .from(AWS_DOCUMENTATION),
            across(
                            SPEC,
                            "explicitAuthFlows",
                            lacks("self.explicitAuthFlows")
                                    + " || !('ALLOW_REFRESH_TOKEN_AUTH' in self.explicitAuthFlows)"
                                    + " || !" + ROTATES,
                            "explicitAuthFlows must not contain ALLOW_REFRESH_TOKEN_AUTH while refreshTokenRotation.feature is ENABLED. Remove the flow, or disable the rotation")
                    .from(AWS_DOCUMENTATION),
            // Rotation removes the only default flow of the type, and Cognito reads an empty list as three flows.
            across(
                    SPEC,
                    "refreshTokenRotation",
                    "self.appType != 'MachineToMachine' || " + given("self.explicitAuthFlows") + " || !" + ROTATES,
                    "refreshTokenRotation.feature must not be ENABLED with appType: MachineToMachine, because such a client has no refresh tokens. Remove refreshTokenRotation"),
            across(
                            SPEC,
                            "explicitAuthFlows",
                            lacks("self.explicitAuthFlows")
                                    + " || !('ALLOW_CLIENT_TOKEN_AUTH' in self.explicitAuthFlows)"
                                    + " || self.explicitAuthFlows.all(f, f == 'ALLOW_CLIENT_TOKEN_AUTH')",
                            "explicitAuthFlows must contain no other flow when it contains ALLOW_CLIENT_TOKEN_AUTH. Remove the other flows")
                    .from(AWS_DOCUMENTATION),
            across(
                            SPEC,
                            "explicitAuthFlows",
                            lacks("self.explicitAuthFlows")
                                    + " || !('ALLOW_CLIENT_TOKEN_AUTH' in self.explicitAuthFlows) || " + HAS_SECRET,
                            "explicitAuthFlows may contain ALLOW_CLIENT_TOKEN_AUTH only for a client with a secret. Use appType: Confidential or MachineToMachine, or Other with generateSecret: true")
                    .from(AWS_DOCUMENTATION));

    private static final List<Rule> TOKENS = List.of(
            on(
                            "spec.authSessionValidity",
                            between(180, 900, 60),
                            "authSessionValidity must be in whole minutes from 3m to 15m")
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
                            "allowedOAuthFlows must contain no other flow when it contains client_credentials. Use a second UserPoolClient for the other flows")
                    .from(AWS_DOCUMENTATION),
            across(
                            SPEC,
                            "allowedOAuthFlows",
                            lacks("self.allowedOAuthFlows")
                                    + " || !('client_credentials' in self.allowedOAuthFlows) || " + HAS_SECRET,
                            "allowedOAuthFlows may contain client_credentials only for a client with a secret. Use appType: MachineToMachine or Confidential, or Other with generateSecret: true")
                    .from(OBSERVED),
            across(
                            SPEC,
                            "allowedOAuthFlows",
                            "!" + on("self.allowedOAuthFlowsUserPoolClient") + " || " + HAS_FLOWS,
                            "allowedOAuthFlows must contain a flow while allowedOAuthFlowsUserPoolClient is true. Add a flow, or remove allowedOAuthFlowsUserPoolClient")
                    .from(OBSERVED),
            across(
                            SPEC,
                            "allowedOAuthScopes",
                            "!" + HAS_FLOWS + " || !" + USES_OAUTH + " || " + given("self.allowedOAuthScopes"),
                            "allowedOAuthScopes must contain a scope, because the client has an OAuth flow (the default of appType: MachineToMachine is client_credentials). Add a scope such as openid, or <resource server>/<scope>")
                    .from(OBSERVED),
            across(
                            SPEC,
                            "allowedOAuthScopes",
                            "!" + FOR_MACHINES + " || !" + USES_OAUTH + " || !has(self.allowedOAuthScopes)"
                                    + " || !self.allowedOAuthScopes.exists(s, s in ['openid', 'email', 'phone', 'profile', 'aws.cognito.signin.user.admin'])",
                            "allowedOAuthScopes must not contain openid, email, phone, profile or aws.cognito.signin.user.admin with the flow client_credentials, which has no user. Remove these scopes, or use a second UserPoolClient with the flow code")
                    .from(OBSERVED),
            across(
                            SPEC,
                            "callbackURLs",
                            lacks("self.allowedOAuthFlows")
                                    + " || !self.allowedOAuthFlows.exists(f, f in ['code', 'implicit']) || "
                                    + given("self.callbackURLs"),
                            "callbackURLs must contain a URL, because allowedOAuthFlows contains code or implicit. Add the URL of the application that users return to")
                    .from(OBSERVED),
            across(
                            SPEC,
                            "defaultRedirectURI",
                            "!has(self.defaultRedirectURI) || (" + given("self.callbackURLs")
                                    + " && self.defaultRedirectURI in self.callbackURLs)",
                            "defaultRedirectURI must be one of callbackURLs. Add it to callbackURLs, or write one of them")
                    .from(AWS_DOCUMENTATION));

    private static final List<Rule> ATTRIBUTES = writable("writeAttributes");

    private static final String ANALYTICS = "spec.analyticsConfiguration";

    private static final List<Rule> ANALYTICS_FORMS = List.of(
            on(
                            ANALYTICS,
                            "has(self.applicationARN) != has(self.applicationId)",
                            "analyticsConfiguration must have either applicationARN or applicationId. Write exactly one of them")
                    .from(OBSERVED),
            on(
                            ANALYTICS,
                            "!has(self.applicationId) || (has(self.externalId) && has(self.roleARN))",
                            "analyticsConfiguration with applicationId must have externalId and roleARN. Add both, or use only applicationARN")
                    .from(OBSERVED),
            on(
                            ANALYTICS,
                            "!has(self.applicationARN) || has(self.applicationId)"
                                    + " || !(has(self.externalId) || has(self.roleARN))",
                            "analyticsConfiguration with applicationARN must not have externalId or roleARN, which belong to applicationId. Remove both")
                    .from(OBSERVED));

    private static final List<Rule> OPERATOR = List.of(
            on("spec.driftCheckInterval", between(600, 604_800, 1), "driftCheckInterval must be from 10m to 7d"));

    /**
     * A rule at the root, because only there both spec and status are visible. It compares the spec with the old spec. An edit of
     * metadata and a restore from a backup therefore pass.
     */
    private static final Rule ADOPTION = across(
            "",
            "spec.adopt",
            "!has(oldSelf.status) || !(has(oldSelf.status.clientId) || has(oldSelf.status.pendingCreate))"
                    + " || (has(self.spec.adopt) ? has(oldSelf.spec.adopt)"
                    + " && self.spec.adopt.clientId == oldSelf.spec.adopt.clientId : !has(oldSelf.spec.adopt))",
            "adopt cannot be added, changed or removed after status.clientId is set, because the object has its app client. Create a new UserPoolClient for the other app client");

    /** The other rules of {@code secret} do not depend on the kind of client, so that a claim has them too. */
    private static final Rule PLAIN_SECRET = across(
            SPEC,
            "secret.template",
            "!" + HAS_SECRET + " || !has(self.secret) || !has(self.secret.preset) || self.secret.preset != 'None' || "
                    + lacks("self.secret.template")
                    + " || self.secret.template.exists(key, self.secret.template[key] == '$(clientSecret)')",
            "secret.template must have an entry that is exactly $(clientSecret) with preset: None, because the operator reads the client secret back from it. Add the entry, or use another preset");

    private static final Rule PUSHED_PRESET = across(
            "spec.sharing.push.secret",
            "preset",
            "!has(self.preset) || self.preset != 'None'",
            "sharing.push.secret.preset must not be None, because a pushed Secret has no template and would be empty. Use another preset");

    private static final List<Rule> SECRETS = Stream.of(
                    SecretRules.ofSecret("secret"),
                    Stream.of(SecretRules.sameType(), PLAIN_SECRET),
                    SecretRules.ofConfigMap("configMap"),
                    SelectionRules.of("sharing.namespaces"),
                    Stream.of(PUSHED_PRESET, RotationRules.notARecord("sharing.push.secret")))
            .flatMap(rules -> rules)
            .toList();

    private UserPoolClientRules() {}

    /** Every rule, in the order of display. */
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
                        List.of(RESERVED_NAME, ADOPTION),
                        SECRETS,
                        RotationRules.of(HAS_SECRET))
                .flatMap(List::stream)
                .toList();
    }

    /** The rules of a list of writable attributes: one for each other attribute, so that the error names it. */
    static List<Rule> writable(String list) {
        return Stream.of("sub", "email_verified", "phone_number_verified")
                .map(attribute -> on(
                                "spec." + list + "[]",
                                "self != '" + attribute + "'",
                                list + " must not contain " + attribute + ", which only Cognito sets. Remove it")
                        .from(OBSERVED))
                .toList();
    }

    /** Compares only values that are set: the defaults, 1h for access and ID tokens and 30d for refresh tokens, cannot break the rule. */
    private static Rule notLongerThanRefresh(String field) {
        return across(
                        SPEC,
                        field,
                        "!has(self.%1$s) || !has(self.refreshTokenValidity)".formatted(field)
                                + " || !" + matches("self." + field, Patterns.DURATION)
                                + " || !" + matches("self.refreshTokenValidity", Patterns.DURATION)
                                + " || " + seconds("self." + field) + " <= " + seconds("self.refreshTokenValidity"),
                        field
                                + " must not be longer than refreshTokenValidity. Shorten it, or lengthen refreshTokenValidity")
                .from(OBSERVED);
    }
}
