package dev.appclients.cognito.image;

import dev.appclients.cognito.controlplane.Binaries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Runs {@code make image}: writes one archive for each architecture to {@code target/image}. */
public final class ImageMain {

    private ImageMain() {}

    public static void main(String[] words) {
        Path project = Binaries.project();
        try {
            ImageOptions options = ImageOptions.parse(List.of(words));
            if (options.updatePackages()) {
                DebianLock lock = new DebianIndex(Packages.projectCache(), DebianStore.mirror()).newest();
                Files.writeString(project.resolve(DebianLock.FILE), lock.text());
                System.out.println("image: wrote " + DebianLock.FILE);
                return;
            }
            ImageBuild.exclusively(project, () -> {
                for (ImageArch arch : options.arches()) {
                    new ImageBuild(project, options, arch, System.out).run();
                }
                return project;
            });
        } catch (IllegalArgumentException e) {
            System.err.println("make image: " + e.getMessage() + "\n" + ImageOptions.USAGE);
            System.exit(2);
        } catch (IOException | RuntimeException e) {
            System.err.println("make image: " + e.getMessage());
            System.exit(1);
        }
    }
}
