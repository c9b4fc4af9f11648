package dev.appclients.cognito.collection;

import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Returns one instance for equal values, so that a cache of many objects holds a common value once. The table has a fixed number of
 * slots. A value takes a slot when its hash arrives twice within a short time, and may later be replaced. The table never keeps a
 * value that arrives once, such as a UID, and at most one value per slot.
 *
 * <p>Only for immutable values. Thread-safe; two threads may each get their own copy of a value.
 */
public final class Interner {

    private static final int CANDIDATES_PER_SLOT = 4;

    private final AtomicReferenceArray<Object> slots;

    /** The last hash at each position that was in no slot. */
    private final AtomicIntegerArray candidates;

    /**
     * Creates an empty table.
     *
     * @param slots at least 2; rounded up to a power of two. Each slot costs 20 bytes and its value
     */
    public Interner(int slots) {
        int size = slots <= 2 ? 2 : Integer.highestOneBit(slots - 1) << 1;
        this.slots = new AtomicReferenceArray<>(size);
        candidates = new AtomicIntegerArray(size * CANDIDATES_PER_SLOT);
    }

    /** An equal value from the table, or else the given value. Counts the arrival of the value. */
    public <T> T one(T value) {
        int hash = hash(value);
        T known = find(hash, value);
        if (known != null) {
            return known;
        }
        int candidate = hash >>> 8 & candidates.length() - 1;
        if (candidates.getPlain(candidate) == hash) {
            keep(hash, value);
        } else {
            candidates.setPlain(candidate, hash);
        }
        return value;
    }

    /** As {@link #one}, but does not count the arrival and does not change the table. */
    public <T> T known(T value) {
        T known = find(hash(value), value);
        return known == null ? value : known;
    }

    /** How many values the table keeps. */
    int size() {
        int kept = 0;
        for (int slot = 0; slot < slots.length(); slot++) {
            if (slots.getPlain(slot) != null) {
                kept++;
            }
        }
        return kept;
    }

    private <T> @Nullable T find(int hash, T value) {
        int slot = hash & slots.length() - 1;
        T known = equalIn(slot, value);
        return known == null ? equalIn(slot ^ 1, value) : known;
    }

    @SuppressWarnings("unchecked") // equal values of one class are interchangeable
    private <T> @Nullable T equalIn(int slot, T value) {
        Object known = slots.getAcquire(slot);
        return known != null && known.getClass() == value.getClass() && known.equals(value) ? (T) known : null;
    }

    /** Each value has two possible slots, so that two common values with the same slot do not replace each other. */
    private void keep(int hash, Object value) {
        int slot = hash & slots.length() - 1;
        int free = slots.getPlain(slot) != null && slots.getPlain(slot ^ 1) == null ? slot ^ 1 : slot;
        slots.setRelease(free, value);
    }

    /** Includes the class, because a record of one string can have the hash of the string. Zero means no hash. */
    private static int hash(Object value) {
        int mixed = (value.hashCode() ^ value.getClass().getName().hashCode()) * 0x9E3779B9;
        mixed ^= mixed >>> 15;
        return mixed == 0 ? 1 : mixed;
    }
}
