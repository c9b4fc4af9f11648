package dev.appclients.cognito.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.appclients.cognito.controller.Stage;
import dev.appclients.cognito.controlplane.TestCluster;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReviewBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rights of users with the default roles of Kubernetes, to which {@code deploy/kustomize/base/user-roles.yaml} aggregates. */
class UserRolesIT {

    private static final List<String> WRITES = List.of("create", "update", "patch", "delete", "deletecollection");
    private static final List<String> READS = List.of("get", "list", "watch");
    private static final String EDIT_CLAIMS = "cognito-client-operator-edit-claims";

    private static KubernetesClient admin;
    private static String namespace;

    @BeforeAll
    static void bindAUserToEachRole() {
        admin = TestCluster.admin();
        namespace = admin.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withGenerateName("roles-")
                        .endMetadata()
                        .build())
                .create()
                .getMetadata()
                .getName();
        for (String role : List.of("view", "edit", "admin")) {
            bind(role, role);
        }
        await().atMost(Stage.PATIENCE).until(() -> may("view", "get", "clientsecretclaims", ""));
        for (String role : List.of("edit", "admin")) {
            await().atMost(Stage.PATIENCE).until(() -> may(role, "create", "clientsecretclaims", ""));
        }
    }

    @AfterAll
    static void close() {
        admin.namespaces().withName(namespace).delete();
        admin.close();
    }

    @ParameterizedTest
    @CsvSource({"view, false", "edit, true", "admin, true"})
    void aRoleOfTheNamespaceReadsAndWritesClientsAndClaims(String role, boolean writes) {
        for (String resource : List.of("userpoolclients", "clientsecretclaims")) {
            assertThat(READS).as(resource).allMatch(verb -> may(role, verb, resource, ""));
            assertThat(WRITES).as(resource).allMatch(verb -> may(role, verb, resource, "") == writes);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"view", "edit", "admin"})
    void noRoleWritesAStatusOrAPool(String role) {
        for (String verb : WRITES) {
            assertThat(may(role, verb, "userpoolclients", "status")).isFalse();
            assertThat(may(role, verb, "clientsecretclaims", "status")).isFalse();
            assertThat(may(role, verb, "clusteruserpools", "status")).isFalse();
            assertThat(may(role, verb, "clusteruserpools", "")).isFalse();
        }
    }

    @Test
    void editWritesNoClaimsWithoutTheRoleThatTheComponentRemoves() {
        ClusterRole shipped =
                admin.resources(ClusterRole.class).withName(EDIT_CLAIMS).require();
        admin.resource(shipped).delete();
        try {
            await().atMost(Stage.PATIENCE).until(() -> !may("edit", "create", "clientsecretclaims", ""));
            assertThat(may("edit", "get", "clientsecretclaims", "")).isTrue();
            assertThat(may("edit", "create", "userpoolclients", "")).isTrue();
        } finally {
            shipped.getMetadata().setResourceVersion(null);
            admin.resource(shipped).create();
            for (String role : List.of("edit", "admin")) {
                await().atMost(Stage.PATIENCE).until(() -> may(role, "create", "clientsecretclaims", ""));
            }
        }
    }

    /** As the specification demands: an implementation aggregates the roles with the label {@code servicebinding.io/controller: "true"}. */
    @Test
    void anImplementationOfServiceBindingReadsBothKindsAndNothingElse() {
        ClusterRole aggregate = admin.resource(new ClusterRoleBuilder()
                        .withNewMetadata()
                        .withName("service-binding-" + namespace)
                        .endMetadata()
                        .withNewAggregationRule()
                        .addNewClusterRoleSelector()
                        .addToMatchLabels("servicebinding.io/controller", "true")
                        .endClusterRoleSelector()
                        .endAggregationRule()
                        .build())
                .create();
        try {
            bind("binder", aggregate.getMetadata().getName());
            await().atMost(Stage.PATIENCE).until(() -> may("binder", "get", "userpoolclients", ""));
            for (String resource : List.of("userpoolclients", "clientsecretclaims")) {
                assertThat(READS).allMatch(verb -> may("binder", verb, resource, ""));
                assertThat(WRITES).noneMatch(verb -> may("binder", verb, resource, ""));
            }
            assertThat(READS).noneMatch(verb -> may("binder", verb, "clusteruserpools", ""));
        } finally {
            admin.resource(aggregate).delete();
        }
    }

    private static void bind(String user, String role) {
        admin.resource(new RoleBindingBuilder()
                        .withNewMetadata()
                        .withName(user)
                        .withNamespace(namespace)
                        .endMetadata()
                        .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", role)
                        .addNewSubject("rbac.authorization.k8s.io", "User", user, null)
                        .build())
                .create();
    }

    private static boolean may(String user, String verb, String resource, String subresource) {
        return Boolean.TRUE.equals(admin.authorization()
                .v1()
                .subjectAccessReview()
                .create(new SubjectAccessReviewBuilder()
                        .withNewSpec()
                        .withUser(user)
                        .withNewResourceAttributes()
                        .withGroup("cognito.appclients.dev")
                        .withResource(resource)
                        .withSubresource(subresource)
                        .withVerb(verb)
                        .withNamespace(resource.equals("clusteruserpools") ? null : namespace)
                        .endResourceAttributes()
                        .endSpec()
                        .build())
                .getStatus()
                .getAllowed());
    }
}
