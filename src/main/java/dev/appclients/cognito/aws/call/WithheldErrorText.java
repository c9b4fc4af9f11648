package dev.appclients.cognito.aws.call;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AddUserPoolClientSecretRequest;

/**
 * Removes the error text from a refusal of {@code AddUserPoolClientSecret} before the SDK reads it. Cognito quotes the supplied value
 * in it, and the SDK logs the exception at debug level. Keeps the error code and the texts of {@link SecretErrors}.
 */
final class WithheldErrorText implements ExecutionInterceptor {

    private static final int MOST_BYTES = 64 * 1024;
    private static final String TEXT_HEADER = "x-amzn-error-message";
    /** The checksum of the original body. */
    private static final String CHECKSUM_HEADER = "x-amz-crc32";

    private static final JsonFactory JSON = new JsonFactory();

    @Override
    public SdkHttpResponse modifyHttpResponse(Context.ModifyHttpResponse context, ExecutionAttributes attributes) {
        return isRefusedAdd(context)
                ? context.httpResponse().toBuilder()
                        .removeHeader(TEXT_HEADER)
                        .removeHeader(CHECKSUM_HEADER)
                        .build()
                : context.httpResponse();
    }

    @Override
    public Optional<InputStream> modifyHttpResponseContent(
            Context.ModifyHttpResponse context, ExecutionAttributes attributes) {
        Optional<InputStream> body = context.responseBody();
        if (body.isEmpty() || !isRefusedAdd(context)) {
            return body;
        }
        try {
            Refusal refusal = Refusal.read(body.get().readNBytes(MOST_BYTES));
            return Optional.of(new ByteArrayInputStream(refusal.without(suppliedValue(context.request()))));
        } catch (IOException e) {
            UnknownMembers.abort(body.get());
            throw FailureMapper.unreadableAnswer(e);
        }
    }

    private static boolean isRefusedAdd(Context.ModifyHttpResponse context) {
        return suppliedValue(context.request()) != null
                && !context.httpResponse().isSuccessful();
    }

    private static @Nullable String suppliedValue(SdkRequest request) {
        return request instanceof AddUserPoolClientSecretRequest add ? add.clientSecret() : null;
    }

    /**
     * The members of the refusal that the SDK reads.
     *
     * @param code without its namespace; null if it is not a known code
     */
    private record Refusal(@Nullable String code, @Nullable String text) {

        /** Reads the answer; one that is no JSON has neither member. */
        static Refusal read(byte[] json) {
            String code = null;
            String text = null;
            try (JsonParser parser = JSON.createParser(json)) {
                if (parser.nextToken() == JsonToken.START_OBJECT) {
                    while (parser.nextToken() == JsonToken.FIELD_NAME) {
                        String name = parser.currentName();
                        String value = parser.nextTextValue();
                        parser.skipChildren();
                        switch (name) {
                            case "__type", "code" -> code = value;
                            case "message", "Message", "errorMessage" -> text = value;
                            default -> {}
                        }
                    }
                }
            } catch (IOException malformed) {
                return new Refusal(null, null);
            }
            return new Refusal(known(code), text);
        }

        private static @Nullable String known(@Nullable String type) {
            String code = type == null ? null : type.substring(type.indexOf('#') + 1);
            return FailureMapper.isKnownCode(code) ? code : null;
        }

        byte[] without(@Nullable String value) {
            String harmless = text == null || (value != null && text.contains(value)) ? "" : text;
            StringWriter json = new StringWriter();
            try (JsonGenerator generator = JSON.createGenerator(json)) {
                generator.writeStartObject();
                if (code != null) {
                    generator.writeStringField("__type", code);
                }
                generator.writeStringField("message", SecretErrors.withoutValue(code, harmless));
                generator.writeEndObject();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return json.toString().getBytes(UTF_8);
        }
    }
}
