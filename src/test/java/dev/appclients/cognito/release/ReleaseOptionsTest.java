package dev.appclients.cognito.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReleaseOptionsTest {

    @Test
    void everyArgumentReplacesItsDefault() {
        assertThat(ReleaseOptions.parse(List.of())).isEqualTo(ReleaseOptions.DEFAULT);
        assertThat(ReleaseOptions.parse(List.of(
                        "--version",
                        "1.2.3",
                        "--image",
                        "localhost:5000/a/b",
                        "--arch",
                        "amd64",
                        "--images",
                        "target/image")))
                .isEqualTo(new ReleaseOptions("1.2.3", "localhost:5000/a/b", "amd64", Path.of("target/image")));
    }

    @ParameterizedTest
    @CsvSource({
        "--verison 1, The argument '--verison' is unknown.",
        "--version, The argument '--version' needs a value.",
        "--image --arch, The argument '--image' needs a value.",
        "--image a/b:1, The argument '--image' takes no tag and no digest. The tag is the version.",
        "--image a/b@sha256:1, The argument '--image' takes no tag and no digest. The tag is the version."
    })
    void anImpossibleArgumentIsRefused(String words, String message) {
        assertThatThrownBy(() -> ReleaseOptions.parse(List.of(words.split(" "))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }
}
