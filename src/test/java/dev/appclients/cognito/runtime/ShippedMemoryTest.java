package dev.appclients.cognito.runtime;

import static dev.appclients.cognito.runtime.Capacity.MIB;
import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.controlplane.OperatorJar;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The heap of the release fits the memory limit of the release. */
class ShippedMemoryTest {

    private static final Pattern HEAP = Pattern.compile("-Xmx(\\d+)m");
    private static final Pattern PERCENTAGE = Pattern.compile("-XX:M\\w+RAMPercentage=([0-9.]+)");

    private final String deployment = read("deploy/kustomize/base/deployment.yaml");
    private final String options = read("src/main/launch/jvm.options");

    @Test
    void theHeapOfTheDeploymentIsItsLimitMinus160MiB() {
        assertThat(Capacity.limit(heap(deployment))).isEqualTo(limit(deployment));
    }

    @Test
    void withoutTheVariableTheJvmDerivesTheSameHeapFromTheLimit() {
        List<Double> percentages = PERCENTAGE
                .matcher(options)
                .results()
                .map(found -> Double.parseDouble(found.group(1)))
                .toList();

        assertThat(options.lines()).noneMatch(line -> line.startsWith("-Xm") || line.contains("MaxHeapSize"));
        assertThat(percentages)
                .as("the percentages for small and for large limits")
                .hasSize(2)
                .allSatisfy(percentage ->
                        assertThat(percentage / 100 * limit(deployment)).isEqualTo(heap(deployment)));
    }

    @Test
    void thePackagedOperatorStartsWithTheHeapOfTheRelease() {
        assertThat(OperatorJar.shippedOptions(deployment)).isEqualTo("-Xmx96m");
    }

    /** The heap in JDK_JAVA_OPTIONS of a Deployment, in bytes. */
    static long heap(String deployment) {
        List<MatchResult> found =
                HEAP.matcher(OperatorJar.shippedOptions(deployment)).results().toList();
        assertThat(found).hasSize(1);
        return Long.parseLong(found.getFirst().group(1)) * MIB;
    }

    /** The memory limit of a Deployment, in bytes. */
    static long limit(String deployment) {
        Quantity limit = Serialization.unmarshal(deployment, Deployment.class)
                .getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .getFirst()
                .getResources()
                .getLimits()
                .get("memory");
        return Quantity.getAmountInBytes(limit).longValueExact();
    }

    private static String read(String file) {
        try {
            return Files.readString(Path.of(file));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
