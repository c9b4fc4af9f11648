package dev.appclients.cognito.model;

import java.util.Collection;
import java.util.SortedSet;

/**
 * The attributes that the users of a pool can have.
 *
 * @param names every attribute, custom ones with their prefix {@code custom:}
 * @param required those that every user must have
 * @param mutable those whose value can change once it is set
 */
public record PoolAttributes(SortedSet<String> names, SortedSet<String> required, SortedSet<String> mutable) {

    private static final String CUSTOM = "custom:";

    public PoolAttributes {
        names = Sets.sorted(names);
        required = Sets.sorted(required);
        mutable = Sets.sorted(mutable);
    }

    /** The same, from any collections. */
    public static PoolAttributes of(Collection<String> names, Collection<String> required, Collection<String> mutable) {
        return new PoolAttributes(Sets.sorted(names), Sets.sorted(required), Sets.sorted(mutable));
    }

    /** The attributes that the pool's owner added, and that can change: what an application often decides permissions by. */
    public SortedSet<String> mutableCustom() {
        return Sets.sorted(
                mutable.stream().filter(name -> name.startsWith(CUSTOM)).toList());
    }
}
