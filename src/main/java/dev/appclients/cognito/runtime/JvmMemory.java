package dev.appclients.cognito.runtime;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the memory of this process from the JVM, which supports cgroups v1 and v2, and from the kernel. */
final class JvmMemory {

    private static final Path MEMINFO = Path.of("/proc/meminfo");
    private static final Pattern TOTAL = Pattern.compile("^MemTotal:\\s+(\\d+) kB$", Pattern.MULTILINE);
    private static final int KIB = 1024;

    private JvmMemory() {}

    static Memory read() {
        long seenByTheJvm =
                ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
        return new Memory(maxHeap(), limit(seenByTheJvm, meminfo()));
    }

    /** The container's limit: with one, the JVM sees less memory than the machine has. */
    static OptionalLong limit(long seenByTheJvm, String meminfo) {
        Matcher total = TOTAL.matcher(meminfo);
        return total.find() && seenByTheJvm < Long.parseLong(total.group(1)) * KIB
                ? OptionalLong.of(seenByTheJvm)
                : OptionalLong.empty();
    }

    /** The value of {@code -Xmx}. {@link Runtime#maxMemory} omits the survivor space that the serial collector keeps empty. */
    private static long maxHeap() {
        return Long.parseLong(ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                .getVMOption("MaxHeapSize")
                .getValue());
    }

    private static String meminfo() {
        try {
            return Files.readString(MEMINFO);
        } catch (IOException elsewhere) {
            // Not Linux, so there is no container.
            return "";
        }
    }
}
