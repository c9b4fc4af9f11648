package dev.appclients.cognito.controller.reconcile;

import dev.appclients.cognito.aws.AppClients.Priority;
import dev.appclients.cognito.model.PoolId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Caps the passes that call AWS or wait for their turn, because each holds some 20 KB. A pass that finds no room ends, and its object is
 * woken when there is room for it.
 *
 * <p>A group may have as many passes inside as there are places left. So one group alone gets half of the places, two get a third
 * each, and the first pass of another group always finds one. Those who wait outside are woken in their order, one group after the
 * other.
 */
public final class AwsWaitLimit {

    /** Some 10 MB of heap, and twice what a pool's quota serves in a minute. */
    public static final int PLACES = 512;

    private final int places;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Entry> entries = new HashMap<>();
    /** In the order of their turns; those without entries are not in it. */
    private final LinkedHashMap<Group, Members> groups = new LinkedHashMap<>();

    private int inside;

    /** With {@link #PLACES} places. */
    public AwsWaitLimit() {
        this(PLACES);
    }

    /** @param places how many passes may call or wait at once: at least 2 */
    public AwsWaitLimit(int places) {
        this.places = places;
    }

    /**
     * Passes that wait for the same quota on behalf of the same namespace.
     *
     * @param namespace null for calls that serve the pool itself
     */
    public record Group(PoolId pool, @Nullable String namespace, Priority priority) {}

    /**
     * Asks for a place, which the object keeps until its pass has ended.
     *
     * @return false if there is none: then the object is woken when there is
     */
    public boolean enter(RunningPass.Caller caller, Group group) {
        lock.lock();
        try {
            Entry entry = entries.get(caller.uid());
            if (entry == null) {
                entry = new Entry(caller, group);
                entries.put(caller.uid(), entry);
                members(group).outside.add(entry);
                if (members(group).inside < places - inside) {
                    admit(entry);
                }
            }
            return entry.admitted;
        } finally {
            lock.unlock();
        }
    }

    /** The pass of an object has ended, or the object is gone: it neither has a place nor waits for one. */
    public void leave(String uid) {
        List<Runnable> woken;
        lock.lock();
        try {
            Entry entry = entries.remove(uid);
            if (entry == null) {
                return;
            }
            Members members = members(entry.group);
            if (entry.admitted) {
                members.inside--;
                inside--;
            } else {
                members.outside.remove(entry);
            }
            if (members.isEmpty()) {
                groups.remove(entry.group);
            }
            woken = admitNext();
        } finally {
            lock.unlock();
        }
        woken.forEach(Runnable::run);
    }

    /** How many passes call AWS or wait for their turn, those counted that were woken and are on their way. */
    public int inside() {
        lock.lock();
        try {
            return inside;
        } finally {
            lock.unlock();
        }
    }

    /** How many objects wait until their pass may call AWS. */
    public int outside() {
        lock.lock();
        try {
            return entries.size() - inside;
        } finally {
            lock.unlock();
        }
    }

    /** Gives away the places that are free, one to each group in turn. */
    private List<Runnable> admitNext() {
        List<Runnable> woken = new ArrayList<>();
        boolean more = true;
        while (more) {
            List<Group> served = new ArrayList<>();
            for (Iterator<Map.Entry<Group, Members>> all = groups.entrySet().iterator(); all.hasNext(); ) {
                Map.Entry<Group, Members> each = all.next();
                Members members = each.getValue();
                if (!members.outside.isEmpty() && members.inside < places - inside) {
                    Entry next = members.outside.getFirst();
                    admit(next);
                    woken.add(next.caller.wake());
                    served.add(each.getKey());
                }
            }
            served.forEach(group -> groups.putLast(group, members(group)));
            more = !served.isEmpty();
        }
        return woken;
    }

    private void admit(Entry entry) {
        Members members = members(entry.group);
        members.outside.remove(entry);
        members.inside++;
        inside++;
        entry.admitted = true;
    }

    private Members members(Group group) {
        return groups.computeIfAbsent(group, unknown -> new Members());
    }

    private static final class Members {

        private final SequencedSet<Entry> outside = new LinkedHashSet<>();
        private int inside;

        boolean isEmpty() {
            return inside == 0 && outside.isEmpty();
        }
    }

    private static final class Entry {

        private final RunningPass.Caller caller;
        private final Group group;
        private boolean admitted;

        Entry(RunningPass.Caller caller, Group group) {
            this.caller = caller;
            this.group = group;
        }
    }
}
