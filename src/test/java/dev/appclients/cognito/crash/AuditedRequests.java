package dev.appclients.cognito.crash;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.appclients.cognito.controlplane.TestCluster;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The requests of one ServiceAccount in the API server's audit log, from a moment on. */
final class AuditedRequests {

    private static final String REVIEW = "authorization.k8s.io selfsubjectrulesreviews: create";

    private final String user;
    private final long from;

    private AuditedRequests(String user, long from) {
        this.user = user;
        this.from = from;
    }

    /** The requests from now on. */
    static AuditedRequests of(String namespace, String serviceAccount) throws IOException {
        return new AuditedRequests(
                "system:serviceaccount:" + namespace + ":" + serviceAccount, Files.size(TestCluster.auditLog()));
    }

    /** The requested rights, as {@code <group> <resource>: <verb>}. Omits the review of the own permissions, which every identity may do. */
    Set<String> rights() throws IOException {
        Set<String> rights = new TreeSet<>();
        for (JsonNode request : all()) {
            rights.add(right(request.path("objectRef"), request.path("verb").asText()));
        }
        rights.remove(REVIEW);
        return rights;
    }

    /** The requests that the API server answered with 403, as verb and URI. */
    List<String> forbidden() throws IOException {
        return all().stream()
                .filter(request -> request.path("responseStatus").path("code").asInt() == 403)
                .map(request -> request.path("verb").asText() + " "
                        + request.path("requestURI").asText())
                .toList();
    }

    private static String right(JsonNode object, String verb) {
        String subresource = object.path("subresource").asText();
        return object.path("apiGroup").asText() + " " + object.path("resource").asText()
                + (subresource.isEmpty() ? "" : "/" + subresource) + ": " + verb;
    }

    private List<JsonNode> all() throws IOException {
        ObjectMapper json = new ObjectMapper();
        List<JsonNode> requests = new ArrayList<>();
        try (FileChannel log = FileChannel.open(TestCluster.auditLog()).position(from);
                InputStream in = Channels.newInputStream(log)) {
            String lines = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            // The API server may be writing the last line for another client.
            for (String line : lines.substring(0, lines.lastIndexOf('\n') + 1).split("\n")) {
                JsonNode request = json.readTree(line);
                if (request.path("user").path("username").asText().equals(user)) {
                    requests.add(request);
                }
            }
        }
        return requests;
    }
}
