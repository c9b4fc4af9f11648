package dev.appclients.cognito.rotation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.appclients.cognito.model.SecretId;
import dev.appclients.cognito.rotation.RotationState.Overlap;
import dev.appclients.cognito.rotation.RotationState.Staged;
import dev.appclients.cognito.rotation.RotationState.Steady;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The JSON text of a {@link RotationRecord}, in key {@code state} of the record Secret. It holds no value of a secret. */
public final class RecordText {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** A version of the operator that changes the meaning of a field writes a higher number in the field {@code version}. */
    private static final int VERSION = 1;

    private static final Set<String> PHASES = Set.of("Steady", "Staged", "Overlap");
    private static final Set<String> CAUSES =
            Stream.of(Cause.values()).map(Cause::name).collect(Collectors.toSet());

    /** A text that was read. */
    public sealed interface Parsed {}

    /** A text of this version or of an older one. */
    public record Usable(RotationRecord rotation) implements Parsed {}

    /** A text with a version, a phase or a cause that only a newer version of the operator knows. */
    public record Newer() implements Parsed {}

    /** Not the text of a record. */
    public record Malformed() implements Parsed {}

    private RecordText() {}

    /** The text. Equal records have equal texts. */
    public static String of(RotationRecord rotation) {
        ObjectNode json = JSON.createObjectNode();
        json.put("phase", rotation.state().getClass().getSimpleName());
        json.put("revision", rotation.revision());
        put(json, "current", rotation.current());
        put(json, "replaced", rotation.replaced());
        put(json, "request", rotation.handled().request());
        put(json, "retired", rotation.handled().retired());
        if (rotation.handled().cognitoGenerates()) {
            json.put("cognitoGenerates", true);
        }
        switch (rotation.state()) {
            case Steady steady ->
                put(json, "owed", steady.owed() == null ? null : steady.owed().name());
            case Staged staged -> {
                staged.baseline().forEach(json.putArray("baseline")::add);
                json.put("since", staged.since().toString());
                json.put("attemptedAt", staged.attemptedAt().toString());
                json.put("attempts", staged.attempts());
                json.put("cause", staged.cause().name());
            }
            case Overlap overlap -> {
                put(json, "previous", overlap.previous());
                json.put("addedAt", overlap.addedAt().toString());
                put(
                        json,
                        "carriedAt",
                        overlap.carriedAt() == null ? null : overlap.carriedAt().toString());
                json.put("cause", overlap.cause().name());
            }
        }
        return json.toString();
    }

    /** Reads a text. */
    public static Parsed parse(String text) {
        try {
            JsonNode json = JSON.readTree(text);
            if (isNewer(json)) {
                return new Newer();
            }
            SecretId current = secret(json.path("current"));
            return new Usable(new RotationRecord(
                    json.path("revision").asLong(1),
                    current,
                    text(json, "replaced"),
                    new RotationRecord.Handled(
                            text(json, "request"),
                            text(json, "retired"),
                            json.path("cognitoGenerates").asBoolean()),
                    state(json, current)));
        } catch (JsonProcessingException | DateTimeException | IllegalArgumentException malformed) {
            return new Malformed();
        }
    }

    private static boolean isNewer(JsonNode json) {
        return json.path("version").asInt(VERSION) > VERSION
                || isUnknown(json.path("phase"), PHASES)
                || isUnknown(json.path("cause"), CAUSES)
                || isUnknown(json.path("owed"), CAUSES);
    }

    private static boolean isUnknown(JsonNode name, Set<String> known) {
        return name.isTextual() && !name.asText().isEmpty() && !known.contains(name.asText());
    }

    private static RotationState state(JsonNode json, @Nullable SecretId current) {
        String phase = json.path("phase").asText();
        if (phase.equals("Overlap") && current == null) {
            throw new IllegalArgumentException("an overlap without its newer secret");
        }
        return switch (phase) {
            case "Steady" ->
                new Steady(json.has("owed") ? Cause.valueOf(json.path("owed").asText()) : null);
            case "Staged" ->
                new Staged(
                        texts(json.path("baseline")),
                        time(json, "since"),
                        time(json, "attemptedAt"),
                        json.path("attempts").asInt(),
                        cause(json));
            case "Overlap" ->
                new Overlap(
                        secret(json.path("previous")),
                        time(json, "addedAt"),
                        json.has("carriedAt") ? time(json, "carriedAt") : null,
                        cause(json));
            default -> throw new IllegalArgumentException("unknown phase");
        };
    }

    private static Cause cause(JsonNode json) {
        return Cause.valueOf(json.path("cause").asText());
    }

    private static Instant time(JsonNode json, String name) {
        return Instant.parse(json.path(name).asText());
    }

    private static void put(ObjectNode json, String name, @Nullable SecretId secret) {
        if (secret != null) {
            json.putObject(name)
                    .put("id", secret.id())
                    .put("created", secret.created().toString());
        }
    }

    private static void put(ObjectNode json, String name, @Nullable String value) {
        if (value != null) {
            json.put(name, value);
        }
    }

    private static @Nullable SecretId secret(JsonNode json) {
        if (!json.isObject()) {
            return null;
        }
        if (json.path("id").asText().isEmpty()) {
            throw new IllegalArgumentException("a secret without an id");
        }
        return new SecretId(json.path("id").asText(), time(json, "created"));
    }

    private static @Nullable String text(JsonNode json, String name) {
        JsonNode value = json.path(name);
        return value.isTextual() ? value.asText() : null;
    }

    private static List<String> texts(JsonNode json) {
        List<String> texts = new ArrayList<>();
        json.forEach(item -> texts.add(item.asText()));
        return texts;
    }
}
