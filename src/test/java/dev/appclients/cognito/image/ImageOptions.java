package dev.appclients.cognito.image;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of {@code make image}.
 *
 * @param base a registry reference, or the path of an image archive, that replaces Debian's packages; null for Debian's packages
 * @param arches in the order of the arguments
 * @param tag the name of the image in the archive; null for {@code cognito-client-operator:<version>}
 * @param cache whether to train the AOT cache for the architecture of this machine
 * @param locked whether to refuse Debian packages that differ from the lock file
 * @param updatePackages whether to write the newest Debian packages to the lock file, instead of building
 */
record ImageOptions(
        @Nullable String base,
        Set<ImageArch> arches,
        @Nullable String tag,
        boolean cache,
        boolean locked,
        boolean updatePackages) {

    static final ImageOptions DEFAULT = new ImageOptions(null, Set.of(ImageArch.AMD64), null, true, false, false);
    static final String USAGE = """
            make image ARGS="..."
              --arch amd64,arm64   the architectures, one archive each; amd64 if omitted
              --base REFERENCE     an image in a registry, or an archive of one (.tar), instead of Debian's packages
              --tag NAME           the name in the archive; cognito-client-operator:<version> if omitted
              --no-cache           do not train the AOT cache
              --locked             fail if Debian does not serve a package of src/main/image/debian.lock
              --update-packages    write the newest packages to src/main/image/debian.lock, and build nothing
            """;

    /** @throws IllegalArgumentException for an unknown argument or a missing value */
    static ImageOptions parse(List<String> words) {
        ImageOptions options = DEFAULT;
        Deque<String> rest = new ArrayDeque<>(words);
        while (!rest.isEmpty()) {
            String word = rest.pop();
            options = switch (word) {
                case "--base" -> options.withBase(value(word, rest));
                case "--arch" -> options.withArches(arches(value(word, rest)));
                case "--tag" -> options.withTag(value(word, rest));
                case "--no-cache" -> options.withoutCache();
                case "--locked" ->
                    new ImageOptions(
                            options.base, options.arches, options.tag, options.cache, true, options.updatePackages);
                case "--update-packages" ->
                    new ImageOptions(options.base, options.arches, options.tag, options.cache, options.locked, true);
                default -> throw new IllegalArgumentException("The argument '" + word + "' is unknown.");
            };
        }
        return options;
    }

    private static String value(String word, Deque<String> rest) {
        if (rest.isEmpty() || rest.peek().startsWith("--")) {
            throw new IllegalArgumentException("The argument '" + word + "' needs a value.");
        }
        return rest.pop();
    }

    private static Set<ImageArch> arches(String names) {
        return Arrays.stream(names.split(",")).map(ImageArch::of).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    ImageOptions withBase(String reference) {
        return new ImageOptions(reference, arches, tag, cache, locked, updatePackages);
    }

    ImageOptions withArches(Set<ImageArch> chosen) {
        return new ImageOptions(base, chosen, tag, cache, locked, updatePackages);
    }

    ImageOptions withTag(String name) {
        return new ImageOptions(base, arches, name, cache, locked, updatePackages);
    }

    ImageOptions withoutCache() {
        return new ImageOptions(base, arches, tag, false, locked, updatePackages);
    }
}
