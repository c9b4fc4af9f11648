package dev.appclients.cognito.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ReleaseCheckTest {

    private static final String COMPLETE = "# Changelog\n\n## [Unreleased]\n\n## [1.2.0] - 2026-12-01\n\n- A change.\n";

    static Stream<Arguments> refused() {
        return Stream.of(
                Arguments.of("1.2.0-SNAPSHOT", "", COMPLETE, "The version '1.2.0-SNAPSHOT' is not of the form 1.2.3"),
                Arguments.of("v1.2.0", "", COMPLETE, "The version 'v1.2.0' is not of the form 1.2.3"),
                Arguments.of("1.02.0", "", COMPLETE, "The version '1.02.0' is not of the form 1.2.3"),
                Arguments.of("1.2.0", " M pom.xml\n", COMPLETE, "Commit or remove the changes:\n   M pom.xml"),
                Arguments.of("1.2.0", "?? new.txt\n", COMPLETE, "Commit or remove the changes:\n  ?? new.txt"),
                Arguments.of("1.3.0", "", COMPLETE, "CHANGELOG.md has no section '## [1.3.0]'"),
                Arguments.of(
                        "1.2.0", "", "## [1.2.0] - 2026-12-01\n\n## [1.1.0]\n- Old.\n", "of CHANGELOG.md is empty"),
                Arguments.of("1.2.0", "", "## [1.2.0]\n\n- A change.\n", "of CHANGELOG.md has no date"));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void aReleaseIsRefusedWithTheRemedy(String version, String status, String changelog, String message) {
        assertThat(ReleaseCheck.refusals(version, status, new Changelog(changelog)))
                .anySatisfy(refusal -> assertThat(refusal).contains(message));
    }

    @ParameterizedTest
    @MethodSource("complete")
    void aCleanTreeWithADescribedVersionIsReleased(String version, String changelog) {
        assertThat(ReleaseCheck.refusals(version, "", new Changelog(changelog))).isEmpty();
    }

    static Stream<Arguments> complete() {
        return Stream.of(
                Arguments.of("1.2.0", COMPLETE),
                Arguments.of("1.2.0-rc.1", "## [1.2.0-rc.1] - 2026-12-01\n- A change.\n"));
    }

    @Test
    void allReasonsAreNamedAtOnceAndALongListIsCut() {
        String status = IntStream.range(0, 12).mapToObj(n -> "?? file" + n).collect(Collectors.joining("\n"));

        assertThat(ReleaseCheck.refusals("x", status, new Changelog("")))
                .hasSize(3)
                .anySatisfy(refusal -> assertThat(refusal).endsWith("?? file9\n  and 2 more"));
    }

    @Test
    void aSectionEndsAtTheNextVersion() {
        assertThat(new Changelog(
                                "## [2.0.0] - 2026-12-02\n\n### Added\n\n- New.\n\n## [1.0.0] - 2026-01-01\n\n- Old.\n")
                        .section("2.0.0"))
                .hasValue(new Changelog.Section("2026-12-02", "### Added\n\n- New."));
    }
}
