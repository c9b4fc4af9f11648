package dev.appclients.cognito.secret;

import dev.appclients.cognito.model.Marks;
import dev.appclients.cognito.secret.fields.FieldOwnership;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Compares the metadata that the operator writes for a request with that of the Secret. Other metadata is ignored. */
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
     * The paths that another writer changed or removed, of the reserved ones, see {@link Marks#isReserved}. Any other label is
     * restored by the next write, and causes none.
     *
     * @param sameInputs whether the Secret was last written from the requested inputs. If not, the request may have changed, so
     *     a difference is an edit only where another manager owns the field
     */
    SortedSet<String> editedIn(Secret observed, boolean sameInputs) {
        ObjectMeta metadata = observed.getMetadata();
        FieldOwnership fields = FieldOwnership.of(observed);
        SortedSet<String> edited = new TreeSet<>();
        addDiffering(edited, labels, metadata.getLabels(), FieldOwnership.LABELS, fields, sameInputs);
        addDiffering(edited, annotations, metadata.getAnnotations(), FieldOwnership.ANNOTATIONS, fields, sameInputs);
        // The operator never writes a Secret without it, so another writer took or removed it, whatever the inputs.
        if (!fields.operatorOwnsAnnotation(Marks.INPUTS)) {
            edited.add(FieldOwnership.metadataPath(FieldOwnership.ANNOTATIONS, Marks.INPUTS));
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
            boolean differs = Marks.isReserved(name) && !value.equals(get(observed, name));
            if (differs && (sameInputs || fields.othersOwn(part, name))) {
                edited.add(FieldOwnership.metadataPath(part, name));
            }
        });
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
