package dev.appclients.cognito.runtime;

/**
 * The formula of {@code src/docs/capacity.md}: how much heap a number of UserPoolClients needs, and how much memory the container
 * needs for a heap. All sizes are in bytes.
 */
final class Capacity {

    static final long MIB = 1L << 20;

    /** What the process needs beside its heap: classes, code, threads, buffers, the JVM itself. The container's limit includes it. */
    static final long BESIDE_THE_HEAP = 160 * MIB;

    /** With less than this beside its heap the kernel kills the process before it watches. */
    static final long LEAST_BESIDE_THE_HEAP = 128 * MIB;

    /** Live heap without clients. */
    private static final long BASE = 25 * MIB;

    /** Live heap of one Ready client with its Secret. */
    private static final long PER_CLIENT = 3584;

    /** The heap as a multiple of what is alive. With less, the collector takes more processor time than the reconciliations. */
    private static final double CALM = 1.6;

    private static final long STEP = 16 * MIB;

    private Capacity() {}

    /** For how many clients a maximum heap is enough; 0 when it is too small for the operator itself. */
    static long clients(long heap) {
        return Math.max(0, (long) ((heap / CALM - BASE) / PER_CLIENT));
    }

    /** The smallest sensible maximum heap for that many clients, a multiple of 16 MiB. */
    static long heap(long clients) {
        double needed = CALM * (BASE + (double) PER_CLIENT * clients);
        return (long) Math.ceil(needed / STEP) * STEP;
    }

    /** The container's memory limit that fits a maximum heap. */
    static long limit(long heap) {
        return heap + BESIDE_THE_HEAP;
    }

    /**
     * What to raise when a heap is full or too small: for a number of clients, and by half at least when the formula says that the
     * heap is enough.
     */
    static String remedy(long heap, long clients) {
        long needed = Math.max(heap(clients), clients <= clients(heap) ? heap + heap / 2 : heap);
        return "Raise the memory limit of the operator's container to " + limit(needed) / MIB + "Mi and -Xmx in"
                + " JDK_JAVA_OPTIONS to " + needed / MIB + "m.";
    }
}
