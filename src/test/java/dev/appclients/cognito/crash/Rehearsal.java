package dev.appclients.cognito.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;

/**
 * What an undisturbed run of a scenario says and comes to.
 *
 * @param moments the calls that it makes, in their order
 * @param outcome the settings of the client in the end
 */
record Rehearsal(List<Moment> moments, Map<String, String> outcome) {

    /** Played twice: a call that came only once was one too many, because a watch event was late, and may never come again. */
    static Rehearsal of(Scenario scenario, Scene scene, String name) {
        Rehearsal first = once(scenario, scene, name);
        Rehearsal second = once(scenario, scene, name + "-again");
        List<Moment> both =
                first.moments.stream().filter(second.moments::contains).toList();
        assertThat(both).as("calls of " + scenario).isNotEmpty();
        return new Rehearsal(both, first.outcome);
    }

    /** Played once, where only what it comes to is wanted. */
    static Map<String, String> outcomeOf(Scenario scenario, Scene scene, String name) {
        return once(scenario, scene, name).outcome;
    }

    private static Rehearsal once(Scenario scenario, Scene scene, String name) {
        scenario.prepare(scene, name);
        scene.calm();
        scenario.begin(scene, name);
        scene.awaitQuiet();
        Map<String, String> outcome = scenario.outcome(scene, name);
        scenario.assertDone(scene, name, outcome);
        scene.awaitQuiet();
        List<Moment> moments = scene.border().moments();
        scenario.cleanUp(scene, name);
        return new Rehearsal(moments, outcome);
    }
}
