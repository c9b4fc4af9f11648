package dev.appclients.cognito.deploy;

import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The changes of one version for the annotation {@code artifacthub.io/changes}. */
final class Changes {

    private static final Pattern SECTION = Pattern.compile("(?ms)^## \\[([^]]+)\\][^\n]*\n(.*?)(?=^## |\\z)");
    private static final Pattern GROUP = Pattern.compile("(?ms)^### (\\w+)\n(.*?)(?=^### |\\z)");
    private static final Pattern ITEM = Pattern.compile("(?ms)^- (.*?)(?=^- |\\z)");
    private static final Pattern LINK = Pattern.compile("\\[([^]]+)\\]\\([^)]*\\)");

    private Changes() {}

    /** A YAML list. The section of the version in the changelog, or the unreleased changes if it has none. */
    static String of(String changelog, String version) {
        return section(changelog, version)
                .or(() -> section(changelog, "Unreleased"))
                .map(Changes::items)
                .orElse("");
    }

    private static Optional<String> section(String changelog, String name) {
        return SECTION.matcher(changelog)
                .results()
                .filter(section -> section.group(1).equals(name))
                .map(section -> section.group(2))
                .findFirst();
    }

    private static String items(String section) {
        return GROUP.matcher(section)
                .results()
                .flatMap(group -> ITEM.matcher(group.group(2))
                        .results()
                        .map((MatchResult item) -> item(group.group(1), item.group(1))))
                .collect(Collectors.joining());
    }

    private static String item(String kind, String text) {
        String line = LINK.matcher(text.strip().replaceAll("\\s+", " ")).replaceAll("$1");
        return "- kind: " + kind.toLowerCase(Locale.ROOT) + "\n  description: " + TextNode.valueOf(line) + "\n";
    }
}
