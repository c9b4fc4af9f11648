package dev.appclients.cognito.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.appclients.cognito.controller.OperatorSettings;
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

/** What the operator is granted is what it uses, verb by verb, as the API server's audit log has it. */
class RbacIT {

    private static final Path RBAC = Path.of("deploy/kustomize/rbac.yaml");
    private static final String OPERATOR =
            "system:serviceaccount:" + OperatorRbac.NAMESPACE + ":" + OperatorRbac.SERVICE_ACCOUNT;

    /** Never used: the lease is renewed by patch. But the framework reviews its rights before it begins, and asks for this one. */
    private static final String ONLY_REVIEWED = "coordination.k8s.io leases: update";

    private static final String REVIEW = "authorization.k8s.io selfsubjectrulesreviews: create";

    @Test
    void everyVerbThatIsGrantedIsUsedAndNoOtherIsEverAskedFor() throws IOException {
        long before = Files.size(TestCluster.auditLog());

        playEverything();

        Set<String> used = new TreeSet<>();
        List<String> forbidden = new ArrayList<>();
        for (JsonNode request : requestsOfTheOperator(before)) {
            used.add(verb(request.path("objectRef"), request.path("verb").asText()));
            if (request.path("responseStatus").path("code").asInt() == 403) {
                forbidden.add(request.path("verb").asText() + " "
                        + request.path("requestURI").asText());
            }
        }
        assertThat(forbidden).as("asked for and not granted").isEmpty();
        // Everybody may review his own rights.
        assertThat(used.remove(REVIEW)).as("the framework reviews its rights").isTrue();
        Set<String> granted = granted();
        assertThat(granted.remove(ONLY_REVIEWED)).isTrue();
        assertThat(used).as("used").containsExactlyInAnyOrderElementsOf(granted);
    }

    /** Every way through the operator that needs a verb of its own. */
    private static void playEverything() {
        try (Scene scene = Scene.open(OperatorSettings.DEFAULT, RbacIT::inAContestedCluster)) {
            Scenario.CREATE.begin(scene, "web");
            scene.stage().awaitReady("web");
            for (Scenario scenario : List.of(
                    Scenario.UPDATE,
                    Scenario.RESTORE_AN_EDITED_SECRET,
                    Scenario.RESTORE_A_DELETED_SECRET,
                    // Told of by the event of the first time.
                    Scenario.RESTORE_A_DELETED_SECRET,
                    Scenario.RENAME_THE_SECRET)) {
                scene.calm();
                scenario.begin(scene, "web");
                scene.awaitQuiet();
                scene.stage().awaitReady("web");
            }
            scene.calm();
            scene.remove("web");
            scene.stage().removePool();
            scene.awaitQuiet();
            scene.stopOrderly();
        }
    }

    /** Somebody else is quicker with each finalizer: with the one that is put on, and with the one that is taken off. */
    private static Scene.Life inAContestedCluster(Border border, OperatorSettings settings) {
        Message conflict = Message.answer(409, "application/json", """
                {"kind":"Status","apiVersion":"v1","status":"Failure","reason":"Conflict","code":409}""");
        for (String what : List.of("patch userpoolclients", "patch clusteruserpools")) {
            Call patch = new Call(Call.Api.KUBERNETES, what);
            // The first is repeated by the second, and the third takes the finalizer off.
            border.arm(Strike.at(new Moment(patch, 1), new Strike.Deed.Say(conflict)));
            border.arm(Strike.at(new Moment(patch, 3), new Strike.Deed.Say(conflict)));
        }
        return new LeadingOperator(border, settings);
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
