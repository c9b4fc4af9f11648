package dev.appclients.cognito.aws;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.appclients.cognito.model.Excerpt;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.Abortable;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserPoolClientType;

/**
 * Sees in the raw answer which members of an app client the SDK has no place for: an update would reset them, so somebody
 * should know. Names only, never a value; the answer itself passes through unchanged.
 */
final class UnknownMembers implements ExecutionInterceptor {

    /** Where a call asks for the names; without it nothing is looked at. */
    private static final ExecutionAttribute<Collection<String>> FOUND = new ExecutionAttribute<>("UnknownMembers");

    private static final int MOST_BYTES = 256 * 1024;
    private static final int MOST_NAMES = 20;
    private static final int LONGEST_NAME = 64;

    /** Read-only members that no update touches, from services newer than the SDK. */
    private static final Set<String> HARMLESS = Set.of("ClientType");

    private static final JsonFactory JSON = new JsonFactory();

    /** A place for the names of one answer. */
    static Collection<String> collector() {
        return Collections.synchronizedSet(new TreeSet<>());
    }

    /** The configuration of one request, whose answer is looked through. */
    static AwsRequestOverrideConfiguration watched(
            AwsRequestOverrideConfiguration.Builder request, Collection<String> found) {
        return request.putExecutionAttribute(FOUND, found).build();
    }

    @Override
    public Optional<InputStream> modifyHttpResponseContent(
            Context.ModifyHttpResponse context, ExecutionAttributes attributes) {
        Collection<String> found = attributes.getAttribute(FOUND);
        Optional<InputStream> body = context.responseBody();
        if (found == null || body.isEmpty() || !context.httpResponse().isSuccessful()) {
            return body;
        }
        try {
            byte[] head = body.get().readNBytes(MOST_BYTES);
            if (head.length < MOST_BYTES) {
                collect(head, found);
            }
            return Optional.of(new SequenceInputStream(new ByteArrayInputStream(head), body.get()));
        } catch (IOException e) {
            abandon(body.get());
            throw Failures.brokenOff(e);
        }
    }

    /** Gives the connection back: the SDK does not see a body that its interceptor could not read. */
    private static void abandon(InputStream body) {
        if (body instanceof Abortable connection) {
            connection.abort();
        }
    }

    private static void collect(byte[] json, Collection<String> found) {
        try (JsonParser parser = JSON.createParser(json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return;
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean client = parser.currentName().equals("UserPoolClient");
                JsonToken value = parser.nextToken();
                if (client && value == JsonToken.START_OBJECT) {
                    members(parser, UserPoolClientType.builder(), "", found);
                } else {
                    parser.skipChildren();
                }
            }
        } catch (IOException malformed) {
            // The SDK reads the same bytes next and reports it better.
            found.clear();
        }
    }

    private static void members(JsonParser parser, SdkPojo type, String prefix, Collection<String> found)
            throws IOException {
        Map<String, SdkField<?>> known = type.sdkFieldNameToField();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            SdkField<?> field = known.get(name);
            JsonToken value = parser.nextToken();
            if (field == null && isSet(parser, value)) {
                add(prefix + name, found);
            }
            SdkPojo inner = field == null ? null : nested(field);
            if (value == JsonToken.START_OBJECT && inner != null) {
                members(parser, inner, prefix + name + ".", found);
            } else {
                parser.skipChildren();
            }
        }
    }

    /** What is null, or holds nothing, is not set: there is nothing that an update could reset. */
    private static boolean isSet(JsonParser parser, JsonToken value) throws IOException {
        return switch (value) {
            case VALUE_NULL -> false;
            case VALUE_STRING -> !parser.getText().isEmpty();
            case START_OBJECT, START_ARRAY -> holdsAnything(parser);
            default -> true;
        };
    }

    /** Reads to the end of the object or array that has just begun. */
    private static boolean holdsAnything(JsonParser parser) throws IOException {
        int depth = 1;
        boolean any = false;
        while (depth > 0) {
            JsonToken token = parser.nextToken();
            depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
            any |= token.isScalarValue();
        }
        return any;
    }

    private static void add(String name, Collection<String> found) {
        if (found.size() < MOST_NAMES && !HARMLESS.contains(name)) {
            found.add(Excerpt.of(name, LONGEST_NAME));
        }
    }

    private static @Nullable SdkPojo nested(SdkField<?> field) {
        return field.constructor() == null ? null : field.constructor().get();
    }
}
