package dev.appclients.cognito.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.appclients.cognito.controller.Stage;
import dev.appclients.cognito.crash.InjectedFault.Effect;
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
 * Runs the operator as a process and ends it by SIGKILL. Shows that SIGKILL leaves the same state as the simulated crash of the
 * other tests, and kills at random calls.
 */
class SigkillIT {

    private static final long SEED = 20_260_701;
    private static final int KILLS = 20;
    private static final int CLIENTS = 10;

    /** A start makes six calls and a create seven, so that later calls are rare. */
    private static final int LATEST_CALL = 14;

    private static final int POLLS_AT_REST = 20;

    @TestFactory
    Stream<DynamicTest> sigkillDuringACreateLeavesTheSameStateAsASimulatedCrash() {
        return sigkillLeavesTheSameState(Scenario.CREATE);
    }

    @TestFactory
    Stream<DynamicTest> sigkillDuringARotationLeavesTheSameStateAsASimulatedCrash() {
        return sigkillLeavesTheSameState(Scenario.ROTATE);
    }

    private static Stream<DynamicTest> sigkillLeavesTheSameState(Scenario scenario) {
        ReferenceRun reference;
        List<Point> points = new ArrayList<>();
        List<StateAfterCrash> left = new ArrayList<>();
        try (Scene scene = Scene.open()) {
            reference = ReferenceRun.of(scenario, scene, "reference");
            for (NthCall nthCall : reference.calls()) {
                // The pool is reconciled in parallel to the client, before or after its calls.
                if (!nthCall.call().isRead() && !nthCall.toString().contains("clusteruserpools")) {
                    // Alternates before and after: the end of one window is the start of the next.
                    points.add(new Point(nthCall, points.size() % 2 == 0));
                }
            }
            for (Point point : points) {
                left.add(crashAt(scene, scenario, point));
                scene.crashAndRestart();
                scenario.assertDone(scene, point.client(), reference.outcome());
            }
        }
        Scene killed = Scene.ofProcesses();
        return Stream.iterate(0, i -> i < points.size(), i -> i + 1)
                .map(i -> DynamicTest.dynamicTest("SIGKILL " + points.get(i), () -> {
                    StateAfterCrash after = crashAt(killed, scenario, points.get(i));
                    killed.crashAndRestart();
                    assertThat(after).isEqualTo(left.get(i));
                    scenario.assertDone(killed, points.get(i).client(), reference.outcome());
                }))
                .onClose(killed::close);
    }

    private static StateAfterCrash crashAt(Scene scene, Scenario scenario, Point point) {
        scenario.prepare(scene, point.client());
        scene.settle();
        InjectedFault fault = scene.proxy().arm(InjectedFault.at(point.nthCall(), point.effect()));
        scenario.begin(scene, point.client());
        fault.await();
        return StateAfterCrash.of(scene, point.client());
    }

    @Test
    void twentyKillsAtRandomDuplicateNothingAndLoseNothing() {
        Random random = new Random(SEED);
        try (Scene scene = Scene.ofProcesses()) {
            Map<String, Scenario> last = new HashMap<>();
            for (int kill = 0; kill < KILLS; kill++) {
                Effect effect = random.nextBoolean() ? new Effect.CrashBefore() : new Effect.CrashAfter();
                InjectedFault fault = scene.proxy().arm(InjectedFault.atCall(1 + random.nextInt(LATEST_CALL), effect));
                act(scene, random, last, kill);
                awaitFaultOrIdle(scene, fault);
                scene.crashAndRestart();
            }
            last.forEach((name, scenario) -> {
                if (scenario == Scenario.DELETE) {
                    Scenario.DELETE.assertDone(scene, name, Map.of());
                } else {
                    scene.stage().eventually().untilAsserted(() -> scene.assertSynced(name, scene.settingsOf(name)));
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

    /** Creates every client once, then changes clients at random. */
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

    /** Returns when the fault has hit or the operator is idle. Killing an idle operator is a random point too. */
    private static void awaitFaultOrIdle(Scene scene, InjectedFault fault) {
        int[] calls = {0};
        int[] unchanged = {0};
        await().atMost(Stage.PATIENCE).pollInterval(Duration.ofMillis(20)).until(() -> {
            int now = scene.proxy().callCount();
            unchanged[0] = now > 0 && now == calls[0] ? unchanged[0] + 1 : 0;
            calls[0] = now;
            return fault.hasHit() || unchanged[0] == POLLS_AT_REST;
        });
    }

    /** The call at which the operator is interrupted. */
    private record Point(NthCall nthCall, boolean before) {

        Effect effect() {
            return before ? new Effect.CrashBefore() : new Effect.CrashAfter();
        }

        String client() {
            return "web-" + toString().replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
        }

        @Override
        public String toString() {
            return (before ? "before " : "after ") + nthCall.toString().toLowerCase(Locale.ROOT);
        }
    }
}
