package dev.appclients.cognito.controlplane;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** Runs an install script with an own cache, and with stand-ins for curl and go. */
final class ScriptBed {

    /** Answers from the files in $SITE, named like the last part of the URL, and records each URL. */
    private static final String CURL = """
            #!/usr/bin/env bash
            while [ $# -gt 1 ]; do [ "$1" = -o ] && out=$2; shift; done
            echo "$1" >>"$SITE/requests"
            [ -e "$SITE/down" ] && { echo "curl: (6) Could not resolve host" >&2; exit 6; }
            [ -e "$SITE/${1##*/}" ] || { echo "curl: (22) 404" >&2; exit 22; }
            cp "$SITE/${1##*/}" "$out"
            """;

    /** Builds programs that print their packages, under the names that go gives them. */
    private static final String GO = """
            #!/usr/bin/env bash
            [ "$1" = build ] || exit 0
            for word; do
              if [ "$previous" = -o ]; then
                out=$word
              elif [ -n "$out" ]; then
                name=$word
                case ${name##*/} in v[0-9]*) name=${name%/*} ;; esac
                printf '#!/bin/sh\\necho built %s\\n' "$word" >"$out${name##*/}"
              fi
              previous=$word
            done
            """;

    private static final List<String> COMMANDS = List.of(
            "bash",
            "env",
            "dirname",
            "awk",
            "uname",
            "tr",
            "mkdir",
            "rm",
            "mv",
            "cp",
            "chmod",
            "mktemp",
            "tar",
            "gzip",
            "head",
            "tail",
            "grep",
            "sha256sum",
            "shasum",
            "flock",
            "cat");

    /** The exit code, standard output, and standard error. */
    record Output(int exitCode, String text, String progress) {}

    private final Path directory;
    private final Path site;
    private final Path commands;
    private final String script;

    ScriptBed(Path directory, String script) throws IOException {
        this.directory = directory;
        this.script = script;
        site = Files.createDirectory(directory.resolve("site"));
        commands = Files.createDirectory(directory.resolve("commands"));
        for (String name : COMMANDS) {
            for (String place : List.of("/usr/bin/", "/bin/")) {
                if (Files.exists(Path.of(place + name)) && !Files.exists(commands.resolve(name))) {
                    Files.createSymbolicLink(commands.resolve(name), Path.of(place + name));
                }
            }
        }
        program("curl", CURL);
    }

    /** The directory of the files that can be downloaded. */
    Path site() {
        return site;
    }

    void installGo() throws IOException {
        program("go", GO);
    }

    private void program(String name, String text) throws IOException {
        Path file = Files.writeString(commands.resolve(name), text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** Runs a shell script that writes files to $SITE. */
    void offer(String offers, String suffix) throws IOException, InterruptedException {
        ProcessBuilder bash = new ProcessBuilder("bash", "-eu", "-c", offers).inheritIO();
        bash.environment().put("SITE", site.toString());
        bash.environment().put("SUFFIX", suffix);
        int code = bash.start().waitFor();
        if (code != 0) {
            throw new IllegalStateException("the script ended with code " + code);
        }
    }

    Output install(String... arguments) throws IOException, InterruptedException {
        Path progress = directory.resolve("progress");
        ProcessBuilder process = new ProcessBuilder("bash", script);
        process.command().addAll(List.of(arguments));
        process.environment().clear();
        process.environment().put("PATH", commands.toString());
        process.environment().put("HOME", directory.toString());
        process.environment().put("SITE", site.toString());
        process.environment()
                .put("COGNITO_CLIENT_OPERATOR_CACHE", directory.resolve("cache").toString());
        Process started = process.redirectError(progress.toFile()).start();
        started.getOutputStream().close();
        String text = new String(started.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Output(started.waitFor(), text, Files.readString(progress));
    }
}
