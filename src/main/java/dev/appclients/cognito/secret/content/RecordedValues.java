package dev.appclients.cognito.secret.content;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.appclients.cognito.model.Marks;
import dev.appclients.cognito.model.PoolArn;
import dev.appclients.cognito.model.PoolId;
import dev.appclients.cognito.model.Sets;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The public values of a client in the annotation {@link Marks#VALUES} of its Secret, as JSON. The operator renders copies from them,
 * also for an observed client after a restart. The client id has an annotation of its own.
 *
 * @param secretKey the key of the Secret that holds the client secret unchanged; null for a client without a secret
 */
public record RecordedValues(PublicValues values, @Nullable String secretKey) {

    /**
     * The bound of the annotation in bytes. The most and longest scopes and the longest redirect URL of Cognito fit. All annotations of a
     * Secret together may have 256 KiB.
     */
    static final int MAX_BYTES = 20 * 1024;

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Whether the client has a secret. */
    public boolean confidential() {
        return secretKey != null;
    }

    /** These values with the pool's ARN, see {@link PublicValues#withArn}. */
    public RecordedValues withArn(@Nullable PoolArn arn) {
        return new RecordedValues(values.withArn(arn), secretKey);
    }

    /**
     * Reads the annotation.
     *
     * @param clientId from its own annotation
     * @return empty if the annotation is absent or malformed
     */
    public static Optional<RecordedValues> recordedIn(Secret secret, String clientId) {
        Map<String, String> annotations = secret.getMetadata().getAnnotations();
        String recorded = annotations == null ? null : annotations.get(Marks.VALUES);
        return recorded == null ? Optional.empty() : parse(recorded, clientId);
    }

    private static Optional<RecordedValues> parse(String recorded, String clientId) {
        try {
            JsonNode json = JSON.readTree(recorded);
            return Optional.of(new RecordedValues(
                    new PublicValues(
                            clientId,
                            new PoolId(json.path("pool").asText()),
                            json.path("issuer").asText(),
                            text(json, "domain"),
                            texts(json, "flows"),
                            text(json, "redirectUri"),
                            texts(json, "scopes")),
                    text(json, "secretKey")));
        } catch (JsonProcessingException | IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    /** The reason why the values do not fit into the annotation, as sentences with the action for the user; null if they fit. */
    public @Nullable String excess() {
        int bytes = annotation().getBytes(UTF_8).length;
        return bytes <= MAX_BYTES
                ? null
                : "The scopes and the redirect URL of the client need " + bytes + " bytes in the annotation "
                        + Marks.VALUES + " of its Secret, which permits " + MAX_BYTES
                        + ". Remove scopes, or shorten the redirect URL.";
    }

    /** The annotation. Equal values have equal annotations. */
    public String annotation() {
        StringBuilder json = new StringBuilder();
        add(json, "pool", values.pool().value());
        add(json, "issuer", values.issuer());
        add(json, "domain", values.domainHost());
        add(json, "flows", values.oauthFlows());
        add(json, "redirectUri", values.redirectUri());
        add(json, "scopes", values.scopes());
        add(json, "secretKey", secretKey);
        return "{" + json + "}";
    }

    private static void add(StringBuilder json, String name, @Nullable String value) {
        if (value != null) {
            addField(json, name, JsonText.quoted(value));
        }
    }

    private static void add(StringBuilder json, String name, Collection<String> values) {
        if (!values.isEmpty()) {
            addField(json, name, values.stream().map(JsonText::quoted).collect(joining(",", "[", "]")));
        }
    }

    private static void addField(StringBuilder json, String name, String value) {
        json.append(json.isEmpty() ? "" : ",")
                .append(JsonText.quoted(name))
                .append(':')
                .append(value);
    }

    private static @Nullable String text(JsonNode json, String name) {
        JsonNode value = json.path(name);
        return value.isTextual() ? value.asText() : null;
    }

    private static SortedSet<String> texts(JsonNode json, String name) {
        SortedSet<String> texts = new TreeSet<>();
        json.path(name).forEach(item -> texts.add(item.asText()));
        return Sets.sorted(texts);
    }
}
