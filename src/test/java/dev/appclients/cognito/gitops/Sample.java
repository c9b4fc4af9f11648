package dev.appclients.cognito.gitops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.appclients.cognito.controller.Kubectl;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The objects of one kind as {@code kubectl get -o yaml} prints them, compared with the committed files. The system property
 * {@code argocd.testdata=write} writes the files instead.
 */
final class Sample {

    private static final boolean WRITES = "write".equals(System.getProperty("argocd.testdata"));
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Pattern TIME = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z");
    private static final Pattern VERSION = Pattern.compile("resourceVersion: \"\\d+\"");
    private static final Pattern UID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final Pattern SUFFIX = Pattern.compile("\\.[0-9a-f]{10}\\b");
    private static final Pattern CLIENT_ID = Pattern.compile("\\b[0-9a-z]{26}\\b");
    private static final Pattern DIGEST = Pattern.compile("\\b[0-9a-f]{32,64}\\b");

    private final String kind;
    private final Map<String, String> namespaces;
    private final Set<String> files = new TreeSet<>();

    /** @param namespaces the names of the namespaces in the files, by their names in the cluster */
    Sample(String kind, Map<String, String> namespaces) {
        this.kind = kind;
        this.namespaces = namespaces;
    }

    /** Waits until the object equals the file {@code <state>.yaml}. Between two retries the operator may record a pending create. */
    void of(String namespace, String name, String state) {
        Path file = ArgoFiles.of(kind).resolve("testdata/" + state + ".yaml");
        files.add(file.toString());
        if (WRITES) {
            write(file, live(namespace, name));
        } else {
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(file)
                            .as("run: make argocd-testdata generate")
                            .exists()
                            .content()
                            .isEqualTo(live(namespace, name)));
        }
    }

    private String live(String namespace, String name) {
        Kubectl.Output got = new Kubectl(namespace).run("get", kind, name, "-o", "yaml");
        assertThat(got.exitCode()).as(got.text()).isZero();
        return normalised(got.text());
    }

    /** Checks that the directory has no other file. */
    void assertComplete() throws IOException {
        try (var found = Files.list(ArgoFiles.of(kind).resolve("testdata"))) {
            assertThat(found.map(Path::toString)).containsExactlyInAnyOrderElementsOf(files);
        }
    }

    private String normalised(String text) {
        String named = text;
        for (Map.Entry<String, String> namespace : namespaces.entrySet()) {
            named = named.replace(namespace.getKey(), namespace.getValue());
        }
        named = TIME.matcher(named).replaceAll("2026-01-02T03:04:05Z");
        named = VERSION.matcher(named).replaceAll("resourceVersion: \"1000\"");
        named = numbered(UID, named, "00000000-0000-4000-8000-00000000000");
        named = SUFFIX.matcher(named).replaceAll(".0000000000");
        named = numbered(CLIENT_ID, named, "1example23456789abcdefghi");
        return numbered(DIGEST, named, "0123456789abcdef0123456789abcde");
    }

    /** Gives each value a number in the order of first occurrence. */
    private static String numbered(Pattern pattern, String text, String prefix) {
        Map<String, String> names = new LinkedHashMap<>();
        return pattern.matcher(text)
                .replaceAll((MatchResult found) ->
                        names.computeIfAbsent(found.group(), value -> prefix + (names.size() + 1)));
    }

    private static void write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
