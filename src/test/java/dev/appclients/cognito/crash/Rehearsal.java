package dev.appclients.cognito.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;

/**
 * What an undisturbed run of a scenario says and comes to.
 *
 * @param moments the calls it made, in their order
 * @param outcome the settings of the client in the end
 */
record Rehearsal(List<Moment> moments, Map<String, String> outcome) {

    static Rehearsal of(Scenario scenario, Scene scene, String name) {
        scenario.prepare(scene, name);
        scene.calm();
        scenario.begin(scene, name);
        scene.awaitQuiet();
        Map<String, String> outcome = scenario.outcome(scene, name);
        scenario.assertDone(scene, name, outcome);
        scene.awaitQuiet();
        List<Moment> moments = scene.border().moments();
        assertThat(moments).as("calls of " + scenario).isNotEmpty();
        scenario.cleanUp(scene, name);
        return new Rehearsal(moments, outcome);
    }
}
