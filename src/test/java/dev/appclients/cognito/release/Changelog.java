package dev.appclients.cognito.release;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/** CHANGELOG.md in the format of Keep a Changelog. */
record Changelog(String text) {

    private static final Pattern SECTION = Pattern.compile(
            "^## \\[([^]]+)\\](?: - (\\S+))?[^\n]*\n(.*?)(?=^## |\\z)", Pattern.MULTILINE | Pattern.DOTALL);

    /**
     * The section of one version.
     *
     * @param date the text after the version, such as 2026-12-01; empty if it is missing
     */
    record Section(String date, String text) {}

    static Changelog of(Path project) throws IOException {
        return new Changelog(Files.readString(project.resolve("CHANGELOG.md")));
    }

    Optional<Section> section(String version) {
        return SECTION.matcher(text)
                .results()
                .filter(section -> section.group(1).equals(version))
                .map(section -> new Section(
                        section.group(2) == null ? "" : section.group(2),
                        section.group(3).strip()))
                .findFirst();
    }
}
