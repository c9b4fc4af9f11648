package dev.appclients.cognito.authorization;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Collection;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * Decides by age which objects of a namespace a pool serves: the oldest first. The API server sets the age, so the author of an object
 * cannot choose its place.
 */
public final class Quota {

    private static final Comparator<Member> AGE =
            Comparator.comparing(Member::created).thenComparing(Member::uid);

    private Quota() {}

    /**
     * An object that counts.
     *
     * @param created the creationTimestamp, as the API server writes it
     * @param uid decides between objects of the same second
     */
    public record Member(String created, String uid) implements Comparable<Member> {

        /** The age of an object that the API server has created. */
        public static Member of(HasMetadata object) {
            return new Member(
                    object.getMetadata().getCreationTimestamp(),
                    object.getMetadata().getUid());
        }

        @Override
        public int compareTo(Member other) {
            return AGE.compare(this, other);
        }
    }

    /**
     * Whether the object has a place. Objects that are being deleted keep theirs until they are gone.
     *
     * @param limit the number of places; null for no limit
     * @param object the object itself; it may be among {@code all}
     * @param all the objects of the namespace that count, in any order
     */
    public static boolean isWithin(@Nullable Integer limit, Member object, Collection<Member> all) {
        return limit == null
                || all.stream()
                                .filter(other -> other.compareTo(object) < 0)
                                .limit(limit)
                                .count()
                        < limit;
    }
}
