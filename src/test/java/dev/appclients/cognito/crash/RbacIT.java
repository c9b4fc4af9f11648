package dev.appclients.cognito.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.appclients.cognito.controller.reconcile.OperatorSettings;
import dev.appclients.cognito.controlplane.OperatorRbac;
import dev.appclients.cognito.controlplane.TestCluster;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The operator uses exactly the verbs that it is granted, as the API server's audit log shows. */
class RbacIT {

    private static final Path RBAC = Path.of("deploy/kustomize/rbac.yaml");
    private static final String OPERATOR =
            "system:serviceaccount:" + OperatorRbac.NAMESPACE + ":" + OperatorRbac.SERVICE_ACCOUNT;

    /** Never used, since the lease is renewed by patch. The framework requires it when it reviews its permissions at the start. */
    private static final String ONLY_REVIEWED = "coordination.k8s.io leases: update";

    private static final String REVIEW = "authorization.k8s.io selfsubjectrulesreviews: create";

    @Test
    void everyGrantedVerbIsUsedAndNoOtherIsRequested() throws IOException {
        long before = Files.size(TestCluster.auditLog());

        runEveryPath();

        Set<String> used = new TreeSet<>();
        List<String> forbidden = new ArrayList<>();
        for (JsonNode request : requestsOfTheOperator(before)) {
            used.add(verb(request.path("objectRef"), request.path("verb").asText()));
            if (request.path("responseStatus").path("code").asInt() == 403) {
                forbidden.add(request.path("verb").asText() + " "
                        + request.path("requestURI").asText());
            }
        }
        assertThat(forbidden).as("requested and not granted").isEmpty();
        // Every identity may review its own permissions.
        assertThat(used.remove(REVIEW))
                .as("the framework reviews its permissions")
                .isTrue();
        Set<String> granted = granted();
        assertThat(granted.remove(ONLY_REVIEWED)).isTrue();
        assertThat(used).as("used").containsExactlyInAnyOrderElementsOf(granted);
    }

    /** Runs every path of the operator that needs a verb of its own. */
    private static void runEveryPath() {
        try (Scene scene = Scene.open(OperatorSettings.DEFAULT, RbacIT::inAContestedCluster)) {
            Scenario.CREATE.begin(scene, "web");
            scene.stage().awaitReady("web");
            for (Scenario scenario : List.of(
                    Scenario.UPDATE,
                    Scenario.RESTORE_AN_EDITED_SECRET,
                    Scenario.RESTORE_A_DELETED_SECRET,
                    // The second restore patches the event of the first.
                    Scenario.RESTORE_A_DELETED_SECRET,
                    Scenario.RENAME_THE_SECRET)) {
                scene.settle();
                scenario.begin(scene, "web");
                scene.awaitQuiet();
                scene.stage().awaitReady("web");
            }
            scene.settle();
            scene.remove("web");
            scene.stage().removePool();
            scene.awaitQuiet();
            scene.stopOrderly();
        }
    }

    /** Another writer conflicts with both finalizer patches of the operator: adding and removing it. */
    private static Scene.Handle inAContestedCluster(FaultProxy proxy, OperatorSettings settings) {
        Message conflict = Message.answer(409, "application/json", """
                {"kind":"Status","apiVersion":"v1","status":"Failure","reason":"Conflict","code":409}""");
        for (String what : List.of("patch userpoolclients", "patch clusteruserpools")) {
            Call patch = new Call(Call.Api.KUBERNETES, what);
            // The second patch repeats the first. The third removes the finalizer.
            proxy.arm(InjectedFault.at(new NthCall(patch, 1), new InjectedFault.Effect.Answer(conflict)));
            proxy.arm(InjectedFault.at(new NthCall(patch, 3), new InjectedFault.Effect.Answer(conflict)));
        }
        return new LeadingOperator(proxy, settings);
    }

    private static Set<String> granted() throws IOException {
        Set<String> granted = new TreeSet<>();
        try (var admin = TestCluster.admin();
                InputStream yaml = Files.newInputStream(RBAC)) {
            for (HasMetadata object : admin.load(yaml).items()) {
                List<PolicyRule> rules = switch (object) {
                    case ClusterRole role -> role.getRules();
                    case Role role -> role.getRules();
                    default -> List.of();
                };
                for (PolicyRule rule : rules) {
                    for (String group : rule.getApiGroups()) {
                        for (String resource : rule.getResources()) {
                            rule.getVerbs().forEach(verb -> granted.add(group + " " + resource + ": " + verb));
                        }
                    }
                }
            }
        }
        return granted;
    }

    private static String verb(JsonNode object, String verb) {
        String subresource = object.path("subresource").asText();
        return object.path("apiGroup").asText() + " " + object.path("resource").asText()
                + (subresource.isEmpty() ? "" : "/" + subresource) + ": " + verb;
    }

    private static List<JsonNode> requestsOfTheOperator(long from) throws IOException {
        ObjectMapper json = new ObjectMapper();
        List<JsonNode> requests = new ArrayList<>();
        try (FileChannel log = FileChannel.open(TestCluster.auditLog()).position(from);
                InputStream in = Channels.newInputStream(log)) {
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
                JsonNode request = json.readTree(line);
                if (request.path("user").path("username").asText().equals(OPERATOR)) {
                    requests.add(request);
                }
            }
        }
        return requests;
    }
}
