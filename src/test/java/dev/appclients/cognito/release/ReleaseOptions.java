package dev.appclients.cognito.release;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of {@code make release}.
 *
 * @param version the version of the release; null for the version in pom.xml without {@code -SNAPSHOT}
 * @param image the name of the image with its registry and without a tag
 * @param arches the architectures of the image, in the syntax of {@code make image --arch}
 * @param images a directory with the output of {@code make image} for this version; null to build the images
 */
record ReleaseOptions(
        @Nullable String version,
        String image,
        String arches,
        @Nullable Path images) {

    static final String IMAGE = "cognito-client-operator";
    static final ReleaseOptions DEFAULT = new ReleaseOptions(null, IMAGE, "amd64,arm64", null);
    static final String USAGE = """
            make release ARGS="..."
              --version 1.2.3      the version; the one in pom.xml without -SNAPSHOT if omitted
              --image NAME         the image with its registry, such as registry.example.com/cognito-client-operator
              --arch amd64,arm64   the architectures of the image; both if omitted
              --images DIRECTORY   the output of `make image` for this version, instead of a build
            """;

    /** @throws IllegalArgumentException for an unknown argument or a missing value */
    static ReleaseOptions parse(List<String> words) {
        ReleaseOptions options = DEFAULT;
        Deque<String> rest = new ArrayDeque<>(words);
        while (!rest.isEmpty()) {
            String word = rest.pop();
            options = switch (word) {
                case "--version" -> options.withVersion(value(word, rest));
                case "--image" ->
                    new ReleaseOptions(options.version, image(value(word, rest)), options.arches, options.images);
                case "--arch" -> new ReleaseOptions(options.version, options.image, value(word, rest), options.images);
                case "--images" ->
                    new ReleaseOptions(options.version, options.image, options.arches, Path.of(value(word, rest)));
                default -> throw new IllegalArgumentException("The argument '" + word + "' is unknown.");
            };
        }
        return options;
    }

    private ReleaseOptions withVersion(String chosen) {
        return new ReleaseOptions(chosen, image, arches, images);
    }

    private static String image(String name) {
        if (name.contains("@") || name.lastIndexOf(':') > name.lastIndexOf('/')) {
            throw new IllegalArgumentException(
                    "The argument '--image' takes no tag and no digest. The tag is the version.");
        }
        return name;
    }

    private static String value(String word, Deque<String> rest) {
        if (rest.isEmpty() || rest.peek().startsWith("--")) {
            throw new IllegalArgumentException("The argument '" + word + "' needs a value.");
        }
        return rest.pop();
    }
}
