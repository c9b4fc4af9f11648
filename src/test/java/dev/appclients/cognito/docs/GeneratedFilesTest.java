package dev.appclients.cognito.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GeneratedFilesTest {
    static Stream<String> names() {
        return GeneratedFiles.all().keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("names")
    void theCommittedFileEqualsTheGeneratedOne(String name) throws IOException {
        assertThat(Path.of(name))
                .as("%s is out of date; run: make generate", name)
                .exists()
                .content()
                .isEqualTo(GeneratedFiles.all().get(name));
    }

    @Test
    void theDirectoryOfCrdsHasNoOtherFile() throws IOException {
        try (var committed = Files.list(Path.of("crds"))) {
            assertThat(committed.map(Path::toString)).allMatch(GeneratedFiles.all()::containsKey);
        }
    }

    @Test
    void everyFieldOfEverySpecHasFacts() {
        assertThat(GeneratedFiles.definitions())
                .allSatisfy(
                        crd -> assertThat(FieldFacts.of(crd.getSpec().getNames().getKind())
                                        .keySet())
                                .containsExactlyInAnyOrderElementsOf(
                                        Fields.of(crd, "spec").keySet()));
    }
}
