package dev.appclients.cognito.compatibility;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Lists the changes between two versions of a CRD that can break a stored object, a manifest or another version of the operator. New
 * fields, new versions, wider bounds and other texts are no such changes.
 */
final class SchemaChanges {

    private static final String SCHEMA = "/schema/openAPIV3Schema";
    private static final List<String> UPPER = List.of("maximum", "maxLength", "maxItems", "maxProperties");
    private static final List<String> LOWER = List.of("minimum", "minLength", "minItems", "minProperties");

    /** Schema keywords that must stay as they are. */
    private static final List<String> FIXED = List.of(
            "type",
            "format",
            "default",
            "multipleOf",
            "not",
            "allOf",
            "anyOf",
            "oneOf",
            "x-kubernetes-int-or-string",
            "x-kubernetes-embedded-resource",
            "x-kubernetes-list-type",
            "x-kubernetes-list-map-keys",
            "x-kubernetes-map-type");

    /** Schema keywords that may be removed, and not added or changed. */
    private static final List<String> ONLY_REMOVED =
            List.of("pattern", "uniqueItems", "exclusiveMaximum", "exclusiveMinimum");

    /** Schema keywords that may be added, and not removed or changed. */
    private static final List<String> ONLY_ADDED = List.of("nullable", "x-kubernetes-preserve-unknown-fields");

    private final Set<String> changes = new TreeSet<>();

    private SchemaChanges() {}

    /** The changes, each with its place, sorted. */
    static List<String> between(JsonNode before, JsonNode after) {
        SchemaChanges changes = new SchemaChanges();
        changes.definition(before.path("spec"), after.path("spec"));
        return List.copyOf(changes.changes);
    }

    private void definition(JsonNode before, JsonNode after) {
        for (String fixed : List.of("group", "scope", "conversion")) {
            require(fixed, before.path(fixed), after.path(fixed));
        }
        for (String name : List.of("kind", "plural", "singular", "listKind")) {
            require("names." + name, before.at("/names/" + name), after.at("/names/" + name));
        }
        missing(before.at("/names/shortNames"), after.at("/names/shortNames"), "")
                .forEach(name -> changes.add("names.shortNames: '" + name.asText() + "' is removed"));
        before.path("versions").forEach(version -> {
            String name = version.path("name").asText();
            elements(after.path("versions"))
                    .filter(other -> other.path("name").equals(version.path("name")))
                    .findFirst()
                    .ifPresentOrElse(
                            other -> version(name, version, other),
                            () -> changes.add(name + ": the version is removed"));
        });
    }

    private void version(String name, JsonNode before, JsonNode after) {
        require(name + ": storage", before.path("storage"), after.path("storage"));
        if (before.path("served").asBoolean() && !after.path("served").asBoolean()) {
            changes.add(name + ": the version is not served any more");
        }
        before.path("subresources")
                .fieldNames()
                .forEachRemaining(subresource -> require(
                        name + ": subresource " + subresource,
                        before.at("/subresources/" + subresource),
                        after.at("/subresources/" + subresource)));
        missing(before.path("additionalPrinterColumns"), after.path("additionalPrinterColumns"), "name")
                .forEach(column -> changes.add(
                        name + ": the printer column '" + column.path("name").asText() + "' is removed"));
        schema(name, before.at(SCHEMA), after.at(SCHEMA));
    }

    private void schema(String path, JsonNode before, JsonNode after) {
        FIXED.forEach(keyword -> require(path + ": " + keyword, before.path(keyword), after.path(keyword)));
        ONLY_REMOVED.stream()
                .filter(after::has)
                .forEach(keyword -> require(path + ": " + keyword, before.path(keyword), after.path(keyword)));
        ONLY_ADDED.stream()
                .filter(before::has)
                .forEach(keyword -> require(path + ": " + keyword, before.path(keyword), after.path(keyword)));
        bounds(path, before, after);
        values(path, before, after);
        missing(after.path("required"), before.path("required"), "")
                .forEach(field -> changes.add(path + ": '" + field.asText() + "' is now required"));
        rules(path, before.path("x-kubernetes-validations"), after.path("x-kubernetes-validations"));
        children(path, before, after);
    }

    private void bounds(String path, JsonNode before, JsonNode after) {
        UPPER.stream()
                .filter(bound -> after.has(bound)
                        && (!before.has(bound)
                                || after.get(bound).asDouble()
                                        < before.get(bound).asDouble()))
                .forEach(bound -> changes.add(changed(path + ": " + bound, before.path(bound), after.path(bound))));
        LOWER.stream()
                .filter(bound -> after.has(bound)
                        && (!before.has(bound)
                                || after.get(bound).asDouble()
                                        > before.get(bound).asDouble()))
                .forEach(bound -> changes.add(changed(path + ": " + bound, before.path(bound), after.path(bound))));
    }

    private void values(String path, JsonNode before, JsonNode after) {
        if (!before.has("enum") && after.has("enum")) {
            changes.add(path + ": only some values are allowed now");
        } else if (after.has("enum")) {
            missing(before.path("enum"), after.path("enum"), "")
                    .forEach(value -> changes.add(path + ": the value '" + value.asText() + "' is removed"));
        }
    }

    /** A changed text of a rule is no change. */
    private void rules(String path, JsonNode before, JsonNode after) {
        Set<JsonNode> known = new HashSet<>();
        before.forEach(rule -> known.add(withoutTexts(rule)));
        after.forEach(rule -> {
            if (!known.contains(withoutTexts(rule))) {
                changes.add(path + ": new rule: "
                        + rule.path("message").asText(rule.path("rule").asText()));
            }
        });
    }

    private static JsonNode withoutTexts(JsonNode rule) {
        ObjectNode copy = rule.deepCopy();
        copy.remove(List.of("message", "messageExpression", "reason", "fieldPath"));
        return copy;
    }

    private void children(String path, JsonNode before, JsonNode after) {
        before.path("properties").properties().forEach(property -> {
            JsonNode other = after.path("properties").path(property.getKey());
            String child = path + "." + property.getKey();
            if (other.isMissingNode()) {
                changes.add(child + ": the field is removed");
            } else {
                schema(child, property.getValue(), other);
            }
        });
        nested(path + "[]", before.path("items"), after.path("items"));
        nested(path + "{}", before.path("additionalProperties"), after.path("additionalProperties"));
    }

    private void nested(String path, JsonNode before, JsonNode after) {
        if (before.isObject() && after.isObject()) {
            schema(path, before, after);
        } else {
            require(path, before, after);
        }
    }

    private void require(String what, JsonNode before, JsonNode after) {
        if (!before.equals(after)) {
            changes.add(changed(what, before, after));
        }
    }

    private static String changed(String what, JsonNode before, JsonNode after) {
        return what + " was " + text(before) + " and is " + text(after);
    }

    private static String text(JsonNode value) {
        return value.isMissingNode() ? "absent" : value.toString();
    }

    /** The elements of the first array that the second does not have, compared by this field, or entirely without one. */
    private static List<JsonNode> missing(JsonNode first, JsonNode second, String field) {
        List<JsonNode> left = new ArrayList<>();
        first.forEach(element -> {
            if (elements(second).noneMatch(other -> key(other, field).equals(key(element, field)))) {
                left.add(element);
            }
        });
        return left;
    }

    private static JsonNode key(JsonNode element, String field) {
        return field.isEmpty() ? element : element.path(field);
    }

    private static Stream<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
