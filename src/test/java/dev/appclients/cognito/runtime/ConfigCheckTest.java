package dev.appclients.cognito.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every setting has bounds, and every invalid value is reported in one line. */
class ConfigCheckTest {

    @Test
    void theDefaultsAreValid() {
        ConfigCheck check = check(Map.of());

        assertThat(check.violations()).isEmpty();
        assertThat(check.config()).hasValueSatisfying(config -> {
            assertThat(config.leaseDuration()).isEqualTo(Duration.ofSeconds(15));
            assertThat(config.driftCheckInterval()).isEqualTo(Duration.ofHours(1));
            assertThat(config.poolInterval()).isEqualTo(Duration.ofMinutes(10));
            assertThat(config.createSettlesAfter()).isEqualTo(Duration.ofMinutes(1));
            assertThat(config.stopTimeout()).isEqualTo(Duration.ofSeconds(15));
            assertThat(config.quotaShare()).isEqualTo(0.8);
            assertThat(config.listPageSize()).isEqualTo(250);
            assertThat(config.leaderElection()).isTrue();
            assertThat(config.quotas()).isTrue();
            assertThat(config.namespace()).isEmpty();
        });
    }

    @ParameterizedTest(name = "{0}={1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "lease-duration       | 6s",
                "lease-duration       | 5m",
                "drift-check-interval | 10m",
                "drift-check-interval | 7d",
                "pool-interval        | 10s",
                "pool-interval        | 24h",
                "create-settles-after | 10s",
                "create-settles-after | 1h",
                "stop-timeout         | 1s",
                "stop-timeout         | 10m",
                "quota-share          | 0.01",
                "quota-share          | 1",
                "quotas               | FALSE",
                "list-page-size       | 10",
                "list-page-size       | 5000",
                "cluster-name         | shop/eu: one",
                "namespace            | cognito-client-operator",
                "identity             | pod-0",
                "watch-namespaces     | 'shop, team-c'",
                "watch-namespaces     | ''",
            })
    void theBoundsThemselvesAreValid(String name, String value) {
        assertThat(check(Map.of(name, value)).violations()).isEmpty();
    }

    @ParameterizedTest(name = "{0}={1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "lease-duration       | 5s     | a duration from 6s to 5m",
                "lease-duration       | 6m     | a duration from 6s to 5m",
                "lease-duration       | soon   | a duration from 6s to 5m",
                "drift-check-interval | 0s     | a duration from 10m to 7d",
                "drift-check-interval | -1h    | a duration from 10m to 7d",
                "drift-check-interval | 8d     | a duration from 10m to 7d",
                "pool-interval        | 0      | a duration from 10s to 24h",
                "list-page-size       | 0      | a whole number from 10 to 5000",
                "list-page-size       | 5001   | a whole number from 10 to 5000",
                "list-page-size       | all    | a whole number from 10 to 5000",
                "pool-interval        | 25h    | a duration from 10s to 24h",
                "create-settles-after | 8s     | a duration from 10s to 1h",
                "create-settles-after | 2h     | a duration from 10s to 1h",
                "stop-timeout         | 0s     | a duration from 1s to 10m",
                "stop-timeout         | 11m    | a duration from 1s to 10m",
                "quota-share          | 0      | a number above 0 and at most 1",
                "quota-share          | 1.1    | a number above 0 and at most 1",
                "quota-share          | -1     | a number above 0 and at most 1",
                "quota-share          | NaN    | a number above 0 and at most 1",
                "quota-share          | half   | a number above 0 and at most 1",
                "quotas               | no     | true or false",
                "leader-election      | off    | true or false",
                "namespace            | My_Own | the name of a Namespace",
                "watch-namespaces     | shop,Team C | names of Namespaces, separated by commas",
                "watch-namespaces     | shop,  | names of Namespaces, separated by commas",
                "identity             | pod 0  | 1 to 253 printable ASCII characters without blanks",
                "cluster-name         | a*b    | 1 to 100 letters, digits, blanks and characters of _.:/=+-@",
            })
    void anInvalidValueIsReportedWithItsVariableAndItsBounds(String name, String value, String bounds) {
        ConfigCheck check = check(Map.of(name, value));

        String variable =
                "COGNITO_CLIENT_OPERATOR_" + name.toUpperCase(Locale.ROOT).replace('-', '_');
        assertThat(check.violations()).containsExactly(variable + " is '" + value + "'. It must be " + bounds + ".");
        assertThat(check.config()).isEmpty();
    }

    @Test
    void anEmptyValueAndALineBreakAreReportedToo() {
        assertThat(check(Map.of("pool-interval", "")).violations())
                .containsExactly("COGNITO_CLIENT_OPERATOR_POOL_INTERVAL is ''. It must be a duration from 10s to 24h.");
        assertThat(check(Map.of("quotas", "a\nERROR forged")).violations())
                .singleElement()
                .asString()
                .doesNotContain("\n");
    }

    @Test
    void allNamespacesAreServedUnlessTheSettingNamesThem() {
        assertThat(check(Map.of()).config().orElseThrow().watchNamespaces()).isEmpty();
        assertThat(check(Map.of("watch-namespaces", "shop, team-c"))
                        .config()
                        .orElseThrow()
                        .watchNamespaces())
                .containsExactlyInAnyOrder("shop", "team-c");
    }

    @Test
    void aListOfFiftyNamespacesIsAcceptedAndALongerOneIsRefused() {
        ConfigCheck fifty = check(Map.of("watch-namespaces", namespaces(50)));
        ConfigCheck more = check(Map.of("watch-namespaces", namespaces(51)));

        assertThat(fifty.config().orElseThrow().watchNamespaces()).hasSize(50);
        assertThat(more.violations())
                .containsExactly("COGNITO_CLIENT_OPERATOR_WATCH_NAMESPACES has 51 names. It must have at most 50."
                        + " Serve the whole cluster instead, or split the list between operators.");
        assertThat(more.config()).isEmpty();
    }

    private static String namespaces(int count) {
        return IntStream.range(0, count).mapToObj(i -> "team-" + i).collect(Collectors.joining(","));
    }

    @Test
    void allInvalidValuesAreReportedAtOnce() {
        assertThat(check(Map.of("quota-share", "2", "stop-timeout", "0s", "quotas", "maybe"))
                        .violations())
                .hasSize(3);
    }

    @ParameterizedTest(name = "lease {0}")
    @CsvSource({"6s, 3200, 1200", "15s, 8000, 3000", "5m, 8000, 3000"})
    void aCallEndsBeforeAnotherReplicaCanLead(String lease, long call, long connect) {
        BoundedConfig config = check(Map.of("lease-duration", lease)).config().orElseThrow();

        assertThat(config.callTimeout()).isEqualTo(Duration.ofMillis(call));
        assertThat(config.connectTimeout()).isEqualTo(Duration.ofMillis(connect));
        assertThat(config.callTimeout())
                .as("the renew deadline")
                .isLessThan(config.leaseDuration().multipliedBy(2).dividedBy(3));
    }

    /** A component that the check omits would have no bounds. */
    @Test
    void everySettingIsChecked() {
        assertThat(Arrays.stream(BoundedConfig.class.getRecordComponents())
                        .map(RecordComponent::getName)
                        .collect(Collectors.toSet()))
                .isEqualTo(Arrays.stream(OperatorConfig.class.getDeclaredMethods())
                        .map(Method::getName)
                        .collect(Collectors.toSet()));
    }

    @Test
    void everySettingIsDocumented() throws IOException {
        String page = Files.readString(Path.of("src/docs/install.md"));

        assertThat(Arrays.stream(OperatorConfig.class.getDeclaredMethods())
                        .map(setting -> "| `COGNITO_CLIENT_OPERATOR_"
                                + setting.getName().replaceAll("([A-Z])", "_$1").toUpperCase(Locale.ROOT)
                                + "` |"))
                .allMatch(page::contains);
    }

    private static ConfigCheck check(Map<String, String> written) {
        Map<String, String> properties = new HashMap<>();
        written.forEach((name, value) -> properties.put("cognito-client-operator." + name, value));
        return ConfigCheck.of(new SmallRyeConfigBuilder()
                .withMapping(OperatorConfig.class)
                .withSources(new PropertiesConfigSource(properties, "written", 100))
                .build()
                .getConfigMapping(OperatorConfig.class));
    }
}
