package dev.appclients.cognito.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.appclients.cognito.crash.Strike.Deed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The operator as a process of its own, ended by SIGKILL: shows that a death at the border, by which the other tests of this
 * package end it, leaves exactly the same; and goes on killing at random.
 */
class SigkillIT {

    private static final long SEED = 20_260_701;
    private static final int KILLS = 30;
    private static final int CLIENTS = 10;

    /** A start makes six calls and a create seven: later calls would seldom be reached. */
    private static final int LATEST_CALL = 14;

    private static final int POLLS_AT_REST = 20;

    @TestFactory
    Stream<DynamicTest> sigkillLeavesWhatADeathAtTheBorderLeaves() {
        Rehearsal rehearsal;
        List<Point> points = new ArrayList<>();
        List<Remains> left = new ArrayList<>();
        try (Scene scene = Scene.open()) {
            rehearsal = Rehearsal.of(Scenario.CREATE, scene, "rehearsal");
            for (Moment moment : rehearsal.moments()) {
                // The pool is told of its client side by side with the client's own pass: now before, now after its
                // calls.
                if (moment.toString().contains("clusteruserpools")) {
                    continue;
                }
                // Before and after by turns: the end of one window is the beginning of the next.
                points.add(new Point(moment, points.size() % 2 == 0));
            }
            for (Point point : points) {
                left.add(die(scene, point));
                scene.succeed();
                Scenario.CREATE.assertDone(scene, point.client(), rehearsal.outcome());
            }
        }
        Scene killed = Scene.ofProcesses();
        return Stream.iterate(0, i -> i < points.size(), i -> i + 1)
                .map(i -> DynamicTest.dynamicTest("SIGKILL " + points.get(i), () -> {
                    assertThat(die(killed, points.get(i))).isEqualTo(left.get(i));
                    killed.succeed();
                    Scenario.CREATE.assertDone(killed, points.get(i).client(), rehearsal.outcome());
                }))
                .onClose(killed::close);
    }

    private static Remains die(Scene scene, Point point) {
        scene.calm();
        Strike strike = scene.border().arm(Strike.at(point.moment(), point.deed()));
        Scenario.CREATE.begin(scene, point.client());
        strike.await();
        return Remains.of(scene, point.client());
    }

    @Test
    void thirtyKillsAtRandomDoubleNothingAndLoseNothing() {
        Random random = new Random(SEED);
        try (Scene scene = Scene.ofProcesses()) {
            Map<String, Scenario> last = new HashMap<>();
            for (int kill = 0; kill < KILLS; kill++) {
                Deed deed = random.nextBoolean() ? new Deed.DieBefore() : new Deed.DieAfter();
                Strike strike = scene.border().arm(Strike.atCall(1 + random.nextInt(LATEST_CALL), deed));
                act(scene, random, last, kill);
                awaitStrikeOrRest(scene, strike);
                scene.succeed();
            }
            last.forEach((name, scenario) -> {
                if (scenario == Scenario.DELETE) {
                    Scenario.DELETE.assertDone(scene, name, Map.of());
                } else {
                    scene.stage().eventually().untilAsserted(() -> scene.assertRight(name, scene.settingsOf(name)));
                    assertThat(scene.clientOf(name).setting("AccessTokenValidity"))
                            .hasValueSatisfying(
                                    value -> assertThat(value.asInt()).isEqualTo(scenario == Scenario.UPDATE ? 30 : 1));
                }
                assertThat(scene.creates(name)).as("creates of " + name).isLessThanOrEqualTo(1);
            });
            scene.assertNoOrphan();
        } catch (AssertionError failed) {
            throw new AssertionError("with seed " + SEED, failed);
        }
    }

    /** First every client once, then whatever comes. */
    private static void act(Scene scene, Random random, Map<String, Scenario> last, int round) {
        String name = "web-" + (round < CLIENTS ? round : random.nextInt(CLIENTS));
        if (round < CLIENTS) {
            last.put(name, Scenario.CREATE);
        } else if (last.get(name) == Scenario.DELETE) {
            return;
        } else {
            last.put(name, random.nextInt(3) == 0 ? Scenario.DELETE : Scenario.UPDATE);
        }
        last.get(name).begin(scene, name);
    }

    /** An operator that is at rest before its call comes is killed then: that is a random point too. */
    private static void awaitStrikeOrRest(Scene scene, Strike strike) {
        int[] passed = {0};
        int[] unchanged = {0};
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> {
                    int now = scene.border().passed();
                    unchanged[0] = now > 0 && now == passed[0] ? unchanged[0] + 1 : 0;
                    passed[0] = now;
                    return strike.hasStruck() || unchanged[0] == POLLS_AT_REST;
                });
    }

    /** Where a create is broken off. */
    private record Point(Moment moment, boolean before) {

        Deed deed() {
            return before ? new Deed.DieBefore() : new Deed.DieAfter();
        }

        String client() {
            return "web-" + toString().replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
        }

        @Override
        public String toString() {
            return (before ? "before " : "after ") + moment.toString().toLowerCase(Locale.ROOT);
        }
    }
}
