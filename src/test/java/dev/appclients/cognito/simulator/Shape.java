package dev.appclients.cognito.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** The constraints that the API model puts on one member, before any rule looks at it. */
sealed interface Shape {

    /** Adds a sentence per breach, in the service's words. */
    void check(JsonNode value, String path, List<String> breaches);

    static Shape text(int min, int max, String pattern) {
        return new Text(min, max, Pattern.compile(pattern), false);
    }

    static Shape secret(int min, int max, String pattern) {
        return new Text(min, max, Pattern.compile(pattern), true);
    }

    static Shape listOf(int max, Shape member) {
        return new Listing(max, member);
    }

    /** A string; a sensitive one is never repeated in a message. */
    record Text(int min, int max, Pattern pattern, boolean sensitive) implements Shape {
        @Override
        public void check(JsonNode value, String path, List<String> breaches) {
            var text = requireType(value.isTextual(), value, path).asText();
            int length = text.codePointCount(0, text.length());
            if (length < min) {
                breaches.add(said(value, path, "Member must have length greater than or equal to " + min));
            }
            if (length > max) {
                breaches.add(said(value, path, "Member must have length less than or equal to " + max));
            }
            if (length >= min && !pattern.matcher(text).matches()) {
                breaches.add(said(value, path, "Member must satisfy regular expression pattern: " + pattern));
            }
        }

        private String said(JsonNode value, String path, String constraint) {
            return sensitive
                    ? "Value at '" + path + "' failed to satisfy constraint: " + constraint
                    : breach(value, path, constraint);
        }
    }

    /** A whole number. */
    record Whole(long min, long max) implements Shape {
        @Override
        public void check(JsonNode value, String path, List<String> breaches) {
            long number = requireType(value.isIntegralNumber(), value, path).asLong();
            if (number < min) {
                breaches.add(breach(value, path, "Member must have value greater than or equal to " + min));
            }
            if (number > max) {
                breaches.add(breach(value, path, "Member must have value less than or equal to " + max));
            }
        }
    }

    /** A boolean. */
    record Flag() implements Shape {
        @Override
        public void check(JsonNode value, String path, List<String> breaches) {
            requireType(value.isBoolean(), value, path);
        }
    }

    /** One of a closed set of words. */
    record OneOf(List<String> values) implements Shape {
        @Override
        public void check(JsonNode value, String path, List<String> breaches) {
            if (!values.contains(requireType(value.isTextual(), value, path).asText())) {
                breaches.add(breach(value, path, "Member must satisfy enum value set: " + values));
            }
        }
    }

    /** A list; what is wrong with an entry is said about the list, as the service does. */
    record Listing(int max, Shape member) implements Shape {
        @Override
        public void check(JsonNode value, String path, List<String> breaches) {
            requireType(value.isArray(), value, path);
            if (value.size() > max) {
                breaches.add(breach(value, path, "Member must have length less than or equal to " + max));
            }
            int index = 1;
            for (var entry : value) {
                var inside = path + "." + index++ + ".member";
                member.check(entry, inside, breaches);
            }
        }
    }

    /** A structure; members that the model does not know are refused by nobody and dropped by everybody. */
    record Struct(Map<String, Shape> members, Set<String> required) implements Shape {
        @Override
        public void check(JsonNode value, String path, List<String> breaches) {
            requireType(value.isObject(), value, path);
            members.forEach((name, shape) -> {
                var inside = path.isEmpty() ? Shape.memberName(name) : path + "." + Shape.memberName(name);
                var given = value.get(name);
                if (given != null && !given.isNull()) {
                    shape.check(given, inside, breaches);
                } else if (required.contains(name)) {
                    breaches.add(
                            "Value null at '" + inside + "' failed to satisfy constraint: Member must not be null");
                }
            });
        }
    }

    /** Refuses the request when its structure breaks a constraint. */
    static void require(Struct shape, JsonNode request) {
        var breaches = new ArrayList<String>();
        shape.check(request, "", breaches);
        if (!breaches.isEmpty()) {
            throw Refusal.invalidParameter(breaches.size()
                    + (breaches.size() == 1 ? " validation error" : " validation errors")
                    + " detected: "
                    + String.join("; ", breaches));
        }
    }

    private static String memberName(String name) {
        return Character.toLowerCase(name.charAt(0)) + name.substring(1);
    }

    private static String breach(JsonNode value, String path, String constraint) {
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
