package dev.appclients.cognito.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.appclients.cognito.contract.Fact.NotAsked;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Asks the token endpoint of a pool which secrets it accepts. Gets no access token for that, so a request costs nothing. */
final class TokenClient {

    /** A grant that only the simulator has: it stands for a user who signed in. */
    private static final String USER_GRANT = "urn:simulator:user";

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Pattern ERROR = member("error");
    private static final Pattern REFRESH_TOKEN = member("refresh_token");
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(TIMEOUT).build();

    private final Bench bench;
    private final URI endpoint;

    TokenClient(Bench bench, URI endpoint) {
        this.bench = bench;
        this.endpoint = endpoint;
    }

    /** Whether the endpoint accepts the secret. It checks the client before the refresh token, which it does not know. */
    boolean accepts(String clientId, String secret) {
        return !error(clientId, secret, "unknown").equals("invalid_client");
    }

    /** Whether the endpoint accepts the refresh token from the client. */
    boolean refreshes(String clientId, String secret, String refreshToken) {
        return error(clientId, secret, refreshToken).isEmpty();
    }

    /**
     * A refresh token of a user who signed in.
     *
     * @throws NotAsked if the pool is real: it would need a user
     */
    String refreshToken(String clientId, String secret) {
        Matcher found = REFRESH_TOKEN.matcher(
                post(clientId, secret, Map.of("grant_type", USER_GRANT)).body());
        if (!found.find()) {
            throw new NotAsked("needs a user; src/docs/contract.md shows the commands");
        }
        return found.group(1);
    }

    /** The error code of the answer; empty for success. */
    private String error(String clientId, String secret, String refreshToken) {
        HttpResponse<String> answer =
                post(clientId, secret, Map.of("grant_type", "refresh_token", "refresh_token", refreshToken));
        if (answer.statusCode() == 200) {
            return "";
        }
        Matcher found = ERROR.matcher(answer.body());
        if (!found.find()) {
            throw new IllegalStateException("the token endpoint answered HTTP " + answer.statusCode());
        }
        return found.group(1);
    }

    private HttpResponse<String> post(String clientId, String secret, Map<String, String> form) {
        String credentials = Base64.getEncoder().encodeToString((clientId + ":" + secret).getBytes(UTF_8));
        HttpRequest request = HttpRequest.newBuilder(endpoint)
                .timeout(TIMEOUT)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Authorization", "Basic " + credentials)
                .POST(BodyPublishers.ofString(form.entrySet().stream()
                        .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), UTF_8))
                        .collect(Collectors.joining("&"))))
                .build();
        return bench.call(() -> send(request));
    }

    private static HttpResponse<String> send(HttpRequest request) {
        try {
            return HTTP.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted");
        }
    }

    private static Pattern member(String name) {
        return Pattern.compile("\"" + name + "\"\\s*:\\s*\"([^\"]+)\"");
    }
}
