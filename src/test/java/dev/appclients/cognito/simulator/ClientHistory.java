package dev.appclients.cognito.simulator;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** What one client id stood for, newest last; older versions are kept as long as a lagging read may still show them. */
final class ClientHistory {

    private record Version(long sinceNanos, @Nullable AppClient client) {}

    private final Deque<Version> versions = new ArrayDeque<>();

    ClientHistory(AppClient client, long nowNanos) {
        // Before it was made there was nothing, and a lagging read shows just that.
        versions.add(new Version(Long.MIN_VALUE, null));
        versions.add(new Version(nowNanos, client));
    }

    synchronized @Nullable AppClient latest() {
        return versions.getLast().client();
    }

    /** What a reader saw at this moment. */
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

    /** Whether it is deleted and no lagging read can show it any more. */
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
