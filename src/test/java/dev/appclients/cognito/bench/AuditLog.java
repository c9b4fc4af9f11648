package dev.appclients.cognito.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.appclients.cognito.controlplane.OperatorRbac;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** What the operator, and nobody else, asked of the API server; written down before each answer is. */
final class AuditLog {

    private static final String OPERATOR =
            "system:serviceaccount:" + OperatorRbac.NAMESPACE + ":" + OperatorRbac.SERVICE_ACCOUNT;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;
    private long position;

    AuditLog(Path file) {
        this.file = file;
    }

    /** Counts from here. */
    void forget() {
        try {
            position = Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Requests since they were last forgotten, as "verb resource"; a dry run says so, and leader election is left out. */
    Map<String, Integer> requests() {
        Map<String, Integer> requests = new TreeMap<>();
        try (FileChannel channel = FileChannel.open(file).position(position);
                BufferedReader lines = new BufferedReader(
                        new InputStreamReader(Channels.newInputStream(channel), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.endsWith("}") && line.contains(OPERATOR)) {
                    count(JSON.readTree(line), requests);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return requests;
    }

    private static void count(JsonNode entry, Map<String, Integer> requests) {
        String resource = entry.at("/objectRef/resource").asText();
        boolean answered = entry.path("stage").asText().equals("ResponseComplete");
        boolean his = entry.at("/user/username").asText().equals(OPERATOR);
        if (!his || !answered || resource.isEmpty() || resource.equals("leases")) {
            return;
        }
        String subresource = entry.at("/objectRef/subresource").asText();
        String verb = entry.path("verb").asText();
        boolean rehearsed = entry.path("requestURI").asText().contains("dryRun=All");
        int code = entry.at("/responseStatus/code").asInt();
        String name = (rehearsed ? "dry-run " : "") + verb + " " + resource
                + (subresource.isEmpty() ? "" : "/" + subresource) + (code >= 400 ? " " + code : "");
        requests.merge(name, 1, Integer::sum);
    }
}
