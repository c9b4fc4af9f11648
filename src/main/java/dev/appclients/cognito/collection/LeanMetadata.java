package dev.appclients.cognito.collection;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reduces the metadata of a cached object to the parts that a reconciliation reads. */
public final class LeanMetadata {

    private final LeanValues values;

    /** @param values shares equal values */
    public LeanMetadata(LeanValues values) {
        this.values = values;
    }

    /**
     * Changes the metadata in place.
     *
     * @param former the metadata of the previous version; null if there is none
     * @param labels the labels to keep
     * @param annotations the annotations to keep
     */
    public void strip(
            ObjectMeta metadata, @Nullable ObjectMeta former, Predicate<String> labels, Predicate<String> annotations) {
        ObjectMeta known = former == null ? new ObjectMeta() : former;
        metadata.setLabels(values.lean(only(labels, metadata.getLabels()), known.getLabels()));
        metadata.setAnnotations(values.lean(only(annotations, metadata.getAnnotations()), known.getAnnotations()));
        metadata.setFinalizers(values.lean(orEmpty(metadata.getFinalizers()), known.getFinalizers()));
        metadata.setOwnerReferences(values.lean(orEmpty(metadata.getOwnerReferences()), known.getOwnerReferences()));
        metadata.setManagedFields(values.lean(orEmpty(metadata.getManagedFields()), known.getManagedFields()));
        metadata.setName(values.lean(metadata.getName(), known.getName()));
        metadata.setNamespace(values.lean(metadata.getNamespace(), known.getNamespace()));
        metadata.setUid(values.lean(metadata.getUid(), known.getUid()));
        metadata.setCreationTimestamp(values.lean(metadata.getCreationTimestamp(), known.getCreationTimestamp()));
        metadata.setGeneration(values.lean(metadata.getGeneration(), known.getGeneration()));
        metadata.setAdditionalProperties(Map.of());
        metadata.setGenerateName(null);
        metadata.setSelfLink(null);
    }

    private static Map<String, String> only(Predicate<String> wanted, @Nullable Map<String, String> all) {
        return all == null
                ? Map.of()
                : all.entrySet().stream()
                        .filter(entry -> wanted.test(entry.getKey()))
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static <T> List<T> orEmpty(@Nullable List<T> list) {
        return list == null ? List.of() : list;
    }
}
