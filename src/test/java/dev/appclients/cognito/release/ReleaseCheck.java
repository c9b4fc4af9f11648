package dev.appclients.cognito.release;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Decides whether a release may be made. */
final class ReleaseCheck {

    private static final Pattern VERSION =
            Pattern.compile("(0|[1-9]\\d*)\\.(0|[1-9]\\d*)\\.(0|[1-9]\\d*)(-(alpha|beta|rc)\\.(0|[1-9]\\d*))?");
    private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
    private static final int LISTED = 10;

    private ReleaseCheck() {}

    /**
     * The reasons against the release, each with its remedy. Empty if the release may be made.
     *
     * @param status the output of {@code git status --porcelain}
     */
    static List<String> refusals(String version, String status, Changelog changelog) {
        List<String> refusals = new ArrayList<>();
        if (!VERSION.matcher(version).matches()) {
            refusals.add("The version '" + version + "' is not of the form 1.2.3 or 1.2.3-rc.1. Pass --version.");
        }
        List<String> changed = status.lines().toList();
        if (!changed.isEmpty()) {
            refusals.add("The work tree differs from the commit. Commit or remove the changes:\n  "
                    + String.join("\n  ", changed.subList(0, Math.min(LISTED, changed.size())))
                    + (changed.size() > LISTED ? "\n  and " + (changed.size() - LISTED) + " more" : ""));
        }
        Optional<Changelog.Section> section = changelog.section(version);
        if (section.isEmpty()) {
            refusals.add("CHANGELOG.md has no section '## [" + version + "]'. Rename '## [Unreleased]' to '## ["
                    + version + "] - <date>', and commit.");
        } else if (section.get().text().isEmpty()) {
            refusals.add(
                    "The section '## [" + version + "]' of CHANGELOG.md is empty. Describe the changes, and commit.");
        } else if (!DATE.matcher(section.get().date()).matches()) {
            refusals.add("The section '## [" + version + "]' of CHANGELOG.md has no date. Write '## [" + version
                    + "] - <year-month-day>', and commit.");
        }
        return refusals;
    }
}
