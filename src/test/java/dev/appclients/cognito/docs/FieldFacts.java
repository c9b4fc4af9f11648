package dev.appclients.cognito.docs;

import java.util.Map;
import java.util.stream.Collectors;

/** Facts of the reference page about the fields of a spec that the schema does not contain. A test checks that none is missing. */
final class FieldFacts {
    /**
     * @param aws the member of the AWS API; "–" for a field of the operator
     * @param absent the default
     */
    record Fact(String aws, String absent) {}

    private static final String NAMESPACES = """
            from | – | required
            names | – | none
            selector | – | none
            selector.matchLabels | – | none
            selector.matchExpressions | – | none
            selector.matchExpressions[].key | – | required
            selector.matchExpressions[].operator | – | required
            selector.matchExpressions[].values | – | none
            """;

    private static final String FORM_OF_A_SECRET = """
            preset | – | `Standard`
            type | – | `servicebinding.io/oauth2` with preset `ServiceBinding`, else `Opaque`
            metadata | – | none but the marks of the operator
            metadata.labels | – | none
            metadata.annotations | – | none
            template | – | none
            generate | – | none
            generate[].key | – | required
            generate[].bytes | – | `32`
            generate[].encoding | – | `Base64Url`
            """;

    private static final String USER_POOL_CLIENT = """
            userPoolRef | – | required
            userPoolRef.name | UserPoolId, through the ClusterUserPool | required
            appType | – | required
            clientName | ClientName | `<namespace>.<name>`
            generateSecret | GenerateSecret | Public, Other: `false`; Confidential, MachineToMachine: `true`
            explicitAuthFlows | ExplicitAuthFlows | Public, Confidential: `ALLOW_USER_SRP_AUTH`, `ALLOW_REFRESH_TOKEN_AUTH`; MachineToMachine: `ALLOW_REFRESH_TOKEN_AUTH`; Other: Cognito's own (SRP, custom, refresh). Without the refresh flow while refreshTokenRotation is enabled
            authSessionValidity | AuthSessionValidity | `3m`
            accessTokenValidity | AccessTokenValidity, TokenValidityUnits | `1h`
            idTokenValidity | IdTokenValidity, TokenValidityUnits | `1h`
            refreshTokenValidity | RefreshTokenValidity, TokenValidityUnits | `30d`
            refreshTokenRotation | RefreshTokenRotation | `DISABLED`
            refreshTokenRotation.feature | RefreshTokenRotation.Feature | required
            refreshTokenRotation.retryGracePeriod | RefreshTokenRotation.RetryGracePeriodSeconds | `0s`
            enableTokenRevocation | EnableTokenRevocation | `true`
            preventUserExistenceErrors | PreventUserExistenceErrors | `ENABLED`
            enablePropagateAdditionalUserContextData | EnablePropagateAdditionalUserContextData | `false`
            allowedOAuthFlows | AllowedOAuthFlows | MachineToMachine: `client_credentials`; else none
            allowedOAuthScopes | AllowedOAuthScopes | none
            allowedOAuthFlowsUserPoolClient | AllowedOAuthFlowsUserPoolClient | `true` if the client has OAuth flows, else `false`
            callbackURLs | CallbackURLs | none
            logoutURLs | LogoutURLs | none
            defaultRedirectURI | DefaultRedirectURI | none
            supportedIdentityProviders | SupportedIdentityProviders | Public, Confidential: `COGNITO` with the flow `code` or `implicit`, else none; MachineToMachine, Other: none
            readAttributes | ReadAttributes | all standard attributes
            writeAttributes | WriteAttributes | every mutable attribute of the pool, including custom ones
            analyticsConfiguration | AnalyticsConfiguration | none
            analyticsConfiguration.applicationARN | AnalyticsConfiguration.ApplicationArn | `applicationId` names the project
            analyticsConfiguration.applicationId | AnalyticsConfiguration.ApplicationId | `applicationARN` names the project
            analyticsConfiguration.externalId | AnalyticsConfiguration.ExternalId | none
            analyticsConfiguration.roleARN | AnalyticsConfiguration.RoleArn | Cognito's service-linked role
            analyticsConfiguration.userDataShared | AnalyticsConfiguration.UserDataShared | `false`
            mode | – | `Manage`
            adopt | – | the operator creates a client
            adopt.clientId | ClientId | required
            driftCheckInterval | – | the interval of the operator
            deletionPolicy | – | `Delete`; with adopt: `Retain`
            secret | – | a Secret with the name of the UserPoolClient
            secret.name | – | the name of the UserPoolClient
            secret.onDelete | – | `Delete`
            configMap | – | no ConfigMap
            configMap.name | – | the name of the UserPoolClient
            configMap.preset | – | `Standard`
            configMap.template | – | none
            sharing | – | no copy outside the namespace of the UserPoolClient
            sharing.namespaces | – | required
            sharing.push | – | copies only on request
            sharing.push.secret | – | required
            sharing.push.secret.name | – | required
            sharing.push.secret.preset | – | `Standard`
            rotation | – | only on request, with the defaults
            rotation.every | – | only on request
            rotation.overlap | – | `7d`
            rotation.maxOverlap | – | `14d`
            """;

    private static final String CLUSTER_USER_POOL = """
            userPoolId | UserPoolId | required
            aws | – | required
            aws.identity | – | required
            aws.roleARN | RoleArn of sts:AssumeRole | none
            aws.externalId | ExternalId of sts:AssumeRole | none
            tenancy | – | required
            namespaces | – | no namespace
            adoption | – | no client
            adoption[].clientId | ClientId | required
            adoption[].namespaces | – | required
            adoption[].modes | – | required
            allow | – | the safe minimum
            allow.appTypes | – | `Public`, `Confidential`, `MachineToMachine`
            allow.callbackURLs | CallbackURLs | none
            allow.logoutURLs | LogoutURLs | none
            allow.oauthFlows | AllowedOAuthFlows | `code`; MachineToMachine: `client_credentials`
            allow.oauthScopes | AllowedOAuthScopes | `openid`, `email`, `profile`
            allow.authFlows | ExplicitAuthFlows | `ALLOW_USER_SRP_AUTH`, `ALLOW_REFRESH_TOKEN_AUTH`
            allow.identityProviders | SupportedIdentityProviders | `COGNITO`
            allow.readAttributes | ReadAttributes | a client must name its attributes, and may name any
            allow.writeAttributes | WriteAttributes | a client must name its attributes, and may name any
            allow.analyticsARNs | AnalyticsConfiguration | none
            allow.maxTokenValidity | – | one hour for access and ID tokens, 30 days for refresh tokens
            allow.maxTokenValidity.access | AccessTokenValidity | `1h`
            allow.maxTokenValidity.id | IdTokenValidity | `1h`
            allow.maxTokenValidity.refresh | RefreshTokenValidity | `30d`
            allow.secretTypes | – | `Opaque`, `servicebinding.io/*`
            allow.secretMetadata | – | none but the standard ones
            allow.secretMetadata.labelKeys | – | none
            allow.secretMetadata.annotationKeys | – | none
            allow.settings | – | none
            sharing | – | no copy leaves the namespace of its client
            sharing.namespaces | – | no namespace
            sharing.pushFrom | – | no namespace
            quota | – | unlimited
            quota.clientsPerNamespace | – | unlimited
            quota.claimsPerNamespace | – | unlimited
            domain | Domain of DescribeUserPoolDomain | the oldest active custom domain, else the prefix domain
            """;

    private static final String CLIENT_SECRET_CLAIM = """
            clientRef | – | required
            clientRef.namespace | – | required
            clientRef.name | – | required
            secret | – | a Secret with the name of the claim
            secret.name | – | the name of the claim
            """;

    private static final Map<String, Map<String, Fact>> BY_KIND = Map.of(
            "UserPoolClient",
                    parse(USER_POOL_CLIENT
                            + below("secret", FORM_OF_A_SECRET)
                            + below("sharing.namespaces", NAMESPACES)),
            "ClientSecretClaim", parse(CLIENT_SECRET_CLAIM + below("secret", FORM_OF_A_SECRET)),
            "ClusterUserPool",
                    parse(CLUSTER_USER_POOL
                            + below("namespaces", NAMESPACES)
                            + below("adoption[].namespaces", NAMESPACES)
                            + below("sharing.namespaces", NAMESPACES)
                            + below("sharing.pushFrom", NAMESPACES)));

    private FieldFacts() {}

    /** The facts of a kind, by path below {@code spec}. */
    static Map<String, Fact> of(String kind) {
        return BY_KIND.get(kind);
    }

    private static String below(String field, String facts) {
        return facts.lines().map(line -> field + "." + line + "\n").collect(Collectors.joining());
    }

    private static Map<String, Fact> parse(String table) {
        return table.lines()
                .map(line -> line.split(" [|] "))
                .collect(Collectors.toMap(cells -> cells[0], cells -> new Fact(cells[1], cells[2])));
    }
}
