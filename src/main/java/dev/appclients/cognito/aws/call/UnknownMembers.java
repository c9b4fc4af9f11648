package dev.appclients.cognito.aws.call;

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
 * Collects from the raw answer the names of an app client's members that the SDK does not model. An update resets them, so the status
 * reports them. Collects no values, and passes the answer on unchanged.
 */
public final class UnknownMembers implements ExecutionInterceptor {

    /** The collector of a request. Without it, the answer is not parsed. */
    private static final ExecutionAttribute<Collection<String>> FOUND = new ExecutionAttribute<>("UnknownMembers");

    private static final int MOST_BYTES = 256 * 1024;
    private static final int MOST_NAMES = 20;
    private static final int LONGEST_NAME = 64;

    /** Read-only members of newer services, which no update resets. */
    private static final Set<String> HARMLESS = Set.of("ClientType");

    private static final JsonFactory JSON = new JsonFactory();

    /** A collector for the names of one answer. */
    public static Collection<String> collector() {
        return Collections.synchronizedSet(new TreeSet<>());
    }

    /** The configuration of one request, extended by a collector. */
    public static AwsRequestOverrideConfiguration collecting(
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
            abort(body.get());
            throw FailureMapper.unreadableAnswer(e);
        }
    }

    /** Releases the connection: the SDK does not see a body that its interceptor failed to read. */
    static void abort(InputStream body) {
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
            // The SDK parses the same bytes next and reports the error.
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

    /** A member that is null or empty is not set: an update cannot reset it. */
    private static boolean isSet(JsonParser parser, JsonToken value) throws IOException {
        return switch (value) {
            case VALUE_NULL -> false;
            case VALUE_STRING -> !parser.getText().isEmpty();
            case START_OBJECT, START_ARRAY -> hasScalar(parser);
            default -> true;
        };
    }

    /** Reads to the end of the object or array whose start was read. */
    private static boolean hasScalar(JsonParser parser) throws IOException {
        int depth = 1;
        boolean found = false;
        while (depth > 0) {
            JsonToken token = parser.nextToken();
            depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
            found |= token.isScalarValue();
        }
        return found;
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
