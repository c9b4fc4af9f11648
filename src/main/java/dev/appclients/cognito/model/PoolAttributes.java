package dev.appclients.cognito.model;

import java.util.Collection;
import java.util.SortedSet;

/**
 * The attributes that the users of a pool can have.
 *
 * @param names every attribute; custom attributes have the prefix {@code custom:}
 * @param required the attributes that every user must have
 * @param mutable the attributes whose value can change after it is set
 */
public record PoolAttributes(SortedSet<String> names, SortedSet<String> required, SortedSet<String> mutable) {

    private static final String CUSTOM = "custom:";

    public PoolAttributes {
        names = Sets.sorted(names);
        required = Sets.sorted(required);
        mutable = Sets.sorted(mutable);
    }

    /** Creates attributes from collections in any order. */
    public static PoolAttributes of(Collection<String> names, Collection<String> required, Collection<String> mutable) {
        return new PoolAttributes(Sets.sorted(names), Sets.sorted(required), Sets.sorted(mutable));
    }

    /** The mutable custom attributes. Applications often use them for permissions. */
    public SortedSet<String> mutableCustom() {
        return Sets.sorted(
                mutable.stream().filter(name -> name.startsWith(CUSTOM)).toList());
    }
}
