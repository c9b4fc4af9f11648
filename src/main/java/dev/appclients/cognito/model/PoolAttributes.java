package dev.appclients.cognito.model;

import java.util.Collection;
import java.util.SortedSet;

/**
 * The attributes that the users of a pool can have.
 *
 * @param names every attribute, custom ones with their prefix {@code custom:}
 * @param required those that every user must have and that can be changed, so that every list of attributes to write must have them;
 *     whether Cognito demands or refuses the immutable ones there is not established
 */
public record PoolAttributes(SortedSet<String> names, SortedSet<String> required) {

    public PoolAttributes {
        names = Sets.sorted(names);
        required = Sets.sorted(required);
    }

    /** The same, from any collections. */
    public static PoolAttributes of(Collection<String> names, Collection<String> required) {
        return new PoolAttributes(Sets.sorted(names), Sets.sorted(required));
    }
}
