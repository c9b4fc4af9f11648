package dev.appclients.cognito.secret;

import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Who wrote what in a Secret, as its managed fields say. */
record FieldOwnership(List<ManagedFieldsEntry> entries) {

    /** What stands for a manager that Kubernetes did not record. */
    static final String UNKNOWN = "unknown";

    static final String DATA = "f:data";
    static final String STRING_DATA = "f:stringData";
    static final String METADATA = "f:metadata";
    static final String LABELS = "f:labels";
    static final String ANNOTATIONS = "f:annotations";

    static FieldOwnership of(Secret secret) {
        List<ManagedFieldsEntry> entries = secret.getMetadata().getManagedFields();
        return new FieldOwnership(entries == null ? List.of() : entries);
    }

    static boolean isOurs(ManagedFieldsEntry entry) {
        return Marks.FIELD_MANAGER.equals(entry.getManager());
    }

    /** Whether we wrote this Secret: we own a value, or a mark when all values were replaced. */
    boolean weWroteIt() {
        return ours().anyMatch(entry -> !keysIn(entry, DATA).isEmpty()) || weOwnAnnotation(Marks.INPUTS);
    }

    boolean weOwnAnnotation(String name) {
        return ours().anyMatch(entry -> FieldTree.has(entry, METADATA, ANNOTATIONS, "f:" + name));
    }

    /** Whether somebody else wrote a label or an annotation; {@code part} is {@link #LABELS} or {@link #ANNOTATIONS}. */
    boolean othersOwn(String part, String name) {
        return foreign().anyMatch(entry -> FieldTree.has(entry, METADATA, part, "f:" + name));
    }

    /**
     * Those of the keys whose value may not be ours. A value is ours as long as we own its key: whoever changes it by update
     * takes the key, whoever applies another value must take it by force. Only {@code stringData} changes a value and leaves
     * the key to us, so a claim there counts as a change.
     */
    SortedSet<String> doubtful(SortedSet<String> keys) {
        SortedSet<String> doubtful = new TreeSet<>(keys);
        ours().forEach(entry -> doubtful.removeAll(keysIn(entry, DATA)));
        foreign().forEach(entry -> {
            SortedSet<String> claimed = keysIn(entry, STRING_DATA);
            claimed.retainAll(keys);
            doubtful.addAll(claimed);
        });
        return doubtful;
    }

    /**
     * The manager of the newest foreign change to one of these keys of data; {@value #UNKNOWN} when none claims one. A removal
     * leaves no claim, and a manager that owns something else in the Secret did not make it.
     */
    String whoChangedData(SortedSet<String> keys) {
        return latest(foreign()
                        .filter(entry -> keys.stream()
                                .anyMatch(key -> FieldTree.has(entry, DATA, "f:" + key)
                                        || FieldTree.has(entry, STRING_DATA, "f:" + key))))
                .orElse(UNKNOWN);
    }

    /** The same for labels and annotations, given as {@link WrittenMetadata#path}. */
    String whoChangedMetadata(Set<String> paths) {
        return latest(foreign().filter(entry -> claimsOneOf(entry, paths))).orElse(UNKNOWN);
    }

    private static boolean claimsOneOf(ManagedFieldsEntry entry, Set<String> paths) {
        return Stream.of(LABELS, ANNOTATIONS)
                .flatMap(part -> FieldTree.at(entry, METADATA, part).keySet().stream()
                        .filter(field -> field.startsWith("f:"))
                        .map(field -> WrittenMetadata.path(part, field.substring(2))))
                .anyMatch(paths::contains);
    }

    /** The manager that wrote last, be it us. */
    String lastWriter() {
        return latest(entries.stream()).orElse(UNKNOWN);
    }

    /** The manager that wrote last, of those that are not us. */
    String lastStranger() {
        return latest(foreign()).orElse(UNKNOWN);
    }

    /** When the manager wrote, in a form that sorts by time; empty when it is not recorded. */
    static String time(ManagedFieldsEntry entry) {
        return entry.getTime() == null ? "" : entry.getTime();
    }

    /** Of those at one time the last: a view has them in the order of time, and no times. */
    private Optional<String> latest(Stream<ManagedFieldsEntry> candidates) {
        return candidates
                .filter(entry -> entry.getManager() != null)
                .reduce((one, next) -> time(one).compareTo(time(next)) > 0 ? one : next)
                .map(ManagedFieldsEntry::getManager);
    }

    private Stream<ManagedFieldsEntry> ours() {
        return entries.stream().filter(FieldOwnership::isOurs);
    }

    private Stream<ManagedFieldsEntry> foreign() {
        return entries.stream().filter(entry -> !isOurs(entry));
    }

    private static SortedSet<String> keysIn(ManagedFieldsEntry entry, String part) {
        SortedSet<String> keys = new TreeSet<>();
        for (String field : FieldTree.at(entry, part).keySet()) {
            if (field.startsWith("f:")) {
                keys.add(field.substring(2));
            }
        }
        return keys;
    }
}
