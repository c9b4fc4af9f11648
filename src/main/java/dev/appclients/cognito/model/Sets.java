package dev.appclients.cognito.model;

import java.util.Collection;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Converts lists of the Cognito API, whose order has no meaning, to sorted sets. Absent equals empty. */
public final class Sets {

    private Sets() {}

    /** The values as an immutable sorted set; empty for null. */
    public static SortedSet<String> sorted(@Nullable Collection<String> values) {
        return values == null || values.isEmpty()
                ? Collections.emptySortedSet()
                : Collections.unmodifiableSortedSet(new TreeSet<>(values));
    }
}
