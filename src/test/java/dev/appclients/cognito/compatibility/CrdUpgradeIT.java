package dev.appclients.cognito.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.controlplane.Clients;
import dev.appclients.cognito.controlplane.ControlPlane;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Objects that were made under the CRDs of the last release stay as they are under the CRDs of this version. */
class CrdUpgradeIT {

    private static final Map<String, Object> STATUS = Map.of(
            "observedGeneration",
            1,
            "conditions",
            List.of(Map.of(
                    "type", "Ready",
                    "status", "True",
                    "reason", "Synced",
                    "message", "Written by the last release.",
                    "observedGeneration", 1,
                    "lastTransitionTime", "2026-01-01T00:00:00Z")));

    @TempDir
    private Path directory;

    @Test
    void everyObjectKeepsItsSpecAndItsStatusAndCanBeWrittenAgain() throws IOException {
        Release release = Release.newest();
        try (ControlPlane plane = ControlPlane.start(directory, List.of(release.crds()));
                KubernetesClient admin = Clients.of(plane.adminConfig())) {
            List<GenericKubernetesResource> stored = new ArrayList<>();
            for (Path file : release.objects()) {
                GenericKubernetesResource object = admin.resource(
                                Serialization.unmarshal(Files.readString(file), GenericKubernetesResource.class))
                        .fieldManager("user")
                        .serverSideApply();
                object.setAdditionalProperty("status", STATUS);
                stored.add(admin.resource(object).patchStatus());
            }

            plane.installCrds(Path.of("crds"));

            assertThat(stored).hasSize(3).allSatisfy(before -> {
                GenericKubernetesResource after = admin.resource(before).get();
                assertThat(after).isEqualTo(before);
                after.getMetadata().setAnnotations(Map.of("example.com/touched", "true"));
                GenericKubernetesResource touched = admin.resource(after).update();
                assertThat(touched.<Object>get("spec")).isEqualTo(before.<Object>get("spec"));
                assertThat(admin.resource(touched).patchStatus().<Object>get("status"))
                        .isEqualTo(before.<Object>get("status"));
            });
            for (Path file : release.objects()) {
                GenericKubernetesResource manifest =
                        Serialization.unmarshal(Files.readString(file), GenericKubernetesResource.class);
                assertThat(admin.resource(manifest)
                                .fieldManager("user")
                                .serverSideApply()
                                .getMetadata()
                                .getGeneration())
                        .as("the generation after the manifest of the last release is applied again")
                        .isEqualTo(1);
            }
        }
    }
}
