package dev.appclients.cognito.gitops;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The files of {@code deploy/argocd} that come from others there. The scripts of UserPoolClient are the source of those of the other
 * kinds. All scripts together are the source of the patch for {@code argocd-cm}. The file names in {@code testdata} give the expected
 * health.
 */
public final class ArgoFiles {

    public static final Path ARGOCD = Path.of("deploy/argocd");
    public static final List<String> KINDS = List.of("UserPoolClient", "ClientSecretClaim", "ClusterUserPool");

    private static final String GROUP = "cognito.appclients.dev";
    private static final Path CUSTOMIZATIONS = ARGOCD.resolve("resource_customizations/" + GROUP);
    private static final String HEADER =
            "# Generated from the scripts in deploy/argocd/resource_customizations by `make generate`; do not edit.\n";
    private static final YAMLMapper YAML = new YAMLMapper();
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The actions of each kind. */
    static final Map<String, List<String>> ACTIONS = Map.of(
            "UserPoolClient", List.of("reconcile", "pause", "resume", "rotate", "recreate"),
            "ClientSecretClaim", List.of("reconcile", "pause", "resume"),
            "ClusterUserPool", List.of("reconcile"));

    private ArgoFiles() {}

    /** The contents by path below the root of the project. */
    public static SortedMap<String, String> all() {
        var files = new TreeMap<String, String>();
        for (String kind : KINDS) {
            if (!kind.equals("UserPoolClient")) {
                copies(kind)
                        .forEach(name -> files.put(
                                of(kind).resolve(name).toString(),
                                read(of("UserPoolClient").resolve(name))));
            }
            files.put(of(kind).resolve("health_test.yaml").toString(), healthTests(kind));
            results(kind)
                    .forEach((name, text) -> files.put(
                            of(kind).resolve("actions/testdata/" + name).toString(), text));
        }
        files.put(ARGOCD.resolve("argocd-cm.yaml").toString(), HEADER + """
                apiVersion: v1
                kind: ConfigMap
                metadata:
                  name: argocd-cm
                  labels:
                    app.kubernetes.io/name: argocd-cm
                    app.kubernetes.io/part-of: argocd
                data:
                """ + indented(customizations(), 2));
        files.put(
                ARGOCD.resolve("values.yaml").toString(),
                HEADER + "# Values for the Helm chart argo-cd of the Argo project.\nconfigs:\n  cm:\n"
                        + indented(customizations(), 4));
        return files;
    }

    /** The directory of a kind. */
    static Path of(String kind) {
        return CUSTOMIZATIONS.resolve(kind);
    }

    /** The objects of a kind, by the name of the file. */
    static SortedMap<String, String> testdata(String kind) {
        var found = new TreeMap<String, String>();
        try (var files = Files.list(of(kind).resolve("testdata"))) {
            files.forEach(file -> found.put(String.valueOf(file.getFileName()), read(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }

    static JsonNode parse(String yaml) {
        try {
            return YAML.readTree(yaml);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> copies(String kind) {
        return Stream.concat(
                        Stream.of("health.lua"),
                        ACTIONS.getOrDefault(kind, List.of()).stream()
                                .map(action -> "actions/" + action + "/action.lua"))
                .toList();
    }

    private static String healthTests(String kind) {
        var tests = new StringBuilder("tests:\n");
        testdata(kind).forEach((file, text) -> {
            String status = status(file);
            tests.append("  - healthStatus:\n      status: ")
                    .append(status)
                    .append("\n      message: ")
                    .append(quoted(message(status, parse(text))))
                    .append("\n    inputPath: testdata/")
                    .append(file)
                    .append('\n');
        });
        return tests.toString();
    }

    private static String status(String file) {
        String state = file.substring(0, file.indexOf('_'));
        return Character.toUpperCase(state.charAt(0)) + state.substring(1);
    }

    private static String message(String status, JsonNode object) {
        JsonNode observed = object.at("/status/observedGeneration");
        if (observed.asLong() != object.at("/metadata/generation").asLong()) {
            return "Waiting for the operator";
        }
        JsonNode condition = condition(object, status.equals("Degraded") ? "Stalled" : "Ready");
        String message = condition.path("message").asText();
        boolean plain = status.equals("Suspended")
                || "True".equals(condition.path("status").asText()) && !status.equals("Degraded");
        return plain ? message : condition.path("reason").asText() + ": " + message;
    }

    private static JsonNode condition(JsonNode object, String type) {
        return StreamSupport.stream(object.at("/status/conditions").spliterator(), false)
                .filter(condition -> type.equals(condition.path("type").asText()))
                .findFirst()
                .orElseThrow();
    }

    /** The objects after each action. */
    private static Map<String, String> results(String kind) {
        var objects = testdata(kind);
        var results = new TreeMap<String, String>();
        for (String action : ACTIONS.getOrDefault(kind, List.of())) {
            UnaryOperator<String> acts = switch (action) {
                case "reconcile" -> text -> annotated(text, "reconcile-requested-at", "\"0001-01-01T00:00:00Z\"");
                case "rotate" -> text -> annotated(text, "rotate-requested-at", "\"0001-01-01T00:00:00Z\"");
                case "pause" -> text -> annotated(text, "paused", "\"true\"");
                case "recreate" ->
                    text -> annotated(
                            text, "recreate", parse(text).at("/status/clientId").asText());
                default -> text -> text.replaceFirst(" {2}annotations:\n {4}\\S+/paused: \"true\"\n", "");
            };
            results.put(action + ".yaml", acts.apply(objects.getOrDefault(input(action), "")));
        }
        return results;
    }

    /** The object on which an action is tried. */
    static String input(String action) {
        return switch (action) {
            case "resume" -> "suspended_paused.yaml";
            case "recreate" -> "degraded_client_lost.yaml";
            default -> "healthy_synced.yaml";
        };
    }

    private static String annotated(String text, String annotation, String value) {
        return text.replaceFirst(
                "(?m)^metadata:\n", "metadata:\n  annotations:\n    " + GROUP + "/" + annotation + ": " + value + "\n");
    }

    /** The entries of {@code argocd-cm}. */
    private static String customizations() {
        var entries = new StringBuilder();
        for (String kind : KINDS) {
            entries.append("resource.customizations.health.")
                    .append(GROUP + "_" + kind)
                    .append(": |\n")
                    .append(indented(read(of("UserPoolClient").resolve("health.lua")), 2));
        }
        for (String kind : KINDS) {
            entries.append("resource.customizations.actions.")
                    .append(GROUP + "_" + kind)
                    .append(": |\n  discovery.lua: |\n")
                    .append(indented(read(of(kind).resolve("actions/discovery.lua")), 4))
                    .append("  definitions:\n");
            for (String action : ACTIONS.getOrDefault(kind, List.of())) {
                entries.append("    - name: ")
                        .append(action)
                        .append("\n      action.lua: |\n")
                        .append(indented(read(of("UserPoolClient").resolve("actions/" + action + "/action.lua")), 8));
            }
        }
        return entries.toString();
    }

    /** Leaves empty lines empty. */
    private static String indented(String text, int spaces) {
        return text.indent(spaces).replaceAll("(?m)^ +$", "");
    }

    private static String quoted(String text) {
        try {
            return JSON.writeValueAsString(text);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
