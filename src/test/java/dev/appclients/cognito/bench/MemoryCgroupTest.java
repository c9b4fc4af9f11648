package dev.appclients.cognito.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The kernel of this machine enforces the memory limit of a process. */
class MemoryCgroupTest {

    private static final int MEBIBYTES = 32;

    private final MemoryCgroup.Place place = MemoryCgroup.Place.find(MEBIBYTES);

    @Test
    void aProcessThatNeedsMoreThanTheLimitIsKilledAndCounted() throws Exception {
        try (MemoryCgroup group = made()) {
            // One line without an end: tail keeps all of it. A pipe would be two processes, and the kernel may kill
            // both.
            int code = run(group, "exec tail /dev/zero");

            assertThat(code).isNotZero();
            assertThat(group.kills()).isEqualTo(1);
        }
    }

    @Test
    void aProcessWithinTheLimitEndsWithItsOwnCode() throws Exception {
        try (MemoryCgroup group = made()) {
            assertThat(run(group, "head -c 1000000 /dev/zero | tail >/dev/null"))
                    .isZero();
            assertThat(group.kills()).isZero();
        }
    }

    @Test
    void withoutALimitThereIsNoGroupButADescription() {
        MemoryCgroup.Place none = MemoryCgroup.Place.find(0);

        assertThat(none.isUsable()).isFalse();
        assertThat(none.make()).isNull();
        assertThat(none.description()).contains("its RSS is sampled");
    }

    private MemoryCgroup made() {
        assumeTrue(place.isUsable(), place.description());
        MemoryCgroup group = place.make();
        assertThat(group).isNotNull();
        return group;
    }

    private static int run(MemoryCgroup group, String script) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(group.enter());
        command.addAll(List.of("/bin/sh", "-c", script));
        return new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }
}
