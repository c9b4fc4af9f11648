package dev.appclients.cognito.runtime;

import static dev.appclients.cognito.runtime.Capacity.MIB;
import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.controller.Kubectl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Renders the overlay of the capacity page with kubectl. */
class MoreMemoryIT {

    private static final Pattern OVERLAY =
            Pattern.compile("```yaml\n(apiVersion: kustomize.config.k8s.io.*?)```", Pattern.DOTALL);
    private static final Path BASE = Path.of("deploy/kustomize");

    @TempDir
    private Path directory;

    @Test
    void theDocumentedOverlayRaisesHeapAndLimitTogether() throws IOException {
        Matcher overlay = OVERLAY.matcher(Files.readString(Path.of("src/docs/capacity.md")));
        assertThat(overlay.find()).isTrue();
        Path real = directory.toRealPath();
        Files.writeString(
                real.resolve("kustomization.yaml"),
                overlay.group(1)
                        .replace(
                                "../cognito-client-operator/deploy/kustomize",
                                real.relativize(BASE.toRealPath()).toString()));

        Kubectl.Output rendered = new Kubectl("default").run("kustomize", real.toString());

        assertThat(rendered.exitCode()).as(rendered.text()).isZero();
        String deployment = Arrays.stream(rendered.text().split("(?m)^---$"))
                .filter(document -> document.contains("kind: Deployment"))
                .findFirst()
                .orElseThrow();
        assertThat(ShippedMemoryTest.limit(deployment)).isEqualTo(512 * MIB);
        assertThat(ShippedMemoryTest.heap(deployment)).isEqualTo(352 * MIB);
        assertThat(deployment).as("the rest of the environment stays").contains("POD_NAMESPACE");
    }
}
