package dev.appclients.cognito.operations;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The commands of the page on operations. */
final class OperationsPage {

    static final Path PAGE = Path.of("src/docs/operations.md");

    private static final Pattern BLOCK = Pattern.compile("(?ms)^ *```sh\\n(.*?)^ *```$");

    private OperationsPage() {}

    static String text() {
        try {
            return Files.readString(PAGE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The only block of commands with this text. */
    static String block(String text) {
        List<String> blocks = BLOCK.matcher(text())
                .results()
                .map(MatchResult::group)
                .filter(block -> block.contains(text))
                .map(block -> block.replaceAll("(?m)^ *```(sh)?$", ""))
                .toList();
        assertThat(blocks).as("blocks of the page with '%s'", text).hasSize(1);
        return blocks.getFirst();
    }

    /** The only command that begins like this and contains the other texts, with its continued lines, without its comment. */
    static String command(String start, String... texts) {
        List<String> commands = BLOCK.matcher(text())
                .results()
                .flatMap(block -> block.group(1).replaceAll("\\\\\\n *", "").lines())
                .map(line -> line.replaceFirst(" {2,}# .*", "").strip())
                .filter(line -> line.startsWith(start) && Stream.of(texts).allMatch(line::contains))
                .toList();
        assertThat(commands)
                .as("commands of the page that begin with '%s'", start)
                .hasSize(1);
        return commands.getFirst();
    }
}
