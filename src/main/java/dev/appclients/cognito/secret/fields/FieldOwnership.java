package dev.appclients.cognito.secret.fields;

import dev.appclients.cognito.model.Marks;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The managed fields of a Secret: which manager owns which field. */
public record FieldOwnership(List<ManagedFieldsEntry> entries) {

    /** Stands for a manager that Kubernetes did not record. */
    public static final String UNKNOWN = "unknown";

    public static final String DATA = "f:data";
    public static final String STRING_DATA = "f:stringData";
    public static final String METADATA = "f:metadata";
    public static final String LABELS = "f:labels";
    public static final String ANNOTATIONS = "f:annotations";

    public static FieldOwnership of(Secret secret) {
        List<ManagedFieldsEntry> entries = secret.getMetadata().getManagedFields();
        return new FieldOwnership(entries == null ? List.of() : entries);
    }

    static boolean isOperators(ManagedFieldsEntry entry) {
        return Marks.FIELD_MANAGER.equals(entry.getManager());
    }

    /** Whether the operator wrote this Secret: it owns a value, or the inputs annotation if all values were replaced. */
    public boolean operatorWroteIt() {
        return !ownedNames(DATA).isEmpty() || operatorOwnsAnnotation(Marks.INPUTS);
    }

    public boolean operatorOwnsAnnotation(String name) {
        return operatorEntries().anyMatch(entry -> FieldsV1Tree.has(entry, METADATA, ANNOTATIONS, "f:" + name));
    }

    public boolean operatorOwnsLabel(String name) {
        return operatorEntries().anyMatch(entry -> FieldsV1Tree.has(entry, METADATA, LABELS, "f:" + name));
    }

    /** The names of the entries of a map that the operator owns; {@code path} leads to the map, for example {@link #DATA}. */
    public SortedSet<String> ownedNames(String... path) {
        SortedSet<String> names = new TreeSet<>();
        operatorEntries().forEach(entry -> names.addAll(namesIn(entry, path)));
        return names;
    }

    /** Whether another manager owns a label or an annotation; {@code part} is {@link #LABELS} or {@link #ANNOTATIONS}. */
    public boolean othersOwn(String part, String name) {
        return otherEntries().anyMatch(entry -> FieldsV1Tree.has(entry, METADATA, part, "f:" + name));
    }

    /**
     * Those of the keys whose value may not be the operator's. A writer that changes a value by update or by a forced apply takes
     * the key from the operator. Only {@code stringData} changes a value and leaves the key to the operator, so a claim there
     * counts as a change.
     */
    public SortedSet<String> unproven(SortedSet<String> keys) {
        SortedSet<String> unproven = new TreeSet<>(keys);
        unproven.removeAll(ownedNames(DATA));
        otherEntries().forEach(entry -> {
            SortedSet<String> claimed = namesIn(entry, STRING_DATA);
            claimed.retainAll(keys);
            unproven.addAll(claimed);
        });
        return unproven;
    }

    /** Those of the {@link #unproven} keys that another manager owns. The others are in no managed field. */
    public SortedSet<String> taken(SortedSet<String> keys) {
        SortedSet<String> taken = unproven(keys);
        taken.removeIf(key -> !exists(key));
        return taken;
    }

    /** Whether any manager owns the key of data, so that the Secret has it. */
    public boolean exists(String key) {
        return entries.stream()
                .anyMatch(entry ->
                        FieldsV1Tree.has(entry, DATA, "f:" + key) || FieldsV1Tree.has(entry, STRING_DATA, "f:" + key));
    }

    /** Whether another manager owns the key of data, alone or with the operator. */
    public boolean othersOwnData(String key) {
        return otherEntries()
                .anyMatch(entry ->
                        FieldsV1Tree.has(entry, DATA, "f:" + key) || FieldsV1Tree.has(entry, STRING_DATA, "f:" + key));
    }

    /**
     * The manager of the newest foreign change to one of these keys of data; {@value #UNKNOWN} if none claims one. A removal
     * leaves no claim, and a manager that owns another part of the Secret did not make it.
     */
    public String dataEditor(SortedSet<String> keys) {
        return latest(otherEntries()
                        .filter(entry -> keys.stream()
                                .anyMatch(key -> FieldsV1Tree.has(entry, DATA, "f:" + key)
                                        || FieldsV1Tree.has(entry, STRING_DATA, "f:" + key))))
                .orElse(UNKNOWN);
    }

    /** The path of a label or an annotation in messages; {@code part} is {@link #LABELS} or {@link #ANNOTATIONS}. */
    public static String metadataPath(String part, String name) {
        return "metadata." + part.substring(2) + "[" + name + "]";
    }

    /** As {@link #dataEditor} for labels and annotations, given as {@link #metadataPath}. */
    public String metadataEditor(Set<String> paths) {
        return latest(otherEntries().filter(entry -> claimsOneOf(entry, paths))).orElse(UNKNOWN);
    }

    private static boolean claimsOneOf(ManagedFieldsEntry entry, Set<String> paths) {
        return Stream.of(LABELS, ANNOTATIONS)
                .flatMap(part -> namesIn(entry, METADATA, part).stream().map(name -> metadataPath(part, name)))
                .anyMatch(paths::contains);
    }

    /** The manager that wrote last, the operator included. */
    public String lastWriter() {
        return latest(entries.stream()).orElse(UNKNOWN);
    }

    /** The manager that wrote last, the operator excluded. */
    public String lastOtherWriter() {
        return latest(otherEntries()).orElse(UNKNOWN);
    }

    /** The time of the write, in a form that sorts by time; empty if it is not recorded. */
    public static String time(ManagedFieldsEntry entry) {
        return entry.getTime() == null ? "" : entry.getTime();
    }

    /** Of entries with equal times the last: a stripped Secret has its entries in order of time, without times. */
    private Optional<String> latest(Stream<ManagedFieldsEntry> candidates) {
        return candidates
                .filter(entry -> entry.getManager() != null)
                .reduce((one, next) -> time(one).compareTo(time(next)) > 0 ? one : next)
                .map(ManagedFieldsEntry::getManager);
    }

    private Stream<ManagedFieldsEntry> operatorEntries() {
        return entries.stream().filter(FieldOwnership::isOperators);
    }

    private Stream<ManagedFieldsEntry> otherEntries() {
        return entries.stream().filter(entry -> !isOperators(entry));
    }

    private static SortedSet<String> namesIn(ManagedFieldsEntry entry, String... path) {
        SortedSet<String> names = new TreeSet<>();
        for (String field : FieldsV1Tree.at(entry, path).keySet()) {
            if (field.startsWith("f:")) {
                names.add(field.substring(2));
            }
        }
        return names;
    }
}
