package dev.appclients.cognito.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.monitoring.PromQl.Selector;
import org.junit.jupiter.api.Test;

class PromQlTest {

    @Test
    void metricsAndLabelsAreFound() {
        PromQl expression = PromQl.of("""
                sum by (region, le) (rate(one_total{a="x", b!~"y|z"}[5m])) / on () group_left (c) max(two) > 0.5
                and ignoring (d) three == 1e3 unless absent(four)
                """);

        assertThat(expression.selectors())
                .extracting(Selector::metric)
                .containsExactlyInAnyOrder("one_total", "two", "three", "four");
        assertThat(expression.labels()).containsExactlyInAnyOrder("a", "b", "c", "d", "le", "region");
        Selector one = expression.selectors().getFirst();
        assertThat(one.admits("a", "x")).isTrue();
        assertThat(one.admits("a", "y")).isFalse();
        assertThat(one.admits("b", "z")).isFalse();
        assertThat(one.admits("c", "anything")).isTrue();
    }
}
