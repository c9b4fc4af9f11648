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

/** The full collections of this JVM. With a collector that makes none, such as ZGC, there are never any. */
final class FullCollections {

    /** Of the serial, the parallel and the G1 collector. */
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

    /** How many there have been. */
    long count() {
        return collector == null ? 0 : collector.getCollectionCount();
    }

    /** The part of the maximum heap that was in use after the last one, of all generations; NaN before the first. */
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
