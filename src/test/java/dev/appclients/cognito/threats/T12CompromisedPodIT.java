package dev.appclients.cognito.threats;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.appclients.cognito.controller.Kubectl;
import dev.appclients.cognito.controller.OnStage;
import dev.appclients.cognito.controlplane.OperatorRbac;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReviewBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** T12: an attacker runs code in the pod of the operator. The tests read the rendered manifests and ask the API server. */
class T12CompromisedPodIT extends OnStage {

    private static final Path KUSTOMIZE = Path.of("deploy/kustomize").toAbsolutePath();

    @ParameterizedTest
    @ValueSource(strings = {"cluster", "namespaces"})
    void thePodIsRestrictedAndKeepsNoCredentials(String size) {
        List<HasMetadata> objects = render(size);

        PodSpec pod = only(objects, Deployment.class).getSpec().getTemplate().getSpec();
        assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
        assertThat(pod.getSecurityContext().getRunAsUser()).isPositive();
        assertThat(pod.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
        assertThat(Stream.of(pod.getHostNetwork(), pod.getHostPID(), pod.getHostIPC(), pod.getShareProcessNamespace()))
                .doesNotContain(true);
        assertThat(pod.getVolumes())
                .allSatisfy(volume -> assertThat(volume.getEmptyDir()).isNotNull());
        assertThat(pod.getContainers()).hasSize(1).allSatisfy(T12CompromisedPodIT::assertRestricted);
        assertThat(objects).noneMatch(Secret.class::isInstance);
    }

    private static void assertRestricted(Container container) {
        assertThat(container.getSecurityContext().getAllowPrivilegeEscalation()).isFalse();
        assertThat(container.getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
        assertThat(container.getSecurityContext().getPrivileged()).isNotEqualTo(true);
        assertThat(container.getSecurityContext().getCapabilities().getDrop()).containsExactly("ALL");
        assertThat(container.getSecurityContext().getCapabilities().getAdd()).isEmpty();
        assertThat(container.getEnv())
                .extracting("name")
                .noneMatch(name -> name.toString().startsWith("AWS_SECRET"));
        assertThat(container.getResources().getLimits()).containsKey("memory");
    }

    /** The API server's own check of the strictest pod security level. */
    @Test
    void theApiServerAdmitsThePodAtTheRestrictedLevel() {
        stage.labelNamespace("pod-security.kubernetes.io/enforce", "restricted");
        PodSpec pod = only(render("cluster"), Deployment.class)
                .getSpec()
                .getTemplate()
                .getSpec();
        pod.setServiceAccountName(null);

        assertThat(stage.admin()
                        .resource(new io.fabric8.kubernetes.api.model.PodBuilder()
                                .withNewMetadata()
                                .withName("operator")
                                .withNamespace(stage.namespace())
                                .endMetadata()
                                .withSpec(pod)
                                .build())
                        .dryRun()
                        .create())
                .isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"cluster", "namespaces"})
    void noRuleHasAWildcardOrGrantsMoreRights(String size) {
        assertThat(rules(render(size))).isNotEmpty().allSatisfy(rule -> {
            assertThat(rule.getVerbs()).doesNotContain("*", "escalate", "bind", "impersonate", "approve", "sign");
            assertThat(rule.getApiGroups()).doesNotContain("*", "rbac.authorization.k8s.io", "apps", "batch");
            assertThat(rule.getResources())
                    .noneMatch(resource -> resource.contains("*"))
                    .doesNotContain(
                            "pods", "pods/exec", "serviceaccounts", "serviceaccounts/token", "nodes", "nodes/proxy");
            assertThat(rule.getNonResourceURLs()).isEmpty();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"cluster", "namespaces"})
    void theSizeForNamespacesReachesNoSecretElsewhere(String size) {
        List<HasMetadata> objects = render(size);
        Set<String> boundInTheCluster = new java.util.TreeSet<>();
        objects.stream()
                .filter(ClusterRoleBinding.class::isInstance)
                .map(object -> ((ClusterRoleBinding) object).getRoleRef().getName())
                .forEach(boundInTheCluster::add);
        boolean everySecret = objects.stream()
                .filter(object -> object instanceof ClusterRole
                        && boundInTheCluster.contains(object.getMetadata().getName()))
                .flatMap(object -> ((ClusterRole) object).getRules().stream())
                .anyMatch(rule -> rule.getResources().contains("secrets"));

        assertThat(everySecret).isEqualTo(size.equals("cluster"));
        if (size.equals("namespaces")) {
            assertThat(objects)
                    .filteredOn(object -> object instanceof Role role
                            && role.getRules().stream()
                                    .anyMatch(rule -> rule.getResources().contains("secrets")))
                    .extracting(object -> object.getMetadata().getNamespace())
                    .containsExactlyInAnyOrder("shop", "team-c");
        }
    }

    /** With the operator's token. The operator reads and writes Secrets, so its token reads Secrets: that is the limit of this control. */
    @Test
    void theTokenOfTheOperatorDoesNotAllowWhatTheOperatorNeverDoes() {
        assertThat(List.of(
                        "core pods create",
                        "core pods/exec create",
                        "core serviceaccounts/token create",
                        "core configmaps deletecollection",
                        "core secrets deletecollection",
                        "core secrets update",
                        "core namespaces patch",
                        "core nodes list",
                        "apps deployments patch",
                        "apps daemonsets create",
                        "batch jobs create",
                        "rbac.authorization.k8s.io clusterroles bind",
                        "rbac.authorization.k8s.io clusterrolebindings create",
                        "admissionregistration.k8s.io validatingwebhookconfigurations create",
                        "apiextensions.k8s.io customresourcedefinitions patch",
                        "cognito.appclients.dev clusteruserpools create",
                        "cognito.appclients.dev clusteruserpools update",
                        "cognito.appclients.dev userpoolclients create",
                        "cognito.appclients.dev userpoolclients delete"))
                .noneMatch(this::isAllowed);
        assertThat("core secrets get").as("the review itself").matches(this::isAllowed);
    }

    /** @param right as {@code <group> <resource> <verb>} */
    private boolean isAllowed(String right) {
        String[] words = right.split(" ");
        String[] resource = words[1].split("/");
        return stage.admin()
                .resource(new SubjectAccessReviewBuilder()
                        .withNewSpec()
                        .withUser(
                                "system:serviceaccount:" + OperatorRbac.NAMESPACE + ":" + OperatorRbac.SERVICE_ACCOUNT)
                        .withGroups("system:serviceaccounts", "system:authenticated")
                        .withNewResourceAttributes()
                        .withGroup(words[0].equals("core") ? "" : words[0])
                        .withResource(resource[0])
                        .withSubresource(resource.length > 1 ? resource[1] : "")
                        .withVerb(words[2])
                        .withNamespace(stage.namespace())
                        .endResourceAttributes()
                        .endSpec()
                        .build())
                .create()
                .getStatus()
                .getAllowed();
    }

    @Test
    void theNetworkPolicyLimitsThePodToTheApiServerAwsAndDns() throws IOException {
        NetworkPolicy policy = Serialization.unmarshal(
                Files.readString(KUSTOMIZE.resolve("network-policy/policy.yaml")), NetworkPolicy.class);

        stage.admin().resource(policy).dryRun().fieldManager("test").serverSideApply();
        assertThat(policy.getSpec().getPolicyTypes()).containsExactly("Ingress", "Egress");
        assertThat(only(render("cluster"), Deployment.class)
                        .getSpec()
                        .getTemplate()
                        .getMetadata()
                        .getLabels())
                .containsAllEntriesOf(policy.getSpec().getPodSelector().getMatchLabels());
        assertThat(policy.getSpec().getIngress()).hasSize(1);
        assertThat(policy.getSpec().getEgress()).allSatisfy(rule -> {
            assertThat(rule.getPorts()).isNotEmpty();
            boolean isWeb = rule.getPorts().stream()
                    .anyMatch(port -> port.getPort().getIntVal().equals(80));
            assertThat(rule.getTo().isEmpty())
                    .as("plain HTTP has a list of addresses")
                    .isNotEqualTo(isWeb);
        });
    }

    /** The policy of a pool's role: app clients of one pool, no users, no pool settings. */
    @Test
    void theAwsPolicyReachesAppClientsOfThePoolAlone() throws IOException {
        Map<String, List<String>> resourcesByAction = new java.util.TreeMap<>();
        for (JsonNode statement : new ObjectMapper()
                .readTree(Files.readString(Path.of("deploy/iam/operator-policy.json")))
                .path("Statement")) {
            for (String action : texts(statement.path("Action"))) {
                resourcesByAction
                        .computeIfAbsent(action, name -> new ArrayList<>())
                        .addAll(texts(statement.path("Resource")));
            }
        }

        assertThat(resourcesByAction.keySet())
                .allMatch(action -> action.matches("cognito-idp:(Create|Describe|Update|Delete|List|Add)[A-Za-z]+"))
                .noneMatch(action -> action.contains("*")
                        || action.contains("Admin")
                        || action.endsWith("UserPool") && !action.equals("cognito-idp:DescribeUserPool"));
        resourcesByAction.forEach((action, resources) -> assertThat(resources)
                .as(action)
                .allMatch(resource ->
                        resource.endsWith(":userpool/POOL_ID") || action.equals("cognito-idp:DescribeUserPoolDomain")));
    }

    private static List<String> texts(JsonNode node) {
        List<String> texts = new ArrayList<>();
        if (node.isArray()) {
            node.forEach(each -> texts.add(each.asText()));
        } else {
            texts.add(node.asText());
        }
        return texts;
    }

    private static List<PolicyRule> rules(List<HasMetadata> objects) {
        return objects.stream()
                .flatMap(object -> switch (object) {
                    case ClusterRole role -> role.getRules().stream();
                    case Role role -> role.getRules().stream();
                    default -> Stream.<PolicyRule>of();
                })
                .toList();
    }

    private static <T extends HasMetadata> T only(List<HasMetadata> objects, Class<T> kind) {
        return objects.stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .findFirst()
                .orElseThrow();
    }

    private static List<HasMetadata> render(String size) {
        Kubectl.Output rendered =
                new Kubectl("default").run("kustomize", KUSTOMIZE.resolve(size).toString());
        assertThat(rendered.exitCode()).as(rendered.text()).isZero();
        return Arrays.stream(rendered.text().split("(?m)^---$"))
                .map(document -> Serialization.<HasMetadata>unmarshal(document))
                .toList();
    }
}
