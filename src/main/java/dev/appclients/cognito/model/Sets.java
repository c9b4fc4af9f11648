package dev.appclients.cognito.model;

import java.util.Collection;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Lists of the Cognito API as what they are: sorted sets, where absent and empty are one thing. */
public final class Sets {

    private Sets() {}

    /** The same values without duplicates and order; null is empty. The result cannot be changed. */
    public static SortedSet<String> sorted(@Nullable Collection<String> values) {
        return values == null || values.isEmpty()
                ? Collections.emptySortedSet()
                : Collections.unmodifiableSortedSet(new TreeSet<>(values));
    }
}
