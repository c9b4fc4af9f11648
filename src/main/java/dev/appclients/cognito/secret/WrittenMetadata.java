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
     * The paths that another writer changed or removed, of those that prove anything: see {@link Marks#isOurs}. Any other label is
     * put back by the next write and causes none.
     *
     * @param sameInputs whether the Secret was last written from what is desired now. If not, only what another manager owns
     *     was surely edited; the rest may differ because the desire has changed
     */
    SortedSet<String> editedIn(Secret observed, boolean sameInputs) {
        ObjectMeta metadata = observed.getMetadata();
        FieldOwnership fields = FieldOwnership.of(observed);
        SortedSet<String> edited = new TreeSet<>();
        addDiffering(edited, labels, metadata.getLabels(), FieldOwnership.LABELS, fields, sameInputs);
        addDiffering(edited, annotations, metadata.getAnnotations(), FieldOwnership.ANNOTATIONS, fields, sameInputs);
        // We never write a Secret without it, so whatever is desired now, it was taken from us.
        if (!fields.weOwnAnnotation(Marks.INPUTS)) {
            edited.add(path(FieldOwnership.ANNOTATIONS, Marks.INPUTS));
        }
        if (sameInputs && !ownerReferences.equals(ownReferences(metadata))) {
            edited.add("metadata.ownerReferences");
        }
        return edited;
    }

    private static void addDiffering(
            SortedSet<String> edited,
            SortedMap<String, String> written,
            @Nullable Map<String, String> observed,
            String part,
            FieldOwnership fields,
            boolean sameInputs) {
        written.forEach((name, value) -> {
            boolean differs = Marks.isOurs(name) && !value.equals(get(observed, name));
            if (differs && (sameInputs || fields.othersOwn(part, name))) {
                edited.add(path(part, name));
            }
        });
    }

    /** How a label or an annotation is named to people; {@code part} is {@code f:labels} or {@code f:annotations}. */
    static String path(String part, String name) {
        return "metadata." + part.substring(2) + "[" + name + "]";
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
