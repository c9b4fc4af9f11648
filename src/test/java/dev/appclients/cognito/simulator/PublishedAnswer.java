package dev.appclients.cognito.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads an app client from a description by the real service. */
final class PublishedAnswer {

    private static final String MEMBER = "UserPoolClient";
    private static final String SECRET = "ClientSecret";
    private static final Set<String> NOT_SETTINGS =
            Set.of("UserPoolId", "ClientId", SECRET, "CreationDate", "LastModifiedDate");

    private PublishedAnswer() {}

    /**
     * Returns a client whose descriptions show exactly this answer until the client changes.
     *
     * @param answer the answer of a create, an update or a describe, or only its member {@code UserPoolClient}
     */
    static AppClient client(UserPool pool, ObjectNode answer) {
        var shown = (answer.path(MEMBER) instanceof ObjectNode client ? client : answer).deepCopy();
        for (var required : List.of("ClientId", "ClientName")) {
            if (Json.text(shown, required) == null) {
                throw new IllegalArgumentException(required + " is missing.");
            }
        }
        var id = shown.path("ClientId").asText();
        var created = instant(shown.path("CreationDate"));
        var modified = instant(shown.path("LastModifiedDate"));
        var secret = shown.remove(SECRET);
        shown.put("UserPoolId", pool.id());
        shown.set("CreationDate", Json.timestamp(created));
        shown.set("LastModifiedDate", Json.timestamp(modified));
        Map<String, JsonNode> settings = new HashMap<>();
        Map<String, JsonNode> extras = new HashMap<>();
        shown.properties().forEach(member -> {
            if (!NOT_SETTINGS.contains(member.getKey())) {
                (Setting.named(member.getKey()) == null ? extras : settings).put(member.getKey(), member.getValue());
            }
        });
        List<LiveSecret> secrets = secret == null
                ? List.of()
                : List.of(new LiveSecret(SecretArchive.firstId(id, created), secret.asText(), true, true, created));
        return new AppClient(pool.id(), id, settings, extras, secrets, created, modified, shown);
    }

    /** Parses a timestamp. Depending on its configuration, the AWS CLI prints text or seconds since the epoch. */
    private static Instant instant(JsonNode timestamp) {
        if (timestamp.isMissingNode()) {
            return Instant.EPOCH;
        }
        return timestamp.isNumber()
                ? Instant.ofEpochMilli(Math.round(timestamp.asDouble() * 1000))
                : OffsetDateTime.parse(timestamp.asText()).toInstant();
    }
}
