package dev.appclients.cognito.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MetadataKeysTest {

    static Stream<String> foreignDomains() {
        return MetadataKeys.FOREIGN_DOMAINS.stream();
    }

    @ParameterizedTest
    @MethodSource("foreignDomains")
    void a_key_of_another_controller_is_refused_also_below_its_domain(String domain) {
        assertThat(MetadataKeys.isPermitted(domain + "/x")).isFalse();
        assertThat(MetadataKeys.isPermitted("a.b." + domain + "/x")).isFalse();
        assertThat(MetadataKeys.isPermitted("not" + domain + "/x")).isTrue();
        assertThat(MetadataKeys.isPermitted(domain + ".example.com/x")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "owner",
                "grafana_datasource",
                "app.kubernetes.io/managed-by",
                "app.kubernetes.io/instance",
                "x.app.kubernetes.io/name",
                "/x",
                "example.com/",
                "Example.com/x",
                "kubernetes.io./x",
                ".kubernetes.io/x",
                "istio/multiCluster",
                "KUBERNETES.IO/x",
                "example.com/a/b",
                "example.com/" + "x x",
                "",
                "."
            })
    void a_key_without_a_domain_or_of_another_form_is_refused(String key) {
        assertThat(MetadataKeys.isPermitted(key)).isFalse();
        assertThat(MetadataKeys.isAlwaysPermitted(key)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "app.kubernetes.io/name",
                "app.kubernetes.io/part-of",
                "app.kubernetes.io/component",
                "app.kubernetes.io/version",
                "reloader.stakater.com/match"
            })
    void every_pool_permits_the_exceptions(String key) {
        assertThat(MetadataKeys.isAlwaysPermitted(key)).isTrue();
        assertThat(MetadataKeys.isPermitted(key)).isTrue();
    }

    @Test
    void a_key_of_an_own_domain_is_permitted_but_not_by_every_pool() {
        assertThat(MetadataKeys.isPermitted("example.com/team")).isTrue();
        assertThat(MetadataKeys.isAlwaysPermitted("example.com/team")).isFalse();
        assertThat(MetadataKeys.isAlwaysPermitted("x.reloader.stakater.com/match"))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kubernetes.io/service-account-token",
                "kubernetes.io/tls",
                "bootstrap.kubernetes.io/token",
                "helm.sh/release.v1"
            })
    void a_type_of_kubernetes_or_helm_is_never_permitted(String type) {
        assertThat(SecretTypes.isNever(type)).isTrue();
        assertThat(SecretTypes.isCommon(type)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Opaque", "servicebinding.io/oauth2", "servicebinding.io/postgresql"})
    void opaque_and_service_bindings_are_common(String type) {
        assertThat(SecretTypes.isCommon(type)).isTrue();
        assertThat(SecretTypes.isNever(type)).isFalse();
        assertThat(SecretTypes.isForeignDomain(type)).isFalse();
    }

    @Test
    void a_type_of_another_controller_is_foreign() {
        assertThat(SecretTypes.isForeignDomain("x.argoproj.io/repository")).isTrue();
        assertThat(SecretTypes.isForeignDomain("nginx.org/oidc")).isFalse();
        assertThat(SecretTypes.isForeignDomain("oidc")).isFalse();
        assertThat(SecretTypes.isCommon("nginx.org/oidc")).isFalse();
        assertThat(SecretTypes.isCommon("opaque")).isFalse();
    }
}
