package dev.appclients.cognito.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.crash.Call.Api;
import dev.appclients.cognito.crash.Strike.Deed;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The lead passes on at any call: to a second operator while the first one hangs in that call and does not know, as after a long
 * pause of its process; or the first one is told in the middle, and begins nothing more.
 */
class TwoLeadersIT extends OnScene {

    private static final Set<String> CHANGES =
            Set.of("CreateUserPoolClient", "UpdateUserPoolClient", "DeleteUserPoolClient");

    /** Longer than the second leader needs to come to rest: a create under way must not settle while it hangs. */
    @Override
    Scene openScene() {
        return Scene.open(Duration.ofSeconds(6));
    }

    @TestFactory
    Stream<DynamicTest> twoLeadDuringACreate() {
        return atEveryCall(Scenario.CREATE, "the first leader hangs in", this::twoLead);
    }

    @TestFactory
    Stream<DynamicTest> twoLeadDuringAnUpdate() {
        return atEveryCall(Scenario.UPDATE, "the first leader hangs in", this::twoLead);
    }

    @TestFactory
    Stream<DynamicTest> twoLeadDuringARecreate() {
        return atEveryCall(Scenario.RECREATE, "the first leader hangs in", this::twoLead);
    }

    @TestFactory
    Stream<DynamicTest> twoLeadWhileAnEditedSecretIsRestored() {
        return atEveryCall(Scenario.RESTORE_AN_EDITED_SECRET, "the first leader hangs in", this::twoLead);
    }

    @TestFactory
    Stream<DynamicTest> twoLeadDuringADeletion() {
        return atEveryCall(Scenario.DELETE, "the first leader hangs in", this::twoLead);
    }

    @TestFactory
    Stream<DynamicTest> theLeadIsLostDuringACreate() {
        return atEveryCall(Scenario.CREATE, "the lead is lost at", this::loseLead);
    }

    @TestFactory
    Stream<DynamicTest> theLeadIsLostDuringAnUpdate() {
        return atEveryCall(Scenario.UPDATE, "the lead is lost at", this::loseLead);
    }

    @TestFactory
    Stream<DynamicTest> theLeadIsLostDuringADeletion() {
        return atEveryCall(Scenario.DELETE, "the lead is lost at", this::loseLead);
    }

    private Stream<DynamicTest> atEveryCall(Scenario scenario, String what, BiConsumer<Moment, Runnable> handOver) {
        Rehearsal rehearsal = Rehearsal.of(scenario, scene, nextName());
        return rehearsal.moments().stream()
                // The pool's passes run beside the client's.
                .filter(moment -> !moment.call().what().contains("clusteruserpools"))
                .map(moment -> DynamicTest.dynamicTest(scenario + ": " + what + " " + moment, () -> {
                    String name = nextName();
                    scenario.prepare(scene, name);
                    scene.calm();
                    handOver.accept(moment, () -> scenario.begin(scene, name));
                    scenario.assertDone(scene, name, rehearsal.outcome());
                    scene.endRival();
                    scenario.assertDone(scene, name, rehearsal.outcome());
                    scenario.cleanUp(scene, name);
                }));
    }

    private void twoLead(Moment moment, Runnable begin) {
        Strike strike = scene.border().arm(Strike.at(moment, new Deed.First(scene::addRival)));
        begin.run();
        strike.await();
    }

    private void loseLead(Moment moment, Runnable begin) {
        Border border = scene.border();
        int[] calls = {0};
        Strike strike = border.arm(Strike.at(moment, new Deed.First(() -> {
            scene.loseLead();
            calls[0] = border.passed();
        })));
        begin.run();
        strike.await();
        scene.awaitQuiet();

        List<Moment> after = border.moments();
        assertThat(after.subList(calls[0], after.size()))
                .as("begun after the lead was lost")
                .noneMatch(later -> later.call().api() == Api.COGNITO
                        && CHANGES.contains(later.call().what()));
        scene.succeed();
    }
}
