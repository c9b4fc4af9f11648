package dev.appclients.cognito.simulator;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** The versions of one client, newest last. Older versions are kept as long as a lagging read may show them. */
final class ClientHistory {

    private record Version(long sinceNanos, @Nullable AppClient client) {}

    private final Deque<Version> versions = new ArrayDeque<>();

    ClientHistory(AppClient client, long nowNanos) {
        // A read that lags behind the creation shows no client.
        versions.add(new Version(Long.MIN_VALUE, null));
        versions.add(new Version(nowNanos, client));
    }

    synchronized @Nullable AppClient latest() {
        return versions.getLast().client();
    }

    /** Returns the version that was current at this time. */
    synchronized @Nullable AppClient at(long nanos) {
        for (var each = versions.descendingIterator(); each.hasNext(); ) {
            var version = each.next();
            if (version.sinceNanos() <= nanos) {
                return version.client();
            }
        }
        return null;
    }

    synchronized void put(@Nullable AppClient client, long nowNanos, long keepNanos) {
        versions.add(new Version(nowNanos, client));
        while (versions.size() > 2 && second().sinceNanos() <= nowNanos - keepNanos) {
            versions.removeFirst();
        }
    }

    /** Whether the client is deleted and no lagging read can show it any more. */
    synchronized boolean forgotten(long nowNanos, long keepNanos) {
        var last = versions.getLast();
        return last.client() == null && last.sinceNanos() <= nowNanos - keepNanos;
    }

    private Version second() {
        var each = versions.iterator();
        each.next();
        return each.next();
    }
}
