package dev.appclients.cognito.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.controlplane.OperatorJar;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The heap and the memory limit of the packaged operator, with the options of the image and of the Deployment. */
class MemoryIT {

    private static final URI NO_AWS = URI.create("http://127.0.0.1:9");
    private static final String CAPACITY = "It is enough for ";

    @TempDir
    private Path directory;

    @Test
    void theStartLogsHowManyClientsFitAndHowManyExist() {
        try (PackagedOperator operator = PackagedOperator.start(directory, "sized", NO_AWS, Map.of())) {
            operator.awaitStarted();

            assertThat(operator.messages("INFO"))
                    .filteredOn(message -> message.contains(CAPACITY))
                    .singleElement()
                    .asString()
                    .startsWith("The maximum heap is 96 MiB")
                    .matches(".*\\. It is enough for \\d+ UserPoolClients without copies\\."
                            + " The cluster has \\d+ UserPoolClients and \\d+ ClientSecretClaims\\.");
            assertThat(operator.get("/q/metrics").body())
                    .contains("cognito_client_operator_clients_capacity ", "cognito_client_operator_heap_live_ratio ");
        }
    }

    @Test
    void theHeapIs96MiBOf256WithoutTheVariableToo() {
        try (MemoryCgroup cgroup = MemoryCgroup.of(256 * Capacity.MIB);
                PackagedOperator operator = PackagedOperator.start(
                        directory,
                        "bare",
                        NO_AWS,
                        Map.of(),
                        cgroup.inside(OperatorJar.of(Path.of("")).imageCommand(List.of())))) {
            operator.awaitStarted();

            assertThat(operator.messages("INFO"))
                    .anyMatch(message ->
                            message.startsWith("The maximum heap is 96 MiB of a memory limit of 256 MiB. " + CAPACITY));
            assertThat(operator.messages("WARN")).noneMatch(message -> message.contains("heap"));
        }
    }

    @Test
    void aHeapThatLeavesNoRoomInTheLimitIsLoggedInOneLineAndEndsTheProcess() {
        try (MemoryCgroup cgroup = MemoryCgroup.of(256 * Capacity.MIB);
                PackagedOperator operator = PackagedOperator.start(
                        directory,
                        "squeezed",
                        NO_AWS,
                        Map.of("JDK_JAVA_OPTIONS", "-Xmx200m"),
                        cgroup.inside(OperatorJar.of(Path.of("")).imageCommand(List.of())))) {
            operator.awaitEnd();

            assertThat(operator.exitCode()).isEqualTo(OperatorBootstrap.CANNOT_START);
            List<String> lines = new ArrayList<>(operator.text().lines().toList());
            // The JVM reports the variable in the first line.
            lines.removeFirst();
            assertThat(lines)
                    .filteredOn(line -> line.contains("\"ERROR\""))
                    .singleElement()
                    .asString()
                    .contains(
                            "Cannot start: The maximum heap is 200 MiB of a memory limit of 256 MiB. The operator needs"
                                    + " at least 128 MiB beside its heap. Set -Xmx96m in JDK_JAVA_OPTIONS, or raise the memory"
                                    + " limit to 360Mi.");
        }
    }
}
