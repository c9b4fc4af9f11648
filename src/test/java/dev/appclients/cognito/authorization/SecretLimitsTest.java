package dev.appclients.cognito.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.api.v1beta1.AwsAccess;
import dev.appclients.cognito.api.v1beta1.AwsIdentity;
import dev.appclients.cognito.api.v1beta1.ClusterUserPoolSpec;
import dev.appclients.cognito.api.v1beta1.PoolLimits;
import dev.appclients.cognito.api.v1beta1.Tenancy;
import dev.appclients.cognito.model.NamespaceSnapshot;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The types and the metadata of Secrets that a pool permits. */
class SecretLimitsTest {

    private static final NamespaceSnapshot SHOP = new NamespaceSnapshot("shop", Map.of());

    @ParameterizedTest(name = "{0} pool with {1}, type {2}: {3}")
    @CsvSource(delimiter = '|', textBlock = """
            TRUSTED    | {}                                        | Opaque                               | true
            TRUSTED    | {}                                        | servicebinding.io/oauth2             | true
            TRUSTED    | {}                                        | example.com/oidc                     | true
            TRUSTED    | {}                                        | custom                               | true
            TRUSTED    | {}                                        | kubernetes.io/service-account-token  | false
            TRUSTED    | {}                                        | kubernetes.io/tls                    | false
            TRUSTED    | {}                                        | bootstrap.kubernetes.io/token        | false
            TRUSTED    | {}                                        | helm.sh/release.v1                   | false
            TRUSTED    | {}                                        | argoproj.io/repository               | false
            TRUSTED    | {}                                        | a.argoproj.io/repository             | false
            RESTRICTED | {}                                        | Opaque                               | true
            RESTRICTED | {}                                        | servicebinding.io/oauth2             | true
            RESTRICTED | {}                                        | example.com/oidc                     | false
            RESTRICTED | secretTypes: []                           | Opaque                               | false
            RESTRICTED | secretTypes: [example.com/oidc]           | example.com/oidc                     | true
            RESTRICTED | secretTypes: [example.com/oidc]           | Opaque                               | false
            RESTRICTED | secretTypes: [example.com/oidc]           | servicebinding.io/oauth2             | false
            RESTRICTED | secretTypes: ['example.com/*']            | example.com/oidc                     | true
            RESTRICTED | secretTypes: ['example.com/*']            | a.example.com/oidc                   | false
            RESTRICTED | secretTypes: ['example.com/*']            | example.com.evil/oidc                | false
            RESTRICTED | secretTypes: ['*']                        | Opaque                               | false
            RESTRICTED | secretTypes: ['/*']                       | Opaque                               | false
            RESTRICTED | secretTypes: ['kubernetes.io/*']          | kubernetes.io/service-account-token  | false
            RESTRICTED | secretTypes: [kubernetes.io/tls]          | kubernetes.io/tls                    | false
            RESTRICTED | secretTypes: ['bootstrap.kubernetes.io/*'] | bootstrap.kubernetes.io/token       | false
            RESTRICTED | secretTypes: ['helm.sh/*']                | helm.sh/release.v1                   | false
            UNKNOWN    | {}                                        | Opaque                               | false
            """)
    void a_type_is_permitted_by_the_pool_and_never_one_of_kubernetes(
            Tenancy tenancy, String limits, String type, boolean allowed) {
        Decision decision = Authorization.decideSecret(pool(tenancy, limits), SHOP, type, Set.of(), Set.of());

        assertThat(decision instanceof Decision.Allowed).isEqualTo(allowed);
    }

    @ParameterizedTest(name = "{0} pool with {1}, key {2}: {3}")
    @CsvSource(delimiter = '|', textBlock = """
            TRUSTED    | []                              | example.com/team                            | true
            TRUSTED    | []                              | app.kubernetes.io/name                      | true
            TRUSTED    | []                              | app.kubernetes.io/part-of                   | true
            TRUSTED    | []                              | reloader.stakater.com/match                 | true
            TRUSTED    | []                              | app.kubernetes.io/managed-by                | false
            TRUSTED    | []                              | owner                                       | false
            TRUSTED    | []                              | grafana_datasource                          | false
            TRUSTED    | []                              | argocd.argoproj.io/secret-type              | false
            TRUSTED    | []                              | reflector.v1.k8s.emberstack.com/reflection-allowed | false
            TRUSTED    | []                              | replicator.v1.mittwald.de/replicate-to      | false
            TRUSTED    | []                              | cognito.appclients.dev/client-uid           | false
            TRUSTED    | []                              | kubernetes.io/service-account.name          | false
            RESTRICTED | []                              | example.com/team                            | false
            RESTRICTED | []                              | app.kubernetes.io/version                   | true
            RESTRICTED | []                              | reloader.stakater.com/match                 | true
            RESTRICTED | [example.com/team]              | example.com/team                            | true
            RESTRICTED | [example.com/team]              | example.com/other                           | false
            RESTRICTED | [argocd.argoproj.io/secret-type] | argocd.argoproj.io/secret-type             | false
            RESTRICTED | [owner]                         | owner                                       | false
            """)
    void a_key_is_permitted_by_the_pool_and_never_one_that_orders_another_controller(
            Tenancy tenancy, String keys, String key, boolean allowed) {
        PoolSnapshot pool = pool(tenancy, "secretMetadata: {labelKeys: " + keys + ", annotationKeys: " + keys + "}");

        assertThat(Authorization.decideSecret(pool, SHOP, "Opaque", Set.of(key), Set.of()) instanceof Decision.Allowed)
                .isEqualTo(allowed);
        assertThat(Authorization.decideSecret(pool, SHOP, "Opaque", Set.of(), Set.of(key)) instanceof Decision.Allowed)
                .isEqualTo(allowed);
    }

    @Test
    void a_label_is_not_permitted_as_an_annotation() {
        PoolSnapshot pool = pool(Tenancy.RESTRICTED, "secretMetadata: {labelKeys: [example.com/team]}");

        assertThat(Authorization.decideSecret(pool, SHOP, "Opaque", Set.of(), Set.of("example.com/team")))
                .isInstanceOfSatisfying(Decision.Denied.class, denied -> {
                    assertThat(denied.field()).isEqualTo("spec.secret.metadata.annotations");
                    assertThat(denied.message())
                            .contains(
                                    "secret.metadata.annotations 'example.com/team' (allow.secretMetadata.annotationKeys)",
                                    "platform team");
                });
    }

    /** Only a Trusted pool refuses such a type. A pool with limits may list it. */
    @Test
    void a_refusal_of_a_foreign_type_names_the_limit_that_can_permit_it() {
        assertThat(Authorization.decideSecret(
                        pool(Tenancy.TRUSTED, "{}"), SHOP, "argoproj.io/repository", Set.of(), Set.of()))
                .isInstanceOfSatisfying(
                        Decision.Denied.class,
                        denied -> assertThat(denied.message())
                                .contains("secret.type 'argoproj.io/repository' (allow.secretTypes)", "platform team"));
        assertThat(Authorization.decideSecret(
                        pool(Tenancy.RESTRICTED, "secretTypes: [argoproj.io/repository]"),
                        SHOP,
                        "argoproj.io/repository",
                        Set.of(),
                        Set.of()))
                .isInstanceOf(Decision.Allowed.class);
    }

    @Test
    void a_refusal_that_no_pool_can_lift_does_not_name_the_platform_team() {
        assertThat(Authorization.decideSecret(
                        pool(Tenancy.TRUSTED, "{}"), SHOP, "helm.sh/release.v1", Set.of("owner"), Set.of()))
                .isInstanceOfSatisfying(Decision.Denied.class, denied -> {
                    assertThat(denied.field()).isEqualTo("spec.secret.type");
                    assertThat(denied.message())
                            .contains("secret.type 'helm.sh/release.v1'", "secret.metadata.labels 'owner'")
                            .endsWith("Change the manifest.")
                            .doesNotContain("platform team");
                });
    }

    private static PoolSnapshot pool(Tenancy tenancy, String limits) {
        PoolLimits allow =
                limits.equals("{}") ? null : Serialization.unmarshal("---\n{" + limits + "}", PoolLimits.class);
        return new PoolSnapshot(
                "customers",
                new ClusterUserPoolSpec(
                        "eu-west-1_AbCdEf123",
                        new AwsAccess(AwsIdentity.OPERATOR, null, null),
                        tenancy,
                        null,
                        allow,
                        null,
                        null,
                        null,
                        null));
    }
}
