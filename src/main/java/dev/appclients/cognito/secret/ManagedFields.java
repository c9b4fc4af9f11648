package dev.appclients.cognito.secret;

import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntryBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;

/**
 * Corrections to the managed fields of a Secret of ours, where Kubernetes would keep a record that misleads. Each answer is
 * the complete new list for a patch that is bound to the resource version of the Secret it was computed from.
 */
public final class ManagedFields {

    private static final String APPLY = "Apply";

    private ManagedFields() {}

    /**
     * Makes what we created look applied. A create is recorded as an {@code Update}, which keeps owning its fields beside every
     * later apply, so that none would ever remove a key. To be done before the first apply.
     *
     * @param live all that the API server has, not a stripped view
     * @return empty when there is nothing to do
     */
    public static Optional<List<ManagedFieldsEntry>> asApplied(Secret live) {
        List<ManagedFieldsEntry> entries = FieldOwnership.of(live).entries();
        List<ManagedFieldsEntry> ours =
                entries.stream().filter(FieldOwnership::isOurs).toList();
        if (ours.stream().allMatch(entry -> APPLY.equals(entry.getOperation()))) {
            return Optional.empty();
        }
        Map<String, Object> fields = new LinkedHashMap<>();
        for (ManagedFieldsEntry entry : ours) {
            fields = FieldTree.union(fields, FieldTree.of(entry));
        }
        List<ManagedFieldsEntry> corrected = new ArrayList<>();
        corrected.add(new ManagedFieldsEntryBuilder(ours.getLast())
                .withOperation(APPLY)
                .withFieldsV1(FieldTree.fields(fields))
                .build());
        entries.stream().filter(entry -> !FieldOwnership.isOurs(entry)).forEach(corrected::add);
        return Optional.of(corrected);
    }

    /**
     * Drops what others claim by {@code stringData} for keys of ours. Such a claim outlives the value that it wrote: after we
     * have restored the value it would look tampered with for ever. To be done after the restoring apply, on what that returned,
     * and never before it: the claim is all that tells of the change.
     *
     * @param restored the answer of the API server to the apply
     * @param keys the keys of the Secret, see {@link SecretManifest#keys}
     * @return empty when there is nothing to do
     */
    public static Optional<List<ManagedFieldsEntry>> withoutStringDataClaims(Secret restored, SortedSet<String> keys) {
        List<ManagedFieldsEntry> entries = FieldOwnership.of(restored).entries();
        List<ManagedFieldsEntry> corrected = new ArrayList<>();
        boolean changed = false;
        for (ManagedFieldsEntry entry : entries) {
            Map<String, Object> claims = FieldTree.node(FieldTree.at(entry, FieldOwnership.STRING_DATA));
            if (FieldOwnership.isOurs(entry) || !claims.keySet().removeIf(field -> isKey(field, keys))) {
                corrected.add(entry);
                continue;
            }
            changed = true;
            Map<String, Object> fields = new LinkedHashMap<>(FieldTree.of(entry));
            if (claims.isEmpty()) {
                fields.remove(FieldOwnership.STRING_DATA);
            } else {
                fields.put(FieldOwnership.STRING_DATA, claims);
            }
            if (!fields.isEmpty()) {
                corrected.add(new ManagedFieldsEntryBuilder(entry)
                        .withFieldsV1(FieldTree.fields(fields))
                        .build());
            }
        }
        return changed ? Optional.of(corrected) : Optional.empty();
    }

    private static boolean isKey(String field, SortedSet<String> keys) {
        return field.startsWith("f:") && keys.contains(field.substring(2));
    }
}
