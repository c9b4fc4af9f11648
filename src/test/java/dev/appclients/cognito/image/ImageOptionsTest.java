package dev.appclients.cognito.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageOptionsTest {

    @Test
    void withoutArgumentsItBuildsOneArchitectureFromDebian() {
        assertThat(ImageOptions.parse(List.of())).isEqualTo(ImageOptions.DEFAULT);
        assertThat(ImageOptions.DEFAULT.base()).isNull();
        assertThat(ImageOptions.DEFAULT.arches()).containsExactly(ImageArch.AMD64);
    }

    @Test
    void itReadsEveryArgument() {
        ImageOptions options = ImageOptions.parse(List.of(
                "--base",
                "example.org/base:1",
                "--arch",
                "arm64,amd64",
                "--tag",
                "operator:2",
                "--no-cache",
                "--locked"));

        assertThat(options.base()).isEqualTo("example.org/base:1");
        assertThat(options.arches()).containsExactly(ImageArch.ARM64, ImageArch.AMD64);
        assertThat(options.tag()).isEqualTo("operator:2");
        assertThat(options.cache()).isFalse();
        assertThat(options.locked()).isTrue();
        assertThat(ImageOptions.parse(List.of("--update-packages")).updatePackages())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "--colour, The argument '--colour' is unknown.",
        "--tag, The argument '--tag' needs a value.",
        "--arch riscv64, 'The architecture ''riscv64'' is unknown. Choose from amd64, arm64.'",
    })
    void itRefusesAnInvalidArgument(String words, String message) {
        assertThatThrownBy(() -> ImageOptions.parse(List.of(words.split(" ")))).hasMessage(message);
    }
}
