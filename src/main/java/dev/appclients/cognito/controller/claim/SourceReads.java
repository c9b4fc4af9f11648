package dev.appclients.cognito.controller.claim;

import dev.appclients.cognito.model.ClientSecret;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * Shares one live read of a source Secret among the claims that wait for its value. A read is valid for exactly one version of the
 * Secret. It is dropped when the last waiting claim is served, and when it serves no claim for {@link #LONGEST}, so that no value stays
 * in memory.
 */
final class SourceReads {

    /**
     * A claim that waited and is not reconciled, for example because it was deleted, must not keep the value. Thousands of copies take
     * longer than this, so each served claim extends the time.
     */
    static final Duration LONGEST = Duration.ofSeconds(30);

    private final Map<Version, Read> reads = new ConcurrentHashMap<>();
    private final BiConsumer<Duration, Runnable> timer;

    /** @param timer runs a task after a delay */
    SourceReads(BiConsumer<Duration, Runnable> timer) {
        this.timer = timer;
    }

    /**
     * One version of a source Secret.
     *
     * @param secret its namespace and name
     */
    record Version(ResourceID secret, String resourceVersion) {}

    /**
     * The value of this version. Reads the Secret unless a waiting claim has read it.
     *
     * @param waiting the claims that will ask for the same version; evaluated by the claim that reads, once it has the value. After a
     *     failed read, the next one serves them
     * @param read reads the Secret; its exception ends every pass that waits for the read
     */
    ClientSecret value(
            Version version, ResourceID claim, Supplier<Set<ResourceID>> waiting, Supplier<ClientSecret> read) {
        Read own = new Read();
        Read shared = reads.putIfAbsent(version, own);
        if (shared != null) {
            return shared.await();
        }
        try {
            ClientSecret value = read.get();
            own.waitFor(claim, waiting.get());
            expire(version, own.id);
            own.result.complete(value);
            return value;
        } catch (RuntimeException | Error failed) {
            reads.remove(version, own);
            own.result.completeExceptionally(failed);
            throw failed;
        }
    }

    /** The task keeps the id of the read and not the read, which holds the value. */
    private void expire(Version version, Object id) {
        timer.accept(LONGEST, () -> {
            Read kept = reads.computeIfPresent(
                    version, (same, read) -> read.id.equals(id) && !read.hasServedSinceLastAsked() ? null : read);
            if (kept != null && kept.id.equals(id)) {
                expire(version, id);
            }
        });
    }

    /** Records the end of a pass of the claim, whatever its outcome. */
    void passEnded(ResourceID claim) {
        reads.forEach((version, read) -> {
            if (read.isServed(claim)) {
                reads.remove(version, read);
            }
        });
    }

    /** How many values are in memory. */
    int size() {
        return reads.size();
    }

    private static final class Read {

        private final Object id = new Object();
        private final CompletableFuture<ClientSecret> result = new CompletableFuture<>();
        private final Set<ResourceID> waiting = new HashSet<>();
        private boolean begun;
        private boolean hasServed;

        synchronized void waitFor(ResourceID reader, Set<ResourceID> others) {
            waiting.add(reader);
            waiting.addAll(others);
            begun = true;
        }

        /** Whether no claim waits after this one. */
        synchronized boolean isServed(ResourceID claim) {
            waiting.remove(claim);
            return begun && waiting.isEmpty();
        }

        synchronized boolean hasServedSinceLastAsked() {
            boolean served = hasServed;
            hasServed = false;
            return served;
        }

        private synchronized void serve() {
            hasServed = true;
        }

        ClientSecret await() {
            serve();
            try {
                return result.join();
            } catch (CompletionException failed) {
                throw failed.getCause() instanceof RuntimeException cause ? cause : failed;
            }
        }
    }
}
