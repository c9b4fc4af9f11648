package dev.appclients.cognito.controller;

import static org.awaitility.Awaitility.await;

import dev.appclients.cognito.controlplane.Clients;
import dev.appclients.cognito.controlplane.TestCluster;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.util.List;

/** Revokes a verb of the operator's ClusterRoles until it is closed. */
public final class Rights implements AutoCloseable {

    private final Resource<ClusterRole> role;
    private final List<PolicyRule> shipped;
    private final String resource;
    private final String verb;

    private Rights(Resource<ClusterRole> role, String resource, String verb) {
        this.role = role;
        this.shipped = role.require().getRules();
        this.resource = resource;
        this.verb = verb;
    }

    /** Revokes a verb on a resource, named by its plural. Returns when the API server refuses it. */
    public static Rights without(KubernetesClient admin, String resource, String verb) {
        Rights rights = new Rights(
                admin.resources(ClusterRole.class)
                        .withName(
                                resource.equals("configmaps")
                                        ? "cognito-client-operator-configmaps"
                                        : "cognito-client-operator"),
                resource,
                verb);
        rights.role.edit(found -> {
            found.getRules().stream()
                    .filter(rule -> rule.getResources().contains(resource))
                    .forEach(rule -> rule.setVerbs(rule.getVerbs().stream()
                            .filter(granted -> !granted.equals(verb))
                            .toList()));
            return found;
        });
        rights.awaitGranted(false);
        return rights;
    }

    /** As {@link #may(KubernetesClient, String, String, String, String)}, for the core group. */
    public static boolean may(KubernetesClient client, String namespace, String resource, String verb) {
        return may(client, namespace, "", resource, verb);
    }

    /** Whether this client's identity has the permission now. The API server applies a change of the role with a delay. */
    public static boolean may(KubernetesClient client, String namespace, String group, String resource, String verb) {
        return Boolean.TRUE.equals(client.authorization()
                .v1()
                .selfSubjectAccessReview()
                .create(new SelfSubjectAccessReviewBuilder()
                        .withNewSpec()
                        .withNewResourceAttributes()
                        .withNamespace(namespace)
                        .withGroup(group)
                        .withResource(resource)
                        .withVerb(verb)
                        .endResourceAttributes()
                        .endSpec()
                        .build())
                .getStatus()
                .getAllowed());
    }

    /** Returns when the API server grants the verb again, because the next test needs it. */
    @Override
    public void close() {
        role.edit(found -> {
            found.setRules(shipped);
            return found;
        });
        awaitGranted(true);
    }

    private void awaitGranted(boolean granted) {
        String group = shipped.stream()
                .filter(rule -> rule.getResources().contains(resource))
                .map(rule -> rule.getApiGroups().getFirst())
                .findFirst()
                .orElseThrow();
        try (KubernetesClient operator = Clients.of(TestCluster.operatorConfig())) {
            await("the verb " + verb + " on " + resource + " granted: " + granted)
                    .atMost(Stage.PATIENCE)
                    .until(() -> may(operator, "default", group, resource, verb) == granted);
        }
    }
}
