package dev.appclients.cognito.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExcerptTest {

    private static final String KEY = "\uD83D\uDD11";

    @ParameterizedTest
    @CsvSource({"abc, 3, abc", "abcd, 3, ab…", "abcd, 1, …", "'', 1, ''"})
    void aLongStringIsCutAndEndsInAnEllipsis(String text, int most, String excerpt) {
        assertThat(Excerpt.of(text, most)).isEqualTo(excerpt);
    }

    @Test
    void charactersAreCountedAsInTheApiServerAndNeverSplit() {
        assertThat(Excerpt.of(KEY.repeat(4), 4)).isEqualTo(KEY.repeat(4));
        assertThat(Excerpt.of("a" + KEY.repeat(4), 4)).isEqualTo("a" + KEY + KEY + "…");
    }

    @Test
    void aRequestThatFitsIsEchoedUnchanged() {
        assertThat(EchoedRequest.of("2026-11-28T08:00:00Z")).isEqualTo("2026-11-28T08:00:00Z");
        assertThat(EchoedRequest.of(KEY.repeat(1024))).isEqualTo(KEY.repeat(1024));
    }

    @Test
    void longRequestsWithTheSameBeginningStayDifferentAndFit() {
        String one = EchoedRequest.of("x".repeat(5_000) + "1");
        String other = EchoedRequest.of("x".repeat(5_000) + "2");

        assertThat(one).isNotEqualTo(other).hasSizeLessThanOrEqualTo(1024);
        assertThat(EchoedRequest.of("x".repeat(5_000) + "1")).isEqualTo(one);
    }
}
