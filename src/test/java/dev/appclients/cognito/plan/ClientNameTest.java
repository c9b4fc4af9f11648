package dev.appclients.cognito.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientNameTest {

    @ParameterizedTest
    @CsvSource({
        "Web shop, Web shop.0f1e2d3c4b",
        ", shop.web.0f1e2d3c4b",
        "ends.with.dots., ends.with.dots..0f1e2d3c4b",
    })
    void theNameIsReadableInFrontAndOursAtTheEnd(String written, String inCognito) {
        assertThat(ClientName.of(written, "shop", "web", Specs.UID)).isEqualTo(inCognito);
    }

    @Test
    void theLongestNameKeepsItsWholeSuffix() {
        assertThat(ClientName.of("n".repeat(117), "shop", "web", Specs.UID))
                .hasSize(128)
                .isEqualTo("n".repeat(117) + ".0f1e2d3c4b");
        assertThat(ClientName.of(null, "n".repeat(63), "o".repeat(253), Specs.UID))
                .hasSize(128)
                .endsWith("o.0f1e2d3c4b");
    }

    @ParameterizedTest
    @CsvSource({
        "shop.web.0f1e2d3c4b, true",
        "renamed.0f1e2d3c4b, true",
        "shop.web, false",
        "shop.web.0f1e2d3c4b.bak, false",
        "shop.web0f1e2d3c4b, false",
        "shop.web.0F1E2D3C4B, false",
        "shop.web.1111111111, false",
    })
    void onlyTheSuffixOfThisVeryObjectMakesAClientOurs(String name, boolean ours) {
        assertThat(ClientName.isOurs(name, Specs.UID)).isEqualTo(ours);
    }
}
