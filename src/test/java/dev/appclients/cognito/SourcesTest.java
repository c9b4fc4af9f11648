package dev.appclients.cognito;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/** Rules that no compiler checks: sizes, explanations and leftovers. */
class SourcesTest {

    private static final List<Path> MAIN = List.of(Path.of("src/main/java"), Path.of("src/crd/java"));
    private static final List<Path> TEST = List.of(Path.of("src/test/java"));
    private static final int LONGEST_FILE = 300;
    private static final int LONGEST_METHOD = 40;
    private static final int LONGEST_TEST = 500;
    private static final Pattern OPENS_WITH_A_SENTENCE =
            Pattern.compile("^/\\*\\*\\s*(\\* )?[A-Z].*\\.\\s*\\*/\\s*@NullMarked\\s*package ", Pattern.DOTALL);

    @Test
    void noFileIsLong() {
        assertThat(files(MAIN)).filteredOn(longerThan(LONGEST_FILE)).isEmpty();
        assertThat(files(TEST)).filteredOn(longerThan(LONGEST_TEST)).isEmpty();
    }

    @Test
    void noMethodIsLong() throws IOException {
        assertThat(methodsLongerThan(LONGEST_METHOD)).isEmpty();
    }

    @Test
    void everyPackageHasADescriptionAndIsNullMarked() {
        List<Path> packages =
                files(MAIN).stream().map(Path::getParent).distinct().toList();
        assertThat(packages).allSatisfy(directory -> {
            Path info = directory.resolve("package-info.java");
            assertThat(info).exists();
            assertThat(text(info)).containsPattern(OPENS_WITH_A_SENTENCE);
        });
    }

    @Test
    void everySuppressionHasAnExplanation() {
        assertThat(files(MAIN)).allSatisfy(file -> {
            List<String> lines = text(file).lines().toList();
            assertThat(IntStream.range(0, lines.size())
                            .filter(i -> lines.get(i).contains("@SuppressWarnings"))
                            .filter(i -> !lines.get(i).contains("//")
                                    && !lines.get(Math.max(0, i - 1)).strip().startsWith("//"))
                            .mapToObj(lines::get))
                    .as("suppressions without an explanation in %s", file)
                    .isEmpty();
        });
    }

    @Test
    void noSourceHasLeftovers() {
        // Concatenated, so that this file does not match.
        Pattern leftover = Pattern.compile(
                String.join("|", "TO" + "DO", "FIX" + "ME", "XX" + "X", "@Dis" + "abled", "Thread\\.sl" + "eep"));
        assertThat(Stream.of(MAIN, TEST).flatMap(root -> files(root).stream()))
                .filteredOn(file -> leftover.matcher(text(file)).find())
                .isEmpty();
    }

    private static List<String> methodsLongerThan(int lines) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<String> found = new ArrayList<>();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, UTF_8)) {
            JavacTask task = (JavacTask)
                    compiler.getTask(null, manager, null, null, null, manager.getJavaFileObjectsFromPaths(files(MAIN)));
            SourcePositions positions = Trees.instance(task).getSourcePositions();
            for (CompilationUnitTree unit : task.parse()) {
                new TreeScanner<Void, Void>() {
                    @Override
                    public Void visitMethod(MethodTree method, Void nothing) {
                        LineMap map = unit.getLineMap();
                        long length = map.getLineNumber(positions.getEndPosition(unit, method))
                                - map.getLineNumber(positions.getStartPosition(unit, method))
                                + 1;
                        if (length > lines) {
                            found.add(unit.getSourceFile().getName() + " " + method.getName() + ": " + length);
                        }
                        return super.visitMethod(method, nothing);
                    }
                }.scan(unit, null);
            }
        }
        return found;
    }

    private static Predicate<Path> longerThan(int lines) {
        return file -> text(file).lines().count() > lines;
    }

    private static List<Path> files(List<Path> roots) {
        return roots.stream().flatMap(root -> files(root).stream()).toList();
    }

    private static List<Path> files(Path root) {
        try (Stream<Path> tree = Files.walk(root)) {
            return tree.filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
