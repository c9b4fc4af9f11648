package dev.appclients.cognito.model;

import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Answers one instance for equal values, so that a cache of many objects holds a common value once. The table has a fixed number
 * of slots and loses values: a value takes a slot when its hash comes a second time within a while, and may be replaced by another
 * that does. A value that comes once, such as a UID, is therefore never kept, and the table keeps at most one value per slot alive.
 *
 * <p>Only for values that nothing changes. Safe for use by several threads; two of them may keep two copies of a value.
 */
public final class Interner {

    private static final int CANDIDATES_PER_SLOT = 4;

    private final AtomicReferenceArray<Object> slots;

    /** The hash that last came here and was in no slot. */
    private final AtomicIntegerArray candidates;

    /**
     * An empty table.
     *
     * @param slots at least 2; rounded up to a power of two. Each costs 20 bytes and the value that it keeps
     */
    public Interner(int slots) {
        int size = slots <= 2 ? 2 : Integer.highestOneBit(slots - 1) << 1;
        this.slots = new AtomicReferenceArray<>(size);
        candidates = new AtomicIntegerArray(size * CANDIDATES_PER_SLOT);
    }

    /** An equal value that came before, if the table still has one; otherwise the value itself. */
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

    /** As {@link #one}, for a value that is not to be counted as having come: the table stays as it is. */
    public <T> T known(T value) {
        T known = find(hash(value), value);
        return known == null ? value : known;
    }

    /** How many values the table keeps alive. */
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

    @SuppressWarnings("unchecked") // a value is equal only to values that may stand in its place
    private <T> @Nullable T equalIn(int slot, T value) {
        Object known = slots.getAcquire(slot);
        return known != null && known.getClass() == value.getClass() && known.equals(value) ? (T) known : null;
    }

    /** Each value has two slots, so that two common values with neighbouring hashes do not drive each other out. */
    private void keep(int hash, Object value) {
        int slot = hash & slots.length() - 1;
        int free = slots.getPlain(slot) != null && slots.getPlain(slot ^ 1) == null ? slot ^ 1 : slot;
        slots.setRelease(free, value);
    }

    /** The class counts: a record of one string has the string's own hash. Zero stands for no hash. */
    private static int hash(Object value) {
        int mixed = (value.hashCode() ^ value.getClass().getName().hashCode()) * 0x9E3779B9;
        mixed ^= mixed >>> 15;
        return mixed == 0 ? 1 : mixed;
    }
}
