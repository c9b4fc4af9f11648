package dev.appclients.cognito.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.api.v1beta1.ClientSecretClaimSpec;
import dev.appclients.cognito.api.v1beta1.ClusterUserPoolSpec;
import dev.appclients.cognito.api.v1beta1.UserPoolClientSpec;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** A new field of a manifest needs a line here: the limit of a Restricted pool that covers it, or the reason why it is harmless. */
class EveryFieldIsLimitedTest {

    private static final String CLIENT = """
            userPoolRef.name                               | limited  | namespaces
            appType                                        | limited  | allow.appTypes
            clientName                                     | harmless | a label for people; ownership is proved by the suffix, which the operator appends
            generateSecret                                 | harmless | only with appType Other, which allow.appTypes limits; a secret makes a client stricter
            explicitAuthFlows                              | limited  | allow.authFlows
            authSessionValidity                            | harmless | 3 to 15 minutes, for an unfinished sign-in
            accessTokenValidity                            | limited  | allow.maxTokenValidity.access
            idTokenValidity                                | limited  | allow.maxTokenValidity.id
            refreshTokenValidity                           | limited  | allow.maxTokenValidity.refresh
            refreshTokenRotation.feature                   | limited  | allow.authFlows
            refreshTokenRotation.retryGracePeriod          | harmless | at most 60 seconds, and rotation is stricter than none
            enableTokenRevocation                          | limited  | allow.settings
            preventUserExistenceErrors                     | limited  | allow.settings
            enablePropagateAdditionalUserContextData       | limited  | allow.settings
            allowedOAuthFlows                              | limited  | allow.oauthFlows
            allowedOAuthScopes                             | limited  | allow.oauthScopes
            allowedOAuthFlowsUserPoolClient                | harmless | a switch; flows, scopes and URLs are limited whether it is on or off
            callbackURLs                                   | limited  | allow.callbackURLs
            logoutURLs                                     | limited  | allow.logoutURLs
            defaultRedirectURI                             | limited  | allow.callbackURLs
            supportedIdentityProviders                     | limited  | allow.identityProviders
            readAttributes                                 | limited  | allow.readAttributes
            writeAttributes                                | limited  | allow.writeAttributes
            analyticsConfiguration.applicationARN          | limited  | allow.analyticsARNs
            analyticsConfiguration.applicationId           | limited  | allow.analyticsARNs
            analyticsConfiguration.externalId              | harmless | only with applicationId, which no Restricted pool permits
            analyticsConfiguration.roleARN                 | harmless | only with applicationId, which no Restricted pool permits
            analyticsConfiguration.userDataShared          | harmless | the data goes to a project that the pool lists
            mode                                           | harmless | Observe writes less; an adopted client needs an entry with the mode
            adopt.clientId                                 | limited  | adoption[].clientId
            driftCheckInterval                             | harmless | at least 10 minutes, and the budget serves namespaces in turn
            deletionPolicy                                 | harmless | Retain keeps a client whose settings the limits permitted; the page of the pool states that no quota counts it
            secret.name                                    | harmless | the first write is a create, so no Secret of another owner is overwritten
            secret.preset                                  | harmless | names of keys; the type that a preset implies is limited by allow.secretTypes
            secret.type                                    | limited  | allow.secretTypes
            secret.metadata.labels                         | limited  | allow.secretMetadata.labelKeys
            secret.metadata.annotations                    | limited  | allow.secretMetadata.annotationKeys
            secret.template                                | harmless | a closed list of variables, all values of this client
            secret.generate[].key                          | harmless | a random value in a Secret of the namespace
            secret.generate[].bytes                        | harmless | 16 to 64
            secret.generate[].encoding                     | harmless | a spelling
            secret.onDelete                                | harmless | a retained Secret stays in its own namespace
            configMap.name                                 | harmless | the first write is a create, so no ConfigMap of another owner is overwritten
            configMap.preset                               | harmless | names of keys
            configMap.template                             | harmless | a closed list of public variables
            sharing.namespaces.from                        | limited  | sharing.namespaces
            sharing.namespaces.names                       | limited  | sharing.namespaces
            sharing.namespaces.selector.matchLabels        | limited  | sharing.namespaces
            sharing.namespaces.selector.matchExpressions[].key      | limited | sharing.namespaces
            sharing.namespaces.selector.matchExpressions[].operator | limited | sharing.namespaces
            sharing.namespaces.selector.matchExpressions[].values   | limited | sharing.namespaces
            sharing.push.secret.name                       | limited  | sharing.pushFrom
            sharing.push.secret.preset                     | limited  | sharing.pushFrom
            rotation.every                                 | harmless | longer than maxOverlap, and a pool starts at most two scheduled rotations a minute; four calls each
            rotation.overlap                               | harmless | at least 10 minutes; only this client's own secrets are added and deleted
            rotation.maxOverlap                            | harmless | at most 60 days, after which the old secret is deleted
            """;

    private static final String CLAIM = """
            clientRef.namespace          | limited  | sharing.namespaces
            clientRef.name               | limited  | sharing.namespaces
            secret.name                  | harmless | the first write is a create, so no Secret of another owner is overwritten
            secret.preset                | harmless | names of keys; the type that a preset implies is limited by allow.secretTypes
            secret.type                  | limited  | allow.secretTypes
            secret.metadata.labels       | limited  | allow.secretMetadata.labelKeys
            secret.metadata.annotations  | limited  | allow.secretMetadata.annotationKeys
            secret.template              | harmless | a closed list of variables, all values of the shared client
            secret.generate[].key        | harmless | a random value in a Secret of the namespace
            secret.generate[].bytes      | harmless | 16 to 64
            secret.generate[].encoding   | harmless | a spelling
            """;

    private record Line(boolean limited, String limitOrReason) {}

    @Test
    void every_field_of_a_client_is_limited_or_harmless() {
        assertThat(lines(CLIENT).keySet()).containsExactlyInAnyOrderElementsOf(leaves(UserPoolClientSpec.class));
    }

    @Test
    void every_field_of_a_claim_is_limited_or_harmless() {
        assertThat(lines(CLAIM).keySet()).containsExactlyInAnyOrderElementsOf(leaves(ClientSecretClaimSpec.class));
    }

    @Test
    void every_limit_is_a_field_of_the_pool_and_every_harmless_field_has_a_reason() {
        SortedSet<String> pool = leaves(ClusterUserPoolSpec.class);

        assertThat(lines(CLIENT + CLAIM).values())
                .allSatisfy(line -> assertThat(line.limitOrReason()).isNotBlank());
        assertThat(lines(CLIENT + CLAIM).values().stream().filter(Line::limited))
                .allSatisfy(line -> assertThat(pool)
                        .anyMatch(field ->
                                field.equals(line.limitOrReason()) || field.startsWith(line.limitOrReason() + ".")));
    }

    @Test
    void every_limit_of_a_pool_limits_a_field() {
        assertThat(lines(CLIENT + CLAIM).values().stream().filter(Line::limited).map(Line::limitOrReason))
                .containsAll(leaves(ClusterUserPoolSpec.class).stream()
                        .filter(field -> field.startsWith("allow."))
                        .toList());
    }

    private static Map<String, Line> lines(String table) {
        Map<String, Line> lines = new LinkedHashMap<>();
        table.lines()
                .map(line -> line.split(" *\\| *"))
                .forEach(parts -> lines.put(parts[0], new Line(parts[1].equals("limited"), parts[2])));
        return lines;
    }

    private static SortedSet<String> leaves(Class<?> spec) {
        SortedSet<String> leaves = new TreeSet<>();
        collect("", spec, leaves);
        return leaves;
    }

    private static void collect(String path, Class<?> type, SortedSet<String> leaves) {
        for (RecordComponent component : type.getRecordComponents()) {
            String at = path + component.getName();
            Class<?> items = items(component.getGenericType());
            if (component.getType().isRecord()) {
                collect(at + ".", component.getType(), leaves);
            } else if (items.isRecord()) {
                collect(at + "[].", items, leaves);
            } else {
                leaves.add(at);
            }
        }
    }

    /** The type of the items of a list; the type itself otherwise. */
    private static Class<?> items(Type type) {
        return switch (type) {
            case ParameterizedType list ->
                Arrays.stream(list.getActualTypeArguments())
                        .filter(Class.class::isInstance)
                        .map(Class.class::cast)
                        .findFirst()
                        .orElse(Object.class);
            case Class<?> plain -> plain;
            default -> Object.class;
        };
    }
}
