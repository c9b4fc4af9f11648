package dev.appclients.cognito.aws.cognito;

import static dev.appclients.cognito.aws.cognito.SimulatedCognito.SHOP;
import static dev.appclients.cognito.aws.cognito.SimulatedCognito.access;
import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.aws.AppClients.Priority;
import dev.appclients.cognito.drift.Desired;
import dev.appclients.cognito.drift.RandomSpec;
import dev.appclients.cognito.drift.Respelling;
import dev.appclients.cognito.drift.Seeds;
import dev.appclients.cognito.failure.AwsCallException;
import dev.appclients.cognito.failure.FailureKind;
import dev.appclients.cognito.model.AppClient;
import dev.appclients.cognito.plan.DesiredClient;
import dev.appclients.cognito.plan.Drift;
import dev.appclients.cognito.simulator.Switch;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Settings read back as written, for any spec and on any side of each disputed fact. Each case is a random spec in a service with
 * random switches.
 */
class ZeroDriftTest {

    private static final int CASES = 400;

    private final SimulatedCognito cognito = new SimulatedCognito();
    private final Map<String, Integer> clientsBySide = new TreeMap<>();

    @BeforeEach
    void createDependenciesOfAllSpecs() {
        cognito.simulator
                .pool(SHOP.value())
                .clientLimit(10_000)
                .resourceServer("orders", "read", "write")
                .identityProvider("Firma Ä", "SAML")
                .attribute("custom:tenant", true, false);
        cognito.simulator.access().key("AKIAOPERATOR", "123456789012", "operator");
        cognito.simulator.switches().lag(Duration.ZERO);
        learnTheServicesClock();
    }

    /** The SDK keeps one clock offset per process, and another test may have changed it. */
    private void learnTheServicesClock() {
        cognito.simulator.switches().set(Switch.SIGNATURE_TIME_CHECKED, true);
        try {
            cognito.appClients.describePool(access("shop"), null);
        } catch (AwsCallException expected) {
            assertThat(expected.failure().kind()).isEqualTo(FailureKind.CREDENTIALS);
        }
    }

    @AfterEach
    void close() {
        cognito.close();
    }

    @Test
    void appliedSettingsReadBackWithoutDriftOnEachSideOfEachDisputedFact() {
        Seeds.cases(CASES).forEach(seed -> {
            String about = turnTheSwitches(Seeds.random(seed)) + " " + RandomSpec.of(seed);
            DesiredClient first = Desired.of(RandomSpec.of(seed));
            DesiredClient second = another(seed, first);
            made(seed, about, first).ifPresent(id -> {
                assertNoDifference(seed, "first " + about, first, id);
                if (accepted(seed, about, second, () -> update(id, second))) {
                    assertNoDifference(seed, "second " + RandomSpec.of(seed) + about, second, id);
                }
            });
        });

        if (Long.getLong("property.seed") == null) {
            assertThat(clientsBySide.keySet())
                    .as("sides of switches on which a client was created")
                    .hasSize(2 * Switch.values().length);
            assertThat(clientsBySide.values())
                    .as("clients created on each side: %s", clientsBySide)
                    .allMatch(count -> count > CASES / 5);
        }
    }

    @Test
    void oneUpdateCorrectsAClientThatAnotherToolCreated() {
        Seeds.cases(CASES / 4).forEach(seed -> {
            String about = turnTheSwitches(Seeds.random(seed)) + " " + RandomSpec.of(seed);
            DesiredClient desired = another(seed, true);
            String id = cognito.simulator
                    .createForeignClient(SHOP.value(), desired.settings().clientName())
                    .clientId();
            if (accepted(seed, about, desired, () -> update(id, desired))) {
                assertNoDifference(seed, about, desired, id);
            }
        });
    }

    @Test
    void anotherSpellingByTheServiceIsNoDrift() {
        Seeds.cases(CASES / 2).forEach(seed -> {
            String about = turnTheSwitches(Seeds.random(seed)) + " " + RandomSpec.of(seed);
            DesiredClient desired = Desired.of(RandomSpec.of(seed));
            made(seed, about, desired).ifPresent(id -> {
                var changes = Respelling.of(cognito.simulator.client(SHOP.value(), id), Seeds.random(~seed));
                cognito.simulator.changeClient(SHOP.value(), id, changes);
                assertNoDifference(seed, "respelled as " + changes + " " + about, desired, id);
            });
        });
    }

    private Optional<String> made(long seed, String about, DesiredClient desired) {
        StringBuilder id = new StringBuilder();
        boolean created = accepted(seed, about, desired, () -> {
            AppClient answer =
                    cognito.appClients.create(access("shop"), desired.settings(), desired.confidential(), () -> true);
            id.append(answer.clientId());
            return answer;
        });
        return created ? Optional.of(id.toString()) : Optional.empty();
    }

    private AppClient update(String id, DesiredClient desired) {
        return cognito.appClients.update(access("shop"), id, desired.settings(), () -> true);
    }

    /** Makes the call and compares its answer. Returns whether Cognito accepted it: it may refuse disputed settings only. */
    private boolean accepted(long seed, String about, DesiredClient desired, Supplier<AppClient> call) {
        try {
            AppClient answer = call.get();
            assertThat(Drift.between(desired.settings(), answer.settings()))
                    .as("the answer to %s", Seeds.replay(seed, about))
                    .isEmpty();
            cognito.simulator
                    .switches()
                    .all()
                    .forEach((which, on) -> clientsBySide.merge(which + "=" + on, 1, Integer::sum));
            return true;
        } catch (AwsCallException refused) {
            assertThat(refused.failure().kind())
                    .as("%s for %s", refused.failure(), Seeds.replay(seed, about))
                    .isEqualTo(FailureKind.INVALID_SETTINGS);
            assertThat(Desired.isDisputed(desired))
                    .as("whether it is disputed that %s, for %s", refused.failure(), Seeds.replay(seed, about))
                    .isTrue();
            return false;
        }
    }

    private void assertNoDifference(long seed, String about, DesiredClient desired, String id) {
        AppClient found = cognito.appClients.describe(access("shop"), id, Priority.USER);
        assertThat(Drift.between(desired.settings(), found.settings()))
                .as(Seeds.replay(seed, about))
                .isEmpty();
    }

    /** A second spec, to which a client of the first can be updated. */
    private static DesiredClient another(long seed, DesiredClient first) {
        return another(seed, first.confidential());
    }

    private static DesiredClient another(long seed, boolean confidential) {
        return LongStream.iterate(seed + 1_000_000, next -> next + 1)
                .mapToObj(RandomSpec::of)
                .map(Desired::of)
                .filter(desired -> desired.confidential() == confidential)
                .findFirst()
                .orElseThrow();
    }

    private String turnTheSwitches(Random random) {
        for (Switch which : Switch.values()) {
            cognito.simulator.switches().set(which, random.nextBoolean());
        }
        return cognito.simulator.switches().all().toString();
    }
}
