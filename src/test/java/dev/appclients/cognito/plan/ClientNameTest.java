package dev.appclients.cognito.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientNameTest {

    @ParameterizedTest
    @CsvSource({
        "Web shop, Web shop.0f1e2d3c4b",
        ", shop.web.0f1e2d3c4b",
        "ends.with.dots., ends.with.dots..0f1e2d3c4b",
    })
    void theNameBeginsReadableAndEndsWithTheSuffix(String written, String inCognito) {
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
    void onlyTheSuffixOfTheSameUidProvesOwnership(String name, boolean ours) {
        assertThat(ClientName.isOurs(name, Specs.UID)).isEqualTo(ours);
    }

    @ParameterizedTest(name = "''{0}'' is reserved: {1}")
    @CsvSource({
        "x.0f1e2d3c4b, true",
        "x.0F1E2D3C4B, true",
        "'x.0f1e2d3c4b   ', true",
        "'x.0f1e2d3c4b	 ', true",
        ".0f1e2d3c4b, true",
        "x.1111111111, true",
        "x0f1e2d3c4b, false",
        "x.0f1e2d3c4, false",
        "x.0f1e2d3c4b5, false",
        "x.0f1e2d3c4g, false",
        "x.0f1e2d3c4b.bak, false",
        "Web shop, false",
        "'', false",
    })
    void aNameThatEndsInOrResemblesASuffixIsReserved(String name, boolean reserved) {
        assertThat(ClientName.isReserved(name)).isEqualTo(reserved);
    }

    @ParameterizedTest
    @ValueSource(ints = {117, 128})
    void aNameThatEndsInASuffixAfterTheCutIsReserved(int cut) {
        String suffix = ClientName.suffix(Specs.UID);
        String name = "x".repeat(cut - suffix.length()) + suffix;

        assertThat(ClientName.isReserved(name + "and more")).isTrue();
        assertThat(ClientName.isReserved("x" + name + "and more")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"x.0f1e2d3c4b", "x.0F1E2D3C4B", "x.0f1e2d3c4b  "})
    void theEndOfANameMatchesTheSuffixThatItResembles(String name) {
        assertThat(ClientName.endOf(name)).isEqualTo(ClientName.suffix(Specs.UID));
    }
}
