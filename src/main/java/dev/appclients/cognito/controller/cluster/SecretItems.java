package dev.appclients.cognito.controller.cluster;

import dev.appclients.cognito.model.Marks;
import dev.appclients.cognito.secret.SecretStripper;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The item store of Secrets, without their values, with an index by the client UID in their mark. An index of the informer would
 * hold a map for every UID, and nearly every client has one Secret.
 */
final class SecretItems extends LeanItems<Secret> {

    private final Map<String, List<String>> keysByUid = new ConcurrentHashMap<>();

    /** @param view removes the values */
    SecretItems(SecretStripper view) {
        super(view::stripInPlace);
    }

    /** The Secrets with the mark of this UID. */
    List<Secret> of(String uid) {
        return keysByUid.getOrDefault(uid, List.of()).stream()
                .flatMap(key -> Stream.ofNullable(get(key)))
                .filter(secret -> uid.equals(markedUid(secret)))
                .toList();
    }

    @Override
    public @Nullable Secret put(String key, Secret secret) {
        Secret former = super.put(key, secret);
        String before = markedUid(former);
        String now = markedUid(secret);
        if (before != null && !before.equals(now)) {
            keysByUid.computeIfPresent(before, (uid, keys) -> without(key, keys));
        }
        if (now != null && !now.equals(before)) {
            keysByUid.merge(now, List.of(key), (keys, added) -> with(key, keys));
        }
        return former;
    }

    @Override
    public @Nullable Secret remove(String key) {
        Secret removed = super.remove(key);
        String uid = markedUid(removed);
        if (uid != null) {
            keysByUid.computeIfPresent(uid, (same, keys) -> without(key, keys));
        }
        return removed;
    }

    /** The number of UIDs in the index. */
    int uids() {
        return keysByUid.size();
    }

    private static List<String> with(String key, List<String> keys) {
        return Stream.concat(keys.stream(), Stream.of(key)).distinct().toList();
    }

    private static @Nullable List<String> without(String key, List<String> keys) {
        List<String> left = keys.stream().filter(other -> !other.equals(key)).toList();
        return left.isEmpty() ? null : left;
    }

    private static @Nullable String markedUid(@Nullable Secret secret) {
        return secret == null || secret.getMetadata().getLabels() == null
                ? null
                : secret.getMetadata().getLabels().get(Marks.CLIENT_UID);
    }
}
