package dev.appclients.cognito.release;

import dev.appclients.cognito.controlplane.Binaries;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The files that install a release without its source: {@code crds.yaml} and {@code install.yaml}, from {@code crds} and {@code deploy/kustomize}. */
public final class InstallManifest {

    private static final String OVERLAY = """
            apiVersion: kustomize.config.k8s.io/v1beta1
            kind: Kustomization
            # Namespaces first.
            sortOptions: {order: legacy}
            resources: [../../deploy/kustomize/cluster]
            images: [{name: cognito-client-operator, newName: "%s", newTag: "%s"}]
            """;

    private InstallManifest() {}

    /** All CRDs, without the objects that use them. */
    public static String crds(Path project) {
        try (Stream<Path> files = Files.list(project.resolve("crds"))) {
            List<Path> sorted = files.sorted().toList();
            return sorted.stream().map(InstallManifest::read).collect(Collectors.joining("---\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The CRDs, then each object of the size for the whole cluster.
     *
     * @param image the name of the image, without a tag
     */
    public static String install(Path project, String image, String version) {
        String header = """
                # Cognito Client Operator %1$s for the whole cluster: kubectl apply --server-side -f install.yaml
                # It runs the image %2$s:%1$s.
                """.formatted(version, image);
        return header + crds(project) + "---\n" + rendered(project, image, version);
    }

    private static String rendered(Path project, String image, String version) {
        try {
            Path overlay = Files.createDirectories(project.resolve("target/install-manifest"));
            Files.writeString(overlay.resolve("kustomization.yaml"), OVERLAY.formatted(image, version));
            return new Commands(project).output(Binaries.locate(project).kubectl(), "kustomize", overlay.toString());
        } catch (IOException e) {
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
