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
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Reads the operator's requests from the audit log. The API server writes each of them before it answers. */
final class AuditLog {

    private static final String OPERATOR =
            "system:serviceaccount:" + OperatorRbac.NAMESPACE + ":" + OperatorRbac.SERVICE_ACCOUNT;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;
    private long position;
    private Instant forgotten = Instant.now();

    AuditLog(Path file) {
        this.file = file;
    }

    /** Ignores all requests so far. */
    void forget() {
        try {
            position = Files.size(file);
            forgotten = Instant.now();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The requests since {@link #forget}, by verb and resource, without leader election. A dry run is marked. */
    Map<String, Integer> requests() {
        Map<String, Integer> requests = new TreeMap<>();
        answered("\"", entry -> count(entry, requests));
        return requests;
    }

    /**
     * The longest time between two renewals of the leader's lease since {@link #forget}, or from the last renewal until now. Without a
     * renewal, the whole time.
     */
    Duration longestLeaseGap() {
        List<Instant> renewals = new ArrayList<>();
        answered("\"leases\"", entry -> {
            boolean written = entry.path("verb").asText().matches("create|update|patch")
                    && entry.at("/responseStatus/code").asInt() < 300;
            if (written && entry.at("/objectRef/resource").asText().equals("leases")) {
                renewals.add(Instant.parse(entry.path("stageTimestamp").asText()));
            }
        });
        return longestGap(forgotten, renewals, Instant.now());
    }

    static Duration longestGap(Instant begin, List<Instant> renewals, Instant end) {
        Duration longest = Duration.ZERO;
        Instant last = renewals.isEmpty() ? begin : renewals.getFirst();
        for (Instant renewal : renewals) {
            longest = longer(longest, Duration.between(last, renewal));
            last = renewal;
        }
        return longer(longest, Duration.between(last, end));
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    /** Visits the operator's answered requests among the lines with this word. */
    private void answered(String word, Consumer<JsonNode> each) {
        try (FileChannel channel = FileChannel.open(file).position(position);
                BufferedReader lines = new BufferedReader(
                        new InputStreamReader(Channels.newInputStream(channel), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.endsWith("}") && line.contains(OPERATOR) && line.contains(word)) {
                    JsonNode entry = JSON.readTree(line);
                    if (entry.path("stage").asText().equals("ResponseComplete")
                            && entry.at("/user/username").asText().equals(OPERATOR)) {
                        each.accept(entry);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void count(JsonNode entry, Map<String, Integer> requests) {
        String resource = entry.at("/objectRef/resource").asText();
        if (resource.isEmpty() || resource.equals("leases")) {
            return;
        }
        String subresource = entry.at("/objectRef/subresource").asText();
        String verb = entry.path("verb").asText();
        boolean dryRun = entry.path("requestURI").asText().contains("dryRun=All");
        int code = entry.at("/responseStatus/code").asInt();
        String name = (dryRun ? "dry-run " : "") + verb + " " + resource
                + (subresource.isEmpty() ? "" : "/" + subresource) + (code >= 400 ? " " + code : "");
        requests.merge(name, 1, Integer::sum);
    }
}
