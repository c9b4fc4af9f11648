package dev.appclients.cognito.controller;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What stands in a status and should not: a server-side apply removes what only we have written, and leaves what somebody else
 * claims as well. The operations take away and write nothing, so that nothing becomes ours by them.
 */
final class StatusLeftovers {

    private static final String KEY = "type";

    private StatusLeftovers() {}

    /**
     * The operations of a JSON patch (RFC 6902) that leave nothing but the intended status; empty when there is nothing else.
     *
     * @param observed the status as it is, in which every intended value stands already
     * @param intended the status as it should be
     * @param path of both, such as {@code /status}
     */
    static List<Map<String, Object>> removals(JsonNode observed, JsonNode intended, String path) {
        List<Map<String, Object>> operations = new ArrayList<>();
        collect(observed, intended, path, operations);
        return operations;
    }

    private static void collect(
            JsonNode observed, JsonNode intended, String path, List<Map<String, Object>> operations) {
        if (observed.isObject()) {
            observed.properties().forEach(field -> {
                String at = path + "/" + field.getKey().replace("~", "~0").replace("/", "~1");
                JsonNode wanted = intended.path(field.getKey());
                if (wanted.isMissingNode() || wanted.isNull()) {
                    operations.add(remove(at));
                } else {
                    collect(field.getValue(), wanted, at, operations);
                }
            });
        } else if (observed.isArray()) {
            collectItems(observed, intended, path, operations);
        }
    }

    /** From the last to the first, so that no removal moves what another means. Only lists of objects are merged by key. */
    private static void collectItems(
            JsonNode observed, JsonNode intended, String path, List<Map<String, Object>> operations) {
        for (int i = observed.size() - 1; i >= 0; i--) {
            JsonNode item = observed.get(i);
            if (!item.isObject()) {
                return;
            }
            JsonNode wanted = withKey(intended, item.path(KEY).asText());
            if (wanted == null) {
                operations.add(remove(path + "/" + i));
            } else {
                collect(item, wanted, path + "/" + i, operations);
            }
        }
    }

    private static @Nullable JsonNode withKey(JsonNode items, String key) {
        for (JsonNode item : items) {
            if (item.path(KEY).asText().equals(key)) {
                return item;
            }
        }
        return null;
    }

    private static Map<String, Object> remove(String path) {
        return Map.of("op", "remove", "path", path);
    }
}
