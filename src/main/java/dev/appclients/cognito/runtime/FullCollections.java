package dev.appclients.cognito.runtime;

import com.sun.management.GarbageCollectorMXBean;
import com.sun.management.GcInfo;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads the full garbage collections of this JVM. Collectors such as ZGC make none. */
final class FullCollections {

    /** The names of the serial, the parallel and the G1 collector. */
    private static final Set<String> NAMES = Set.of("MarkSweepCompact", "PS MarkSweep", "G1 Old Generation");

    private final @Nullable GarbageCollectorMXBean collector =
            ManagementFactory.getPlatformMXBeans(GarbageCollectorMXBean.class).stream()
                    .filter(bean -> NAMES.contains(bean.getName()))
                    .findFirst()
                    .orElse(null);
    private final Set<String> heapPools = ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .map(MemoryPoolMXBean::getName)
            .collect(Collectors.toUnmodifiableSet());
    private final long max = Runtime.getRuntime().maxMemory();

    /** The number of full collections since the start of the JVM. */
    long count() {
        return collector == null ? 0 : collector.getCollectionCount();
    }

    /** The fraction of the maximum heap in use after the last full collection, in all generations; NaN before the first. */
    double liveRatio() {
        GcInfo last = collector == null ? null : collector.getLastGcInfo();
        if (last == null) {
            return Double.NaN;
        }
        long used = 0;
        for (Map.Entry<String, MemoryUsage> pool : last.getMemoryUsageAfterGc().entrySet()) {
            if (heapPools.contains(pool.getKey())) {
                used += pool.getValue().getUsed();
            }
        }
        return (double) used / max;
    }
}
