package dev.appclients.cognito.secret;

import dev.appclients.cognito.collection.Interner;
import dev.appclients.cognito.collection.LeanValues;
import dev.appclients.cognito.model.ClientSecret;
import dev.appclients.cognito.model.Marks;
import dev.appclients.cognito.secret.content.GeneratedKeys;
import dev.appclients.cognito.secret.fields.FieldsV1Tree;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntryBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Secrets as the API server stores them after a create or a merge patch of the operator. SecretWriterIT proves the same on a real API
 * server.
 */
final class Written {

    static final GeneratedKeys GENERATED = new GeneratedKeys(new SecureRandom());

    private Written() {}

    /** A Secret that the operator created. */
    static Secret from(SecretRequest request) {
        return stored(SecretManifest.of(request, secretOf(request), GENERATED));
    }

    static Secret stored(Secret manifest) {
        manifest.getMetadata().setUid("8292ac1a-82b5-4515-b4f2-b93f2cf1b59a");
        manifest.getMetadata().setResourceVersion("7");
        manifest.getMetadata()
                .setManagedFields(new ArrayList<>(List.of(entry(
                        Marks.FIELD_MANAGER,
                        manifest.getData().keySet(),
                        manifest.getMetadata().getLabels().keySet(),
                        manifest.getMetadata().getAnnotations().keySet()))));
        return manifest;
    }

    static Secret stripped(Secret secret) {
        return new SecretStripper(new LeanValues(new Interner(64))).strip(secret);
    }

    /** Another manager sets a key, and so takes it from the operator. */
    static void edit(Secret secret, String manager, String key, String data) {
        secret.setData(new TreeMap<>(secret.getData()));
        secret.getData().put(key, data);
        remove(secret, "f:" + key, "f:data");
        secret.getMetadata().getManagedFields().add(entry(manager, List.of(key), List.of(), List.of()));
    }

    /** Another manager removes a key. */
    static void removeKey(Secret secret, String key) {
        secret.setData(new TreeMap<>(secret.getData()));
        secret.getData().remove(key);
        remove(secret, "f:" + key, "f:data");
    }

    /** Another manager removes or replaces an annotation. */
    static void editAnnotation(Secret secret, String manager, String name, @Nullable String value) {
        Map<String, String> annotations = secret.getMetadata().getAnnotations();
        remove(secret, "f:" + name, "f:metadata", "f:annotations");
        if (value == null) {
            annotations.remove(name);
        } else {
            annotations.put(name, value);
            secret.getMetadata().getManagedFields().add(entry(manager, List.of(), List.of(), List.of(name)));
        }
    }

    /** The Secret after a merge patch of the operator. */
    @SuppressWarnings("unchecked")
    static Secret patched(Secret before, Map<String, Object> patch) {
        Map<String, Object> metadata = (Map<String, Object>) Objects.requireNonNull(patch.get("metadata"));
        Secret after = new SecretBuilder(before).build();
        after.setData(merged(before.getData(), (Map<String, String>) Objects.requireNonNull(patch.get("data"))));
        after.getMetadata().setLabels(merged(before.getMetadata().getLabels(), (Map<String, String>)
                Objects.requireNonNull(metadata.get("labels"))));
        after.getMetadata().setAnnotations(merged(before.getMetadata().getAnnotations(), (Map<String, String>)
                Objects.requireNonNull(metadata.get("annotations"))));
        return after;
    }

    private static Map<String, String> merged(Map<String, String> before, Map<String, String> patch) {
        Map<String, String> after = new TreeMap<>(before);
        patch.forEach((name, value) -> {
            if (value == null) {
                after.remove(name);
            } else {
                after.put(name, value);
            }
        });
        return after;
    }

    static ManagedFieldsEntry entry(
            String manager, Collection<String> data, Collection<String> labels, Collection<String> annotations) {
        Map<String, Object> fields = new LinkedHashMap<>(FieldsV1Tree.of(new TreeSet<>(data), "f:data"));
        Map<String, Object> metadata = new LinkedHashMap<>(FieldsV1Tree.of(new TreeSet<>(labels), "f:labels"));
        metadata.putAll(FieldsV1Tree.of(new TreeSet<>(annotations), "f:annotations"));
        if (!metadata.isEmpty()) {
            fields.put("f:metadata", metadata);
        }
        return new ManagedFieldsEntryBuilder()
                .withManager(manager)
                .withOperation("Update")
                .withTime("2026-11-28T00:00:00Z")
                .withFieldsV1(FieldsV1Tree.fields(fields))
                .build();
    }

    private static void remove(Secret secret, String field, String... path) {
        for (ManagedFieldsEntry entry : secret.getMetadata().getManagedFields()) {
            Map<String, Object> root = FieldsV1Tree.node(FieldsV1Tree.of(entry));
            without(root, field, List.of(path));
            entry.setFieldsV1(FieldsV1Tree.fields(root));
        }
    }

    private static void without(Map<String, Object> node, String field, List<String> path) {
        if (path.isEmpty()) {
            node.remove(field);
        } else if (node.containsKey(path.getFirst())) {
            Map<String, Object> below = FieldsV1Tree.node(node.get(path.getFirst()));
            without(below, field, path.subList(1, path.size()));
            node.put(path.getFirst(), below);
        }
    }

    static @Nullable ClientSecret secretOf(SecretRequest request) {
        return request.confidential() ? Requests.SECRET : null;
    }
}
