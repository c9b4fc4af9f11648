package dev.appclients.cognito.docs;

import dev.appclients.cognito.api.v1beta1.ClientSecretClaim;
import dev.appclients.cognito.api.v1beta1.ClusterUserPool;
import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.aws.call.FailuresPage;
import dev.appclients.cognito.crd.CrdPostProcessor;
import dev.appclients.cognito.gitops.ArgoFiles;
import dev.appclients.cognito.deploy.ChartFiles;
import dev.appclients.cognito.monitoring.MetricsPage;
import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The committed files that are generated from the code. {@code main} writes them, and {@link GeneratedFilesTest} compares them. Both run
 * in the root of the project.
 */
public final class GeneratedFiles {
    private static final String HEADER =
            "# Generated from the records in dev.appclients.cognito.api by `make generate`; do not edit.\n";

    private GeneratedFiles() {}

    /** Writes every file below the given root, by default the working directory. */
    public static void main(String... args) {
        var root = Path.of(args.length == 0 ? "." : args[0]);
        all().forEach((name, text) -> write(root.resolve(name), text));
    }

    /** The contents by path below the root of the project. */
    static SortedMap<String, String> all() {
        var files = new TreeMap<String, String>();
        crds().forEach((name, text) -> files.put("crds/" + name + ".yaml", HEADER + text));
        files.putAll(ArgoFiles.all());
        files.putAll(ChartFiles.all(Map.copyOf(files), definitions()));
        files.put("src/docs/failures.md", FailuresPage.text());
        files.put("src/docs/metrics.md", MetricsPage.text());
        files.put("src/docs/reference.md", ReferencePage.of(definitions()));
        files.put("src/docs/rules.md", RulesPage.of(definitions()));
        files.put("src/main/resources/crd-fields.txt", FieldList.of(definitions()));
        return files;
    }

    /** The paths of every generated file below the root of the project. */
    public static Set<String> paths() {
        return all().keySet();
    }

    /** The CRDs, in the order of the documentation. */
    public static List<CustomResourceDefinition> definitions() {
        var crds = crds();
        return List.of("userpoolclients", "clientsecretclaims", "clusteruserpools").stream()
                .map(plural -> crds.get(plural + ".cognito.appclients.dev"))
                .map(text -> Serialization.unmarshal(text, CustomResourceDefinition.class))
                .toList();
    }

    private static SortedMap<String, String> crds() {
        var written = new TreeMap<String, ByteArrayOutputStream>();
        new CRDGenerator()
                .withPostProcessor(new CrdPostProcessor())
                // Without quotes YAML reads the condition status True as a boolean.
                .withMinQuotes(false)
                .customResourceClasses(List.of(UserPoolClient.class, ClientSecretClaim.class, ClusterUserPool.class))
                .forCRDVersions("v1")
                .withOutput(new InMemory(written))
                .generate();
        var texts = new TreeMap<String, String>();
        // The generator adds the API version to the name and a comment to the content.
        written.forEach((name, bytes) ->
                texts.put(name.replaceFirst("-v1$", ""), bytes.toString().replaceFirst("^#[^\n]*\n", "")));
        return texts;
    }

    private static void write(Path file, String text) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + file, e);
        }
    }

    private record InMemory(SortedMap<String, ByteArrayOutputStream> written)
            implements CRDGenerator.CRDOutput<ByteArrayOutputStream> {
        @Override
        public ByteArrayOutputStream outputFor(String crdName) {
            return written.computeIfAbsent(crdName, name -> new ByteArrayOutputStream());
        }

        @Override
        public void close() {}
    }
}
