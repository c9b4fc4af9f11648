package dev.appclients.cognito.secret;

import dev.appclients.cognito.model.Marks;
import dev.appclients.cognito.model.PresetKeys;
import dev.appclients.cognito.secret.content.SecretShape;
import dev.appclients.cognito.secret.fields.FieldOwnership;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads from a Secret of the operator the id of the client secret that it carries. Reads no value. */
public final class CarriedSecretId {

    private CarriedSecretId() {}

    /**
     * The id in the annotation {@link Marks#CLIENT_SECRET_ID}.
     *
     * @param observed complete, stripped by {@link SecretStripper}, or its metadata alone
     * @return null if the Secret has no such annotation, or the annotation is no longer the operator's
     */
    public static @Nullable String recordedIn(Secret observed) {
        return owned(observed, Marks.CLIENT_SECRET_ID);
    }

    /** The id in the annotation {@link Marks#PREVIOUS_CLIENT_SECRET_ID}, as {@link #recordedIn}. */
    public static @Nullable String previousRecordedIn(Secret observed) {
        return owned(observed, Marks.PREVIOUS_CLIENT_SECRET_ID);
    }

    /** Whether the Secret has the annotation, and another writer wrote it. The carried client secret is not known then. */
    public static boolean isForged(Secret observed) {
        return annotation(observed, Marks.CLIENT_SECRET_ID) != null && recordedIn(observed) == null;
    }

    /**
     * Whether the Secret carries the client secret of this id. It does not while a key of the shape has a value of another writer.
     *
     * @param observed complete, or stripped by {@link SecretStripper}
     */
    public static boolean isIn(SecretOwner owner, SecretShape shape, Secret observed, String secretId) {
        return secretId.equals(recordedIn(observed))
                && SecretOwnership.obstacle(owner, observed) == null
                && FieldOwnership.of(observed).taken(keys(shape)).isEmpty();
    }

    private static SortedSet<String> keys(SecretShape shape) {
        SortedSet<String> keys = new TreeSet<>(PresetKeys.all(shape.preset()));
        keys.addAll(shape.template().keySet());
        return keys;
    }

    private static @Nullable String owned(Secret observed, String name) {
        return FieldOwnership.of(observed).operatorOwnsAnnotation(name) ? annotation(observed, name) : null;
    }

    private static @Nullable String annotation(Secret observed, String name) {
        Map<String, String> annotations = observed.getMetadata().getAnnotations();
        return annotations == null ? null : annotations.get(name);
    }
}
