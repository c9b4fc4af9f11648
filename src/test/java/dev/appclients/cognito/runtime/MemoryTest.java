package dev.appclients.cognito.runtime;

import static dev.appclients.cognito.runtime.Capacity.MIB;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MemoryTest {

    private static final String MACHINE = "MemFree:  12 kB\nMemTotal:       25269248 kB\nMemAvailable: 1 kB\n";

    @ParameterizedTest
    @CsvSource({"96, 256, false, false", "96, 255, false, true", "128, 256, false, true", "129, 256, true, false"})
    void lessThan160MiBBesideTheHeapIsAWarningAndLessThan128AnError(
            long heap, long limit, boolean fault, boolean warning) {
        Memory memory = memory(heap, limit);

        assertThat(memory.fault().isPresent()).isEqualTo(fault);
        assertThat(memory.warning().isPresent()).isEqualTo(warning);
    }

    @Test
    void aHeapThatLeavesNoRoomIsReportedWithBothFixes() {
        assertThat(memory(200, 256).fault())
                .contains(
                        "The maximum heap is 200 MiB of a memory limit of 256 MiB. The operator needs at least 128 MiB"
                                + " beside its heap. Set -Xmx96m in JDK_JAVA_OPTIONS, or raise the memory limit to 360Mi.");
    }

    @Test
    void aHeapLargerThanTheLimitIsAnErrorToo() {
        assertThat(memory(300, 256).fault()).isPresent();
    }

    @Test
    void aLimitTooSmallForAnyHeapIsRaised() {
        assertThat(memory(48, 128).fault())
                .get()
                .asString()
                .endsWith("beside its heap. Raise the memory limit to 208Mi.");
        assertThat(memory(24, 64).fault())
                .get()
                .asString()
                .endsWith("Raise the memory limit to 208Mi and set -Xmx48m in JDK_JAVA_OPTIONS.");
    }

    @Test
    void littleRoomIsAWarning() {
        assertThat(memory(112, 256).warning())
                .contains(
                        "The maximum heap is 112 MiB of a memory limit of 256 MiB. The kernel kills the operator when it"
                                + " needs more than 144 MiB beside its heap. Set -Xmx96m in JDK_JAVA_OPTIONS, or raise the memory"
                                + " limit to 272Mi.");
    }

    @Test
    void withoutALimitEveryHeapFits() {
        Memory memory = new Memory(4096 * MIB, OptionalLong.empty());

        assertThat(memory.fault()).isEmpty();
        assertThat(memory.warning()).isEmpty();
        assertThat(memory.summary()).isEqualTo("The maximum heap is 4096 MiB");
    }

    @Test
    void theLimitIsTheMemoryThatTheJvmSeesWhenTheMachineHasMore() {
        assertThat(JvmMemory.limit(256 * MIB, MACHINE)).hasValue(256 * MIB);
        assertThat(JvmMemory.limit(25269248L * 1024, MACHINE)).isEmpty();
        assertThat(JvmMemory.limit(256 * MIB, "")).as("not Linux").isEmpty();
    }

    private static Memory memory(long heap, long limit) {
        return new Memory(heap * MIB, OptionalLong.of(limit * MIB));
    }
}
