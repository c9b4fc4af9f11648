package dev.appclients.cognito.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The simulator's page documents every switch, operation and kind of fault. */
class DocumentationTest {

    private final String page = read();

    @Test
    void everySwitchIsDocumentedWithItsMeaningAndDefault() {
        assertThat(Arrays.stream(Switch.values())
                        .map(each -> "| `" + each + "` | " + (each.initially() ? "on" : "off") + " | " + each.meaning()
                                + " |"))
                .allSatisfy(row -> assertThat(page).contains(row));
    }

    @Test
    void everyOperationIsDocumented() {
        assertThat(Arrays.stream(Operation.values()).map(each -> "`" + each.wireName() + "`"))
                .allSatisfy(name -> assertThat(page).contains(name));
    }

    @Test
    void everyKindOfFaultIsDocumented() {
        assertThat(Stream.of(
                        "ERROR_BEFORE",
                        "ERROR_AFTER",
                        "DROP_BEFORE",
                        "DROP_AFTER",
                        "RESET_AFTER",
                        "COMMIT_LATE",
                        "PAUSE",
                        "LATENCY",
                        "THROTTLE",
                        "EXPIRED_CREDENTIALS"))
                .allSatisfy(kind -> assertThat(page).contains("| `" + kind + "` |"));
    }

    private static String read() {
        try {
            return Files.readString(Path.of("src/docs/simulator.md"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
