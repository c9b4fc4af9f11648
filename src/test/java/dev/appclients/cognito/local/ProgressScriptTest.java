package dev.appclients.cognito.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code .mvn/progress} around a script in the place of Maven. */
@Timeout(90)
class ProgressScriptTest {

    private static final Path SCRIPT = Path.of(".mvn/progress").toAbsolutePath();
    private static final double LONGEST_SILENCE = 5;

    @TempDir
    private Path project;

    /** A line of standard error and the seconds since the line before. */
    private record Line(double after, String text) {}

    private record Run(int exitCode, String out, List<Line> lines) {

        List<String> texts() {
            return lines.stream().map(Line::text).toList();
        }

        double longestSilence() {
            return lines.stream().mapToDouble(Line::after).max().orElse(0);
        }
    }

    @Test
    void aSilentMavenIsReportedAtOnceAndEveryFewSeconds() throws Exception {
        Run run = maven(Map.of(), "sleep 8");

        assertThat(run.longestSilence()).isLessThan(LONGEST_SILENCE);
        assertThat(run.exitCode()).isZero();
        assertThat(run.texts().getFirst()).isEqualTo("test: starting Maven");
        assertThat(run.texts().getLast()).matches("test: done in \\d+ s");
        assertThat(run.texts()).hasSizeBetween(3, 6);
    }

    @Test
    void eachStepHasItsTimeAndTheSumNamesTheDownloads() throws Exception {
        Run run = maven(Map.of("PROGRESS_INTERVAL", "1"), """
                echo '[INFO] Scanning for projects...'
                echo 'Downloading from central: https://repo.example.com/a/a-1.jar'
                echo 'Downloaded from central: https://repo.example.com/a/a-1.jar (3 kB at 3 kB/s)'
                echo 'Downloading from central: https://repo.example.com/a/b-1.jar'
                sleep 3
                echo '[INFO] --- maven-compiler-plugin:3.16.0:compile (default-compile) @ operator ---'
                sleep 3
                echo '[INFO] --- quarkus:3.34.1:build (default) @ operator ---'
                sleep 3
                """);

        assertThat(run.texts())
                .anyMatch(
                        line -> line.matches("test: plugins and dependencies: downloading, 1 artifact so far, \\d+ s"))
                .anyMatch(line -> line.matches("test: plugins and dependencies: \\d+ s"))
                .anyMatch(line -> line.matches("test: compile, \\d+ s"))
                .anyMatch(line -> line.matches("test: compile: \\d+ s"))
                .anyMatch(line -> line.matches("test: package: \\d+ s"));
        assertThat(run.texts().getLast()).matches("test: done in \\d+ s, of which \\d+ s for 1 download");
    }

    @Test
    void theTestsAreCountedByClass() throws Exception {
        Path classes = Files.createDirectories(project.resolve("target/test-classes/a"));
        for (String name : List.of("OneTest", "OneTest$Nested", "TwoTest", "ThreeIT")) {
            Files.createFile(classes.resolve(name + ".class"));
        }
        String surefire = """
                echo '[INFO] --- surefire:3.6.1:test (default-test) @ operator ---'
                echo '[INFO] Running a.OneTest'
                echo '[INFO] Tests run: 3, Failures: 0, Errors: 0, Skipped: 1, Time elapsed: 0.1 s -- in a.OneTest'
                echo '[INFO] Running a.TwoTest'
                sleep 1.7
                """;

        Run all = maven(Map.of("PROGRESS_INTERVAL", "1"), surefire);
        Run selected = maven(Map.of("PROGRESS_INTERVAL", "1"), surefire, "-Dtest=OneTest");

        assertThat(all.texts())
                .anyMatch(line -> line.matches("test: unit tests: 1 of 2 classes, 0 failed, TwoTest, \\d+ s"))
                .anyMatch(line -> line.matches("test: unit tests: \\d+ s \\(1 class, 3 tests, 0 failed, 1 skipped\\)"));
        assertThat(selected.texts())
                .anyMatch(line -> line.matches("test: unit tests: 1 class, 0 failed, TwoTest, \\d+ s"));
    }

    @Test
    void aFailedTestIsShownWhileTheOthersRunAndTheEndNamesTheLog() throws Exception {
        Run run = maven(Map.of("PROGRESS_INTERVAL", "1"), """
                echo '[INFO] --- surefire:3.6.1:test (default-test) @ operator ---'
                echo '[INFO] Running a.OneTest'
                echo '[ERROR] Tests run: 2, Failures: 1, Errors: 0, Skipped: 0, Time elapsed: 1 s <<< FAILURE! -- in a.OneTest'
                echo '[ERROR] a.OneTest.fails -- Time elapsed: 0.01 s <<< FAILURE!'
                echo 'java.lang.AssertionError: expected 1'
                echo '[INFO] Running a.TwoTest'
                sleep 1.7
                echo '[ERROR] Failures: '
                echo '[ERROR]   OneTest.fails:12 expected 1'
                echo '[ERROR] Failed to execute goal surefire: There are test failures. -> [Help 1]'
                echo '[ERROR] '
                echo '[ERROR] Re-run Maven using the -X switch to enable full debug logging.'
                echo '[ERROR] [Help 1] http://cwiki.apache.org/'
                exit 1
                """);

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.texts())
                .map(line -> line.replaceAll("TwoTest, \\d+ s", "TwoTest, some s"))
                .containsSubsequence(
                        "[ERROR] a.OneTest.fails -- Time elapsed: 0.01 s <<< FAILURE!",
                        "java.lang.AssertionError: expected 1",
                        "test: unit tests: 1 class, 1 failed, TwoTest, some s",
                        "[ERROR]   OneTest.fails:12 expected 1",
                        "[ERROR] Failed to execute goal surefire: There are test failures.")
                .noneMatch(line -> line.contains("cwiki") || line.contains("-X switch"));
        assertThat(run.texts().getLast())
                .matches("test: failed after \\d+ s in the step: unit tests. The whole output: .*target/log/test.log");
        assertThat(project.resolve("target/log/test.log")).content().contains("cwiki");
    }

    @Test
    void aCompilerErrorIsShownOnceWithItsSecondLine() throws Exception {
        Run run = maven(Map.of(), """
                echo '[INFO] --- compiler:3.16.0:compile (default-compile) @ operator ---'
                echo '[ERROR] COMPILATION ERROR : '
                echo '[ERROR] /src/A.java:[1,2] cannot find symbol'
                echo '  symbol: class B'
                echo '[INFO] 1 error'
                echo '[ERROR] Failed to execute goal compiler: Compilation failure'
                echo '[ERROR] /src/A.java:[1,2] cannot find symbol'
                exit 1
                """);

        assertThat(run.texts()).containsOnlyOnce("[ERROR] /src/A.java:[1,2] cannot find symbol", "  symbol: class B");
    }

    @Test
    void aFailureWithoutAnErrorShowsTheEndOfTheOutput() throws Exception {
        Run run = maven(Map.of(), "echo 'Could not create the Java Virtual Machine.'; exit 7");

        assertThat(run.exitCode()).isEqualTo(7);
        assertThat(run.texts()).contains("Could not create the Java Virtual Machine.");
    }

    @Test
    void aTerminalHasOneLineThatIsRewritten() throws Exception {
        Process process = start(
                Map.of("PROGRESS", "line"),
                false,
                List.of("--maven"),
                "echo '[INFO] Scanning for projects...'; sleep 1.7");

        String written = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(written.split("\r\033\\[Ktest: plugins and dependencies, \\d+ s"))
                .hasSizeGreaterThan(3);
        assertThat(written.split("\n")).hasSizeLessThanOrEqualTo(3);
    }

    @Test
    void progressOffShowsMavensOwnOutput() throws Exception {
        Run run = maven(Map.of("PROGRESS", "off"), "echo '[INFO] Scanning for projects...'; exit 3");

        assertThat(run.out()).isEqualTo("[INFO] Scanning for projects...\n");
        assertThat(run.texts()).isEmpty();
        assertThat(run.exitCode()).isEqualTo(3);
    }

    @Test
    void anInterruptionEndsEveryDescendantAndSaysSo() throws Exception {
        // The second sleep leaves the process group, as the servers of the test bed do.
        String setsid = Files.isExecutable(Path.of("/usr/bin/setsid")) ? "setsid " : "";
        Process process = start(Map.of(), true, List.of("--maven"), """
                echo '[INFO] Scanning for projects...'
                sleep 611 &
                %ssleep 612 &
                echo ready > ready
                wait
                """.formatted(setsid));
        await().until(() -> Files.exists(project.resolve("ready")));
        List<ProcessHandle> family = process.descendants().toList();
        new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();

        List<String> lines = process.errorReader(StandardCharsets.UTF_8).lines().toList();
        assertThat(process.waitFor()).isEqualTo(130);
        assertThat(lines.getLast()).matches("test: interrupted after \\d+ s; nothing is left running");
        assertThat(lines).noneMatch(line -> line.contains("ERROR") || line.contains("\tat "));
        assertThat(family).hasSizeGreaterThanOrEqualTo(3).noneMatch(ProgressScriptTest::runs);
    }

    @Test
    void anotherCommandKeepsItsOutputAndItsExitCode() throws Exception {
        Run run = run(Map.of("PROGRESS_INTERVAL", "1"), List.of(), """
                echo figure
                echo 'test: building etcd' >&2
                sleep 1.7
                printf 'no line feed'
                exit 4
                """);

        assertThat(run.out()).isEqualTo("figure\nno line feed");
        assertThat(run.texts().getFirst()).isEqualTo("test: building etcd");
        assertThat(run.texts().get(1)).matches("test: building etcd, running for \\d+ s");
        assertThat(run.exitCode()).isEqualTo(4);
    }

    @Test
    void aCommandThatIsQuickPrintsNothing() throws Exception {
        assertThat(run(Map.of(), List.of(), "true").texts()).isEmpty();
    }

    private static boolean runs(ProcessHandle process) {
        // An ended process stays in the table until its new parent collects it.
        return process.isAlive() && process.info().command().isPresent();
    }

    private Run maven(Map<String, String> environment, String fake, String... arguments) throws Exception {
        return run(environment, List.of("--maven"), fake, arguments);
    }

    private Run run(Map<String, String> environment, List<String> options, String fake, String... arguments)
            throws Exception {
        long last = System.nanoTime();
        Process process = start(environment, false, options, fake, arguments);
        List<Line> lines = new ArrayList<>();
        try (BufferedReader errors = process.errorReader(StandardCharsets.UTF_8)) {
            for (String text = errors.readLine(); text != null; text = errors.readLine()) {
                long now = System.nanoTime();
                lines.add(new Line((now - last) / 1e9, text));
                last = now;
            }
        }
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Run(process.exitValue(), out, lines);
    }

    private Process start(
            Map<String, String> environment, boolean signals, List<String> options, String fake, String... arguments)
            throws IOException {
        Path script = Files.writeString(project.resolve("fake.sh"), fake);
        List<String> command = new ArrayList<>();
        if (signals) {
            // A JVM in the background ignores the signal, and its children inherit that.
            command.addAll(List.of("perl", "-e", "$SIG{INT} = 'DEFAULT'; exec @ARGV"));
        }
        command.add(SCRIPT.toString());
        command.addAll(options);
        command.addAll(List.of("test", "bash", script.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(project.toFile());
        builder.environment().remove("PROGRESS");
        builder.environment().put("PROGRESS_PROJECT", project.toString());
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        return process;
    }
}
