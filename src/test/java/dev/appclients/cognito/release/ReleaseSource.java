package dev.appclients.cognito.release;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A clone of the commit, with the version of the release in pom.xml and in each generated file. Its commit has the author and the times
 * of the commit before it, so each clone of that commit gets the same one.
 */
record ReleaseSource(Path directory) {

    private static final Pattern VERSION =
            Pattern.compile("(<artifactId>cognito-client-operator</artifactId>\\s*<version>)([^<]+)(</version>)");
    private static final String GENERATE = "dev.appclients.cognito.docs.GeneratedFiles";

    /** The version in pom.xml. */
    static String version(Path project) throws IOException {
        Matcher version = VERSION.matcher(Files.readString(project.resolve("pom.xml")));
        if (!version.find()) {
            throw new IOException("pom.xml has no version.");
        }
        return version.group(2);
    }

    /** Clones the commit of the project. */
    static ReleaseSource clone(Path project, Path directory) {
        Commands here = new Commands(project);
        String commit = here.output("git", "rev-parse", "HEAD").strip();
        here.output("git", "clone", "--quiet", "--no-checkout", project.toString(), directory.toString());
        new Commands(directory)
                .output("git", "-c", "advice.detachedHead=false", "checkout", "--quiet", "--detach", commit);
        return new ReleaseSource(directory);
    }

    /** Writes the version, and commits it unless the commit has it already. */
    void release(String version) throws IOException {
        if (version(directory).equals(version)) {
            return;
        }
        Path pom = directory.resolve("pom.xml");
        Files.writeString(pom, VERSION.matcher(Files.readString(pom)).replaceFirst("$1" + version + "$3"));
        commands().java(GENERATE);
        Map<String, String> author = new HashMap<>();
        for (String who : new String[] {"AUTHOR", "COMMITTER"}) {
            String letter = who.substring(0, 1).toLowerCase(Locale.ROOT);
            author.put("GIT_" + who + "_NAME", log("%" + letter + "n"));
            author.put("GIT_" + who + "_EMAIL", log("%" + letter + "e"));
            author.put("GIT_" + who + "_DATE", log("%" + letter + "I"));
        }
        commands()
                .run(
                        author,
                        "git",
                        "-c",
                        "core.hooksPath=/dev/null",
                        "-c",
                        "commit.gpgSign=false",
                        "commit",
                        "--quiet",
                        "--all",
                        "--message",
                        "Release " + version);
    }

    String commit() {
        return log("%H");
    }

    /** Seconds since the epoch. */
    long commitTime() {
        return Long.parseLong(log("%ct"));
    }

    Changelog changelog() throws IOException {
        return Changelog.of(directory);
    }

    Commands commands() {
        return new Commands(directory);
    }

    private String log(String format) {
        return commands().output("git", "log", "-1", "--format=" + format).strip();
    }
}
