package dev.appclients.cognito.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The scripts that users run work with bash 3.2 and the BSD commands of macOS, so they contain nothing newer. */
class ScriptsTest {

    /** They run on Linux only: one in a sandbox of the kernel, one by hand for the recorded Secrets. */
    private static final List<String> OF_LINUX = List.of("sandbox.sh", "record.sh");

    private static final Pattern NEWER_THAN_BASH_3 = Pattern.compile(String.join(
            "|",
            // Associative arrays and references.
            "\\b(?:declare|local|typeset|readonly) -[a-zA-Z]*[An]",
            "\\b(?:mapfile|readarray|coproc)\\b",
            "\\bwait -n\\b",
            // Changes of the case, transformations, and indexes from the end.
            "\\$\\{[A-Za-z_]\\w*(?:\\[[^]]*])?(?:,|\\^|@[A-Za-z]})",
            "\\$\\{\\w+\\[-\\d",
            "\\bEPOCH(?:REALTIME|SECONDS)\\b|\\bSRANDOM\\b",
            "%\\([^)]*\\)T",
            "\\|&|&>>|;;?&(?!\\w)",
            "\\bexec \\{\\w+}",
            "\\[\\[ -v\\b",
            "\\bshopt -s (?:globstar|lastpipe)\\b",
            // A pattern with parentheses must be in a variable.
            "=~ [^$ ]*\\("));

    private static final Pattern OF_GNU = Pattern.compile(String.join(
            "|",
            "\\bsed (?:-\\w+ )*-\\w*[ir]\\b",
            "\\bdate (?:-u )?(?:-d|--date)\\b",
            "\\bstat (?:-c|--format|--printf)",
            "\\breadlink -\\w*[fem]",
            "\\bgrep -\\w*P",
            "\\bxargs (?:-\\w+ )*-\\w*[rd]\\b",
            "\\bhead -[nc] ?-\\d",
            "\\bfind [^|]* -printf\\b",
            "\\bmktemp (?:-d )?--",
            "\\bcp -\\w*a|\\bcp --",
            "\\b(?:tac|nproc|realpath)\\b",
            "\\bps (?:-\\w+ )*--",
            "\\bbase64 -w"));

    static List<Path> scripts() throws IOException {
        try (Stream<Path> files =
                Stream.of(".ci", ".mvn", "deploy", "src/test").flatMap(directory -> walk(Path.of(directory)))) {
            return Stream.concat(Stream.of(Path.of("Makefile")), files.filter(ScriptsTest::isScript))
                    .sorted()
                    .toList();
        }
    }

    private static Stream<Path> walk(Path directory) {
        try {
            return Files.walk(directory).filter(Files::isRegularFile);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isScript(Path file) {
        String name = String.valueOf(file.getFileName());
        if (OF_LINUX.contains(name) || name.endsWith(".java")) {
            return false;
        }
        return name.endsWith(".sh") || read(file).startsWith("#!/usr/bin/env bash");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void theScriptsAreFound() throws IOException {
        assertThat(scripts().stream().map(Path::toString))
                .contains(
                        ".ci/run",
                        ".mvn/java-home",
                        ".mvn/maven",
                        ".mvn/progress",
                        "deploy/kustomize/namespaces/list.sh",
                        "deploy/restore/adopt-restored.sh",
                        "src/test/control-plane/install.sh",
                        "src/test/tools/common.sh",
                        "src/test/tools/install.sh");
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void aScriptNeedsNoNewerBash(Path script) {
        assertThat(commands(script)).noneSatisfy(line -> assertThat(line).containsPattern(NEWER_THAN_BASH_3));
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void aScriptNeedsNoCommandOfGnu(Path script) {
        assertThat(commands(script)).noneSatisfy(line -> assertThat(line).containsPattern(OF_GNU));
    }

    private static List<String> commands(Path script) {
        return read(script)
                .lines()
                .filter(line -> !line.strip().startsWith("#"))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "declare -A seen",
                "mapfile -t lines",
                "echo ${name,,}",
                "echo ${list[@]^}",
                "wait -n",
                "now=$EPOCHREALTIME",
                "printf '%(%s)T' -1",
                "make |& tee log",
                "exec {lock}>file",
                "echo ${list[-1]}",
                "[[ $name =~ ^[a-z](x)?$ ]]",
            })
    void theCheckFindsANewerBash(String line) {
        assertThat(line).containsPattern(NEWER_THAN_BASH_3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sed -i s/a/b/ file",
                "sed -nr s/a/b/ file",
                "date -d yesterday",
                "stat -c %Y file",
                "readlink -f file",
                "grep -oP a file",
                "xargs -r rm",
                "head -n -1 file",
                "cp -a one other",
                "nproc"
            })
    void theCheckFindsACommandOfGnu(String line) {
        assertThat(line).containsPattern(OF_GNU);
    }
}
