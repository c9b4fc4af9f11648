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
 * Limits the reconciliations that call AWS or wait for quota, because each holds about 20 KB. A reconciliation without a place ends, and
 * its object is woken when a place is free.
 *
 * <p>A group may use as many places as are free. One group alone gets half of the places, two get a third each. The first
 * reconciliation of another group always gets a place. Objects without a place are woken in order, round robin by group.
 */
public final class AwsWaitLimit {

    /** About 10 MB of heap, and twice the calls that a pool's quota allows in a minute. */
    public static final int PLACES = 512;

    private final int places;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Entry> entries = new HashMap<>();

    /** In round-robin order; without empty groups. */
    private final LinkedHashMap<Group, Members> groups = new LinkedHashMap<>();

    private int inside;

    /** Creates a limit of {@link #PLACES}. */
    public AwsWaitLimit() {
        this(PLACES);
    }

    /** @param places how many reconciliations may call or wait at once; at least 2 */
    public AwsWaitLimit(int places) {
        this.places = places;
    }

    /**
     * Reconciliations that use the same quota for the same namespace.
     *
     * @param namespace null for the ClusterUserPool itself
     */
    public record Group(PoolId pool, @Nullable String namespace, Priority priority) {}

    /**
     * Takes a place, which the object keeps until its reconciliation ends.
     *
     * @return false if none is free; the object is woken when it gets one
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

    /** Removes an object whose reconciliation ended or which was deleted. */
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

    /** How many places are taken, including those of objects that were woken and have not started. */
    public int inside() {
        lock.lock();
        try {
            return inside;
        } finally {
            lock.unlock();
        }
    }

    /** How many objects wait for a place. */
    public int outside() {
        lock.lock();
        try {
            return entries.size() - inside;
        } finally {
            lock.unlock();
        }
    }

    /** Assigns the free places, one to each group in turn. */
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
