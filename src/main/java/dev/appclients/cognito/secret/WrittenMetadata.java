package dev.appclients.cognito.secret;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The metadata that we write, to be found again in what is there. What others add beside it is theirs and stays. */
record WrittenMetadata(
        String ownerUid,
        SortedMap<String, String> labels,
        SortedMap<String, String> annotations,
        List<OwnerReference> ownerReferences) {

    static WrittenMetadata of(SecretRequest request) {
        return new WrittenMetadata(
                request.owner().uid(),
                SecretManifest.labels(request),
                SecretManifest.annotations(request),
                SecretManifest.ownerReferences(request));
    }

    /**
     * The paths that somebody else changed or removed.
     *
     * @param sameInputs whether the Secret was last written from what is desired now. If not, only what another manager owns
     *     was surely edited; the rest may differ because the desire has changed
     */
    SortedSet<String> editedIn(Secret observed, boolean sameInputs) {
        ObjectMeta metadata = observed.getMetadata();
        FieldOwnership fields = FieldOwnership.of(observed);
        SortedSet<String> edited = new TreeSet<>();
        labels.forEach((name, value) -> {
            boolean differs = !value.equals(get(metadata.getLabels(), name));
            if (differs && (sameInputs || fields.othersOwn(FieldOwnership.LABELS, name))) {
                edited.add("metadata.labels[" + name + "]");
            }
        });
        annotations.forEach((name, value) -> {
            boolean differs = !value.equals(get(metadata.getAnnotations(), name));
            if (differs && (sameInputs || fields.othersOwn(FieldOwnership.ANNOTATIONS, name))) {
                edited.add("metadata.annotations[" + name + "]");
            }
        });
        // We never write a Secret without it, so whatever is desired now, it was taken from us.
        if (!fields.weOwnAnnotation(Marks.INPUTS)) {
            edited.add("metadata.annotations[" + Marks.INPUTS + "]");
        }
        if (sameInputs && !ownerReferences.equals(ownReferences(metadata))) {
            edited.add("metadata.ownerReferences");
        }
        return edited;
    }

    private List<OwnerReference> ownReferences(ObjectMeta metadata) {
        List<OwnerReference> references = metadata.getOwnerReferences();
        return references == null
                ? List.of()
                : references.stream()
                        .filter(reference -> ownerUid.equals(reference.getUid()))
                        .toList();
    }

    private static @Nullable String get(@Nullable Map<String, String> map, String name) {
        return map == null ? null : map.get(name);
    }
}
