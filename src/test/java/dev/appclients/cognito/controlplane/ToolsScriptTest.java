package dev.appclients.cognito.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs {@code src/test/tools/install.sh} with an own cache, and with stand-ins for curl and go. */
class ToolsScriptTest {

    /** Answers from the files in $SITE, named like the last part of the URL, and records each URL. */
    private static final String CURL = """
            #!/usr/bin/env bash
            while [ $# -gt 1 ]; do [ "$1" = -o ] && out=$2; shift; done
            echo "$1" >>"$SITE/requests"
            [ -e "$SITE/down" ] && { echo "curl: (6) Could not resolve host" >&2; exit 6; }
            [ -e "$SITE/${1##*/}" ] || { echo "curl: (22) 404" >&2; exit 22; }
            cp "$SITE/${1##*/}" "$out"
            """;

    /** Builds a program that prints its package. */
    private static final String GO = """
            #!/usr/bin/env bash
            for word; do [ "$previous" = -o ] && out=$word; previous=$word; done
            printf '#!/bin/sh\\necho built %s\\n' "$word" >"$out${word##*/}"
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

    private record Output(int exitCode, String text, String progress) {}

    @TempDir
    private Path directory;

    private Path site;
    private Path commands;

    @BeforeEach
    void prepare() throws IOException {
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

    @Test
    void checkedDownloadsFillTheCacheAndTheNextRunNeedsNoNetwork() throws Exception {
        offerAll("");

        Output first = install();
        Files.delete(site.resolve("requests"));
        Output second = install();

        assertThat(first.exitCode()).as(first.progress()).isZero();
        assertThat(first.text().lines())
                .hasSize(4)
                .allMatch(line -> line.matches("(helm3|helm4|kubeconform|promtool) /.*"));
        assertThat(second.text()).isEqualTo(first.text());
        assertThat(site.resolve("requests")).doesNotExist();
    }

    @Test
    void aDownloadWithAnotherChecksumIsDiscardedAndBuilt() throws Exception {
        offerAll("changed");
        program("go", GO);

        Output installed = install();

        assertThat(installed.exitCode()).as(installed.progress()).isZero();
        assertThat(installed.progress()).contains("does not match its published checksum and is discarded");
        Path helm = Path.of(installed.text().lines().findFirst().orElseThrow().split(" ")[1]);
        assertThat(helm).content().contains("built helm.sh/helm/v3/cmd/helm");
    }

    @Test
    void anUnreachableHostIsAskedOnce() throws Exception {
        Files.createFile(site.resolve("down"));
        program("go", GO);

        assertThat(install().exitCode()).isZero();

        assertThat(Files.readAllLines(site.resolve("requests"))).hasSize(2);
    }

    @Test
    void withoutNetworkAndGoItSaysWhatToInstallAndFindsNothing() throws Exception {
        Files.createFile(site.resolve("down"));

        Output failed = install();

        assertThat(failed.exitCode()).isEqualTo(1);
        assertThat(failed.progress())
                .contains(
                        "still missing: helm3 helm4 kubeconform promtool",
                        "allow https",
                        "install Go 1.",
                        "TOOLS_BIN=<directory>");
        assertThat(install("--find")).isEqualTo(new Output(0, "", ""));
    }

    /** Offers every tool. The archives differ from their checksums by the suffix. */
    private void offerAll(String suffix) throws Exception {
        shell("""
                case $(uname -m) in x86_64) arch=amd64 ;; aarch64) arch=arm64 ;; *) arch=$(uname -m) ;; esac
                platform=$(uname -s | tr '[:upper:]' '[:lower:]')-$arch
                tools=src/test/tools
                pinned() { awk -v module="$2" '$1 == module && $2 ~ /^v/ {print $2; exit}' "$tools/$1/go.mod"; }
                offer() { # archive, path of the program in it, file of the checksums
                  mkdir -p "$SITE/pack/$(dirname "$2")"
                  echo program >"$SITE/pack/$2"
                  tar -czf "$SITE/$1" -C "$SITE/pack" "$2"
                  (cd "$SITE" && sha256sum "$1") >>"$SITE/$3"
                  [ -z "$SUFFIX" ] || echo "$SUFFIX" >>"$SITE/$1"
                }
                for major in 3 4; do
                  name=helm-$(pinned helm$major helm.sh/helm/v$major)-$platform.tar.gz
                  offer "$name" "$platform/helm" "$name.sha256sum"
                done
                offer "kubeconform-$platform.tar.gz" kubeconform CHECKSUMS
                version=$(pinned promtool github.com/prometheus/prometheus | awk -F. '{printf "%d.%d.%d", $2 / 100, $2 % 100, $3}')
                name=prometheus-$version.$platform.tar.gz
                offer "$name" "prometheus-$version.$platform/promtool" sha256sums.txt
                """, suffix);
    }

    private void shell(String script, String suffix) throws Exception {
        ProcessBuilder bash = new ProcessBuilder("bash", "-eu", "-c", script).inheritIO();
        bash.environment().put("SITE", site.toString());
        bash.environment().put("SUFFIX", suffix);
        assertThat(bash.start().waitFor()).isZero();
    }

    private Output install(String... arguments) throws Exception {
        Path progress = directory.resolve("progress");
        ProcessBuilder script = new ProcessBuilder("bash", "src/test/tools/install.sh");
        script.command().addAll(List.of(arguments));
        script.environment().clear();
        script.environment().put("PATH", commands.toString());
        script.environment().put("HOME", directory.toString());
        script.environment().put("SITE", site.toString());
        script.environment()
                .put("COGNITO_CLIENT_OPERATOR_CACHE", directory.resolve("cache").toString());
        Process process = script.redirectError(progress.toFile()).start();
        process.getOutputStream().close();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Output(process.waitFor(), text, Files.readString(progress));
    }

    private void program(String name, String text) throws IOException {
        Path file = Files.writeString(commands.resolve(name), text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
