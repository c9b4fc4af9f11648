package dev.appclients.cognito.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.appclients.cognito.bench.Options.Part;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The options of {@code make bench}. */
class OptionsTest {

    @Test
    void withoutOptionsTheShortPartsRunWithTheirDefaults() {
        Options options = parse();

        assertThat(options.parts())
                .doesNotContain(Part.OUTAGE, Part.SCALE, Part.SCALE_QUOTAS, Part.FLOODS, Part.COPIES);
        assertThat(options.clients()).isEqualTo(1_000);
        assertThat(options.scaleClients()).isEqualTo(10_000);
        assertThat(options.floodClients()).isEqualTo(5_000);
        assertThat(options.memoryLimit()).isEqualTo(256);
        assertThat(options.outage()).isEqualTo(Duration.ofMinutes(10));
    }

    @Test
    void theNumberOfClientsAppliesToEveryPart() {
        Options options = parse("--clients", "20000");

        assertThat(options.clients()).isEqualTo(20_000);
        assertThat(options.scaleClients()).isEqualTo(20_000);
        assertThat(options.floodClients()).isEqualTo(20_000);
    }

    @Test
    void partsAndFloodsAreNamedAsTheUsageNamesThem() {
        Options options = parse("--only", "scale,scale-quotas,floods", "--floods", "domain, upgrade");

        assertThat(options.parts()).containsExactlyInAnyOrder(Part.SCALE, Part.SCALE_QUOTAS, Part.FLOODS);
        assertThat(options.floods()).containsExactlyInAnyOrder(Flood.DOMAIN, Flood.UPGRADE);
    }

    @ParameterizedTest
    @CsvSource({
        "--clients, 20001",
        "--clients, 0",
        "--clients, many",
        "--only, scales",
        "--floods, rain",
        "--memory-limit, -1",
        "--pools, 3"
    })
    void anInvalidOptionIsRefusedWithTheUsage(String option, String value) {
        assertThatThrownBy(() -> parse(option, value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("make bench ARGS=")
                .hasMessageContaining("scale-quotas");
    }

    @Test
    void anOptionWithoutAValueIsRefused() {
        assertThatThrownBy(() -> parse("--clients")).hasMessageContaining("--clients needs a value");
    }

    private static Options parse(String... words) {
        return Options.parse(words);
    }
}
