package dev.appclients.cognito.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sends raw requests, since the SDK hides the difference between absent and empty. Also calls the admin interface. */
final class Wire {

    private final Simulator simulator;
    private final HttpClient http = HttpClient.newHttpClient();

    Wire(Simulator simulator) {
        this.simulator = simulator;
    }

    JsonNode call(String operation, ObjectNode body) {
        var request = HttpRequest.newBuilder(simulator.endpoint())
                .header("X-Amz-Target", "AWSCognitoIdentityProviderService." + operation)
                .header(
                        "Authorization",
                        "AWS4-HMAC-SHA256 Credential=AKIADUMMY/20260101/eu-west-1/cognito-idp/aws4_request,"
                                + " SignedHeaders=host, Signature=0")
                .POST(HttpRequest.BodyPublishers.ofByteArray(Json.bytes(body)));
        var response = send(request);
        if (response.statusCode() != 200) {
            throw new IllegalStateException(response.body());
        }
        return parse(response.body());
    }

    String createClient(Map<String, ?> settings) {
        var request = Json.object().put("UserPoolId", Sdk.POOL).put("ClientName", "web");
        settings.forEach((member, value) -> request.set(member, Json.MAPPER.valueToTree(value)));
        return call("CreateUserPoolClient", request)
                .path("UserPoolClient")
                .path("ClientId")
                .asText();
    }

    ObjectNode clientRequest(String id) {
        return Json.object().put("UserPoolId", Sdk.POOL).put("ClientId", id);
    }

    HttpResponse<String> admin(String method, String path, String body) {
        var uri = URI.create(simulator.endpoint() + path);
        return send(HttpRequest.newBuilder(uri).method(method, HttpRequest.BodyPublishers.ofString(body)));
    }

    /** Sends a form to the token endpoint, with Basic credentials unless they are null. */
    HttpResponse<String> token(@Nullable String basic, String form) {
        var request = HttpRequest.newBuilder(URI.create(simulator.endpoint() + TokenEndpoint.PATH))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form));
        if (basic != null) {
            var encoded = Base64.getEncoder().encodeToString(basic.getBytes(StandardCharsets.UTF_8));
            request.header("Authorization", "Basic " + encoded);
        }
        return send(request);
    }

    JsonNode adminJson(String method, String path, String body) {
        return parse(admin(method, path, body).body());
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    static JsonNode parse(String body) {
        try {
            return Json.MAPPER.readTree(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
