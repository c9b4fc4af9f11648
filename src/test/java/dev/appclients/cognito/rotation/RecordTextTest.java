package dev.appclients.cognito.rotation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.appclients.cognito.model.SecretId;
import dev.appclients.cognito.rotation.RotationRecord.Handled;
import dev.appclients.cognito.rotation.RotationState.Overlap;
import dev.appclients.cognito.rotation.RotationState.Staged;
import dev.appclients.cognito.rotation.RotationState.Steady;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The text in the record Secret. A later version of the operator reads the texts of this one, so a change needs a new field. */
class RecordTextTest {

    private static final Instant DECEMBER = Instant.parse("2026-12-01T00:00:00Z");
    private static final SecretId FIRST = new SecretId("client--1", Instant.parse("2026-09-01T00:00:00Z"));
    private static final SecretId SECOND = new SecretId("client--2", DECEMBER);

    @ParameterizedTest(name = "{0}")
    @MethodSource("golden")
    void aRecordHasThisText(String file, RotationRecord rotation) throws IOException {
        assertThat(RecordText.of(rotation)).isEqualTo(golden(file));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("golden")
    void theTextIsReadBack(String file, RotationRecord rotation) throws IOException {
        assertThat(RecordText.parse(golden(file))).isEqualTo(new RecordText.Usable(rotation));
    }

    static Stream<Arguments> golden() {
        return Stream.of(
                arguments("original", RotationRecord.original(FIRST)),
                arguments(
                        "owed",
                        new RotationRecord(
                                3,
                                new SecretId("client--3", DECEMBER),
                                "client--2",
                                new Handled("monday", "client--9", true),
                                new Steady(Cause.REQUEST))),
                arguments(
                        "staged",
                        new RotationRecord(
                                1,
                                null,
                                null,
                                Handled.NOTHING,
                                new Staged(List.of("client--1"), DECEMBER, DECEMBER.plusSeconds(60), 2, Cause.NEED))),
                arguments(
                        "carried",
                        new RotationRecord(
                                2,
                                SECOND,
                                "client--1",
                                new Handled("monday", null, false),
                                new Overlap(FIRST, DECEMBER, DECEMBER.plusSeconds(9), Cause.REQUEST))),
                arguments(
                        "unknown-previous",
                        new RotationRecord(
                                2, SECOND, null, Handled.NOTHING, new Overlap(null, DECEMBER, null, Cause.SCHEDULE))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "text",
                "[]",
                "null",
                "{}",
                "{\"phase\":\"Steady\",\"revision\":2,\"current\":{\"id\":\"client--1\"}}",
                "{\"phase\":\"Steady\",\"revision\":2,\"current\":{\"created\":\"2026-09-01T00:00:00Z\"}}",
                "{\"phase\":\"Staged\",\"revision\":1,\"baseline\":[],\"since\":\"yesterday\",\"attemptedAt\":\"\",\"cause\":\"NEED\"}",
                "{\"phase\":\"Staged\",\"revision\":1,\"since\":\"2026-12-01T00:00:00Z\",\"attemptedAt\":\"2026-12-01T00:00:00Z\"}",
                "{\"phase\":\"Overlap\",\"revision\":2,\"addedAt\":\"2026-12-01T00:00:00Z\",\"cause\":\"NEED\"}"
            })
    void aMalformedTextIsNoRecord(String text) {
        assertThat(RecordText.parse(text)).isEqualTo(new RecordText.Malformed());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"phase\":\"Tomorrow\",\"revision\":1}",
                "{\"phase\":\"Steady\",\"revision\":2,\"owed\":\"TOMORROW\"}",
                "{\"phase\":\"Staged\",\"revision\":2,\"cause\":\"TOMORROW\"}",
                "{\"version\":2,\"phase\":\"Steady\",\"revision\":2}",
                "{\"version\":2}"
            })
    void aTextOfANewerVersionIsRecognized(String text) {
        assertThat(RecordText.parse(text)).isEqualTo(new RecordText.Newer());
    }

    @Test
    void furtherFieldsAreIgnored() throws IOException {
        String newer = golden("carried").replace("{\"phase\"", "{\"colour\":\"red\",\"more\":{\"a\":[1]},\"phase\"");

        assertThat(RecordText.parse(newer)).isEqualTo(RecordText.parse(golden("carried")));
    }

    private static String golden(String name) throws IOException {
        String file = "/golden/rotation/" + name + ".json";
        try (InputStream text = Objects.requireNonNull(RecordTextTest.class.getResourceAsStream(file), file)) {
            return new String(text.readAllBytes(), UTF_8).strip();
        }
    }
}
