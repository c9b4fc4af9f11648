package dev.appclients.cognito.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** The constraints of the API model for one member. They are checked before any rule. */
sealed interface Shape {

    /** Adds a message for each violated constraint, in the service's wording. */
    void check(JsonNode value, String path, List<String> violations);

    static Shape text(int min, int max, String pattern) {
        return new Text(min, max, Pattern.compile(pattern), false);
    }

    static Shape secret(int min, int max, String pattern) {
        return new Text(min, max, Pattern.compile(pattern), true);
    }

    static Shape listOf(int max, Shape member) {
        return new Listing(max, member);
    }

    /** A string. No message repeats a sensitive one. */
    record Text(int min, int max, Pattern pattern, boolean sensitive) implements Shape {
        @Override
        public void check(JsonNode value, String path, List<String> violations) {
            var text = requireType(value.isTextual(), value, path).asText();
            int length = text.codePointCount(0, text.length());
            if (length < min) {
                violations.add(textViolation(value, path, "Member must have length greater than or equal to " + min));
            }
            if (length > max) {
                violations.add(textViolation(value, path, "Member must have length less than or equal to " + max));
            }
            if (length >= min && !pattern.matcher(text).matches()) {
                violations.add(
                        textViolation(value, path, "Member must satisfy regular expression pattern: " + pattern));
            }
        }

        private String textViolation(JsonNode value, String path, String constraint) {
            return sensitive
                    ? "Value at '" + path + "' failed to satisfy constraint: " + constraint
                    : violation(value, path, constraint);
        }
    }

    /** A whole number. */
    record Whole(long min, long max) implements Shape {
        @Override
        public void check(JsonNode value, String path, List<String> violations) {
            long number = requireType(value.isIntegralNumber(), value, path).asLong();
            if (number < min) {
                violations.add(violation(value, path, "Member must have value greater than or equal to " + min));
            }
            if (number > max) {
                violations.add(violation(value, path, "Member must have value less than or equal to " + max));
            }
        }
    }

    /** A boolean. */
    record Flag() implements Shape {
        @Override
        public void check(JsonNode value, String path, List<String> violations) {
            requireType(value.isBoolean(), value, path);
        }
    }

    /** One of a closed set of values. */
    record OneOf(List<String> values) implements Shape {
        @Override
        public void check(JsonNode value, String path, List<String> violations) {
            if (!values.contains(requireType(value.isTextual(), value, path).asText())) {
                violations.add(violation(value, path, "Member must satisfy enum value set: " + values));
            }
        }
    }

    /** A list. An error in an entry is reported for the list, as the service does. */
    record Listing(int max, Shape member) implements Shape {
        @Override
        public void check(JsonNode value, String path, List<String> violations) {
            requireType(value.isArray(), value, path);
            if (value.size() > max) {
                violations.add(violation(value, path, "Member must have length less than or equal to " + max));
            }
            int index = 1;
            for (var entry : value) {
                var inside = path + "." + index++ + ".member";
                member.check(entry, inside, violations);
            }
        }
    }

    /** A structure. Members that the model does not know are ignored. */
    record Struct(Map<String, Shape> members, Set<String> required) implements Shape {
        @Override
        public void check(JsonNode value, String path, List<String> violations) {
            requireType(value.isObject(), value, path);
            members.forEach((name, shape) -> {
                var inside = path.isEmpty() ? Shape.memberName(name) : path + "." + Shape.memberName(name);
                var given = value.get(name);
                if (given != null && !given.isNull()) {
                    shape.check(given, inside, violations);
                } else if (required.contains(name)) {
                    violations.add(
                            "Value null at '" + inside + "' failed to satisfy constraint: Member must not be null");
                }
            });
        }
    }

    /** Throws a {@link Refusal} if the request violates a constraint. */
    static void require(Struct shape, JsonNode request) {
        var violations = new ArrayList<String>();
        shape.check(request, "", violations);
        if (!violations.isEmpty()) {
            throw Refusal.invalidParameter(violations.size()
                    + (violations.size() == 1 ? " validation error" : " validation errors")
                    + " detected: "
                    + String.join("; ", violations));
        }
    }

    private static String memberName(String name) {
        return Character.toLowerCase(name.charAt(0)) + name.substring(1);
    }

    private static String violation(JsonNode value, String path, String constraint) {
        var shown = value.isTextual() ? value.asText() : value.toString();
        return "Value '" + shown + "' at '" + path + "' failed to satisfy constraint: " + constraint;
    }

    private static JsonNode requireType(boolean fits, JsonNode value, String path) {
        if (!fits) {
            throw new Refusal(
                    "SerializationException", 400, value.getNodeType() + " cannot be read as '" + path + "'.");
        }
        return value;
    }
}
