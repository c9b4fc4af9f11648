package dev.appclients.cognito.runtime;

import static dev.appclients.cognito.runtime.Capacity.MIB;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * The memory of this process, and whether the heap fits the container.
 *
 * @param heap the maximum heap in bytes
 * @param limit the container's memory limit in bytes; empty without one
 */
record Memory(long heap, OptionalLong limit) {

    /** The error when the heap leaves less than 128 MiB of the limit; empty otherwise. */
    Optional<String> fault() {
        return leaves(0, Capacity.LEAST_BESIDE_THE_HEAP)
                ? Optional.of(sentence() + " The operator needs at least " + Capacity.LEAST_BESIDE_THE_HEAP / MIB
                        + " MiB beside its heap. " + remedy())
                : Optional.empty();
    }

    /** The warning when the heap leaves at least 128 MiB but less than 160 MiB of the limit; empty otherwise. */
    Optional<String> warning() {
        return leaves(Capacity.LEAST_BESIDE_THE_HEAP, Capacity.BESIDE_THE_HEAP)
                ? Optional.of(sentence() + " The kernel kills the operator when it needs more than "
                        + (limit.getAsLong() - heap) / MIB + " MiB beside its heap. " + remedy())
                : Optional.empty();
    }

    /** A clause with heap and limit, without a full stop. */
    String summary() {
        return limit.isPresent()
                ? "The maximum heap is " + heap / MIB + " MiB of a memory limit of " + limit.getAsLong() / MIB + " MiB"
                : "The maximum heap is " + heap / MIB + " MiB";
    }

    private boolean leaves(long atLeast, long lessThan) {
        if (limit.isEmpty()) {
            return false;
        }
        long beside = limit.getAsLong() - heap;
        return (beside >= atLeast || atLeast == 0) && beside < lessThan;
    }

    private String sentence() {
        return summary() + ".";
    }

    private String remedy() {
        long fits = limit.orElseThrow() - Capacity.BESIDE_THE_HEAP;
        long least = Capacity.heap(new WatchedObjects(0, 0));
        String raise = "aise the memory limit to " + Capacity.limit(Math.max(heap, least)) / MIB + "Mi";
        return fits >= least
                ? "Set -Xmx" + fits / MIB + "m in JDK_JAVA_OPTIONS, or r" + raise + "."
                : "R" + raise + (heap < least ? " and set -Xmx" + least / MIB + "m in JDK_JAVA_OPTIONS." : ".");
    }
}
