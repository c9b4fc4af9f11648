package dev.appclients.cognito.secret;

import dev.appclients.cognito.model.Marks;
import dev.appclients.cognito.secret.content.Inputs;
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

/**
 * Compares the metadata that the operator writes for a request with that of the Secret. Other metadata is ignored.
 *
 * @param ownAnnotations the annotations that no write of the operator omits
 * @param sameInputs whether the Secret was last written from the requested inputs. If not, the request may have changed, so a
 *     difference is an edit only where another manager owns the field
 */
record WrittenMetadata(
        String ownerUid,
        SortedMap<String, String> labels,
        SortedMap<String, String> annotations,
        List<String> ownAnnotations,
        List<OwnerReference> ownerReferences,
        boolean sameInputs) {

    /** @param recorded the inputs of the last write; null if they are unknown */
    static WrittenMetadata of(DesiredSecret desired, @Nullable Inputs recorded, boolean sameInputs) {
        boolean hasValues = recorded != null && recorded.version() > 1 && desired.recordsValues();
        return new WrittenMetadata(
                desired.request().owner().uid(),
                desired.labels(),
                desired.annotations(sameInputs && recorded != null ? recorded : desired.inputs()),
                hasValues ? List.of(Marks.INPUTS, Marks.VALUES) : List.of(Marks.INPUTS),
                desired.ownerReferences(),
                sameInputs);
    }

    /**
     * The paths that another writer changed or removed, of the reserved ones, see {@link Marks#isReserved}. Any other label is
     * restored by the next write, and causes none.
     */
    SortedSet<String> editedIn(Secret observed) {
        ObjectMeta metadata = observed.getMetadata();
        FieldOwnership fields = FieldOwnership.of(observed);
        SortedSet<String> edited = new TreeSet<>();
        addDiffering(edited, labels, metadata.getLabels(), FieldOwnership.LABELS, fields);
        addDiffering(edited, annotations, metadata.getAnnotations(), FieldOwnership.ANNOTATIONS, fields);
        // The operator never writes a Secret without them, so another writer took or removed one, whatever the inputs.
        for (String name : ownAnnotations) {
            if (!fields.operatorOwnsAnnotation(name)) {
                edited.add(FieldOwnership.metadataPath(FieldOwnership.ANNOTATIONS, name));
            }
        }
        if (sameInputs && !ownerReferences.equals(ownReferences(metadata))) {
            edited.add(SecretState.Edit.OWNER_REFERENCES);
        }
        return edited;
    }

    private void addDiffering(
            SortedSet<String> edited,
            SortedMap<String, String> written,
            @Nullable Map<String, String> observed,
            String part,
            FieldOwnership fields) {
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
