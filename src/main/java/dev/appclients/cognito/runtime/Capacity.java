package dev.appclients.cognito.runtime;

/**
 * The formula of {@code src/docs/capacity.md}: the heap that a number of UserPoolClients and of copies needs, and the container memory
 * that a heap needs. All sizes are in bytes.
 */
final class Capacity {

    static final long MIB = 1L << 20;

    /** The memory outside the heap: classes, code, threads, buffers, the JVM itself. The container's limit includes it. */
    static final long BESIDE_THE_HEAP = 160 * MIB;

    /** With less memory outside the heap the kernel kills the process before its caches are filled. */
    static final long LEAST_BESIDE_THE_HEAP = 128 * MIB;

    /** Live heap without clients. */
    private static final long BASE = 25 * MIB;

    /** Live heap of one Ready client with its Secret. */
    private static final long PER_CLIENT = 3584;

    /** Live heap of one ClientSecretClaim with its Secret. */
    private static final long PER_CLAIM = 3072;

    /** The heap as a multiple of the live objects. With less, garbage collection takes more CPU time than reconciliation. */
    private static final double HEAP_PER_LIVE = 1.6;

    private static final long STEP = 16 * MIB;

    private Capacity() {}

    /** The number of clients that fit a maximum heap beside a number of claims; 0 when it is too small for these alone. */
    static long clients(long heap, long claims) {
        return Math.max(0, (long) ((heap / HEAP_PER_LIVE - BASE - (double) PER_CLAIM * claims) / PER_CLIENT));
    }

    /** Whether the objects fit a maximum heap. */
    static boolean isEnough(long heap, WatchedObjects objects) {
        return HEAP_PER_LIVE * live(objects) <= heap;
    }

    /** The smallest maximum heap for a number of objects, a multiple of 16 MiB. */
    static long heap(WatchedObjects objects) {
        return (long) Math.ceil(HEAP_PER_LIVE * live(objects) / STEP) * STEP;
    }

    private static double live(WatchedObjects objects) {
        return BASE + (double) PER_CLIENT * objects.clients() + (double) PER_CLAIM * objects.claims();
    }

    /** The container's memory limit for a maximum heap. */
    static long limit(long heap) {
        return heap + BESIDE_THE_HEAP;
    }

    /**
     * Returns a sentence that says how far to raise the limit and the heap for a number of objects. The heap grows by at least a half
     * when the formula says that it is enough.
     */
    static String remedy(long heap, WatchedObjects objects) {
        long needed = Math.max(heap(objects), isEnough(heap, objects) ? heap + heap / 2 : heap);
        return "Raise the memory limit of the operator's container to " + limit(needed) / MIB + "Mi and -Xmx in"
                + " JDK_JAVA_OPTIONS to " + needed / MIB + "m.";
    }
}
