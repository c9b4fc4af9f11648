package dev.appclients.cognito.model;

import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Answers one instance for equal values, so that a cache of many objects holds a common value once. The table has a fixed number
 * of slots and loses values: a value takes the slot of its hash when it comes a second time before another value of that slot.
 * A value that comes once, such as a UID, is therefore never kept, and the table keeps at most one value per slot alive.
 *
 * <p>Only for values that nothing changes. Safe for use by several threads; two of them may keep two copies of a value.
 */
public final class Interner {

    private final AtomicReferenceArray<Object> slots;

    /** The hash that last came to the slot and was not in it. */
    private final AtomicIntegerArray candidates;

    private final int mask;

    /**
     * An empty table.
     *
     * @param slots at least 1; rounded up to a power of two. Each costs 8 bytes and the value that it keeps
     */
    public Interner(int slots) {
        int size = slots <= 1 ? 1 : Integer.highestOneBit(slots - 1) << 1;
        this.slots = new AtomicReferenceArray<>(size);
        candidates = new AtomicIntegerArray(size);
        mask = size - 1;
    }

    /** An equal value that came before, if the table still has one; otherwise the value itself. */
    public <T> T one(T value) {
        int hash = spread(value.hashCode());
        int slot = hash & mask;
        T known = equalIn(slot, value);
        if (known != null) {
            return known;
        }
        if (candidates.getPlain(slot) == hash) {
            slots.setRelease(slot, value);
        } else {
            candidates.setPlain(slot, hash);
        }
        return value;
    }

    /** As {@link #one}, for a value that is not to be counted as having come: the table stays as it is. */
    public <T> T known(T value) {
        T known = equalIn(spread(value.hashCode()) & mask, value);
        return known == null ? value : known;
    }

    @SuppressWarnings("unchecked") // a value is equal only to values that may stand in its place
    private <T> @Nullable T equalIn(int slot, T value) {
        Object known = slots.getAcquire(slot);
        return known != null && known.getClass() == value.getClass() && known.equals(value) ? (T) known : null;
    }

    /** How many values the table keeps alive. */
    int size() {
        int kept = 0;
        for (int slot = 0; slot <= mask; slot++) {
            if (slots.getPlain(slot) != null) {
                kept++;
            }
        }
        return kept;
    }

    /** The low bits choose the slot; zero stands for a slot to which nothing came. */
    private static int spread(int hash) {
        int mixed = hash * 0x9E3779B9;
        mixed ^= mixed >>> 16;
        return mixed == 0 ? 1 : mixed;
    }
}
