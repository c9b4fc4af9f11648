package dev.appclients.cognito.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The JSON mapper, and the forms of JSON that the service uses. */
final class Json {

    static final ObjectMapper MAPPER = new ObjectMapper();

    private Json() {}

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static ArrayNode strings(Collection<String> values) {
        var array = JsonNodeFactory.instance.arrayNode(values.size());
        values.forEach(array::add);
        return array;
    }

    /** Writes a timestamp as JSON 1.1 does: seconds since the epoch with milliseconds as fraction. */
    static JsonNode timestamp(Instant instant) {
        return JsonNodeFactory.instance.numberNode(BigDecimal.valueOf(instant.toEpochMilli(), 3));
    }

    static byte[] bytes(JsonNode node) {
        try {
            return MAPPER.writeValueAsBytes(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Parses an object. An empty body is an empty object. */
    static ObjectNode parse(byte[] body) {
        if (body.length == 0) {
            return object();
        }
        try {
            if (MAPPER.readTree(body) instanceof ObjectNode object) {
                return object;
            }
        } catch (IOException e) {
            // Refused below, as the service does.
        }
        throw new Refusal("SerializationException", 400, "The body is not a JSON object.");
    }

    static @Nullable String text(JsonNode object, String member) {
        var value = object.get(member);
        return value == null || value.isNull() ? null : value.asText();
    }

    static String text(JsonNode object, String member, String otherwise) {
        var value = text(object, member);
        return value == null ? otherwise : value;
    }

    static List<String> list(@Nullable JsonNode array) {
        var values = new ArrayList<String>();
        if (array != null) {
            array.forEach(each -> values.add(each.asText()));
        }
        return values;
    }
}
