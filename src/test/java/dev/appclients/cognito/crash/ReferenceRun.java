package dev.appclients.cognito.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;

/**
 * The calls and the outcome of an undisturbed run of a scenario.
 *
 * @param calls the calls, in their order
 * @param outcome the settings of the client at the end
 */
record ReferenceRun(List<NthCall> calls, Map<String, String> outcome) {

    /** Runs the scenario twice. A call that occurs only once comes from a late watch event, and may not occur again. */
    static ReferenceRun of(Scenario scenario, Scene scene, String name) {
        ReferenceRun first = once(scenario, scene, name);
        ReferenceRun second = once(scenario, scene, name + "-again");
        List<NthCall> both = first.calls.stream().filter(second.calls::contains).toList();
        assertThat(both).as("calls of " + scenario).isNotEmpty();
        return new ReferenceRun(both, first.outcome);
    }

    /** Runs the scenario once, for its outcome only. */
    static Map<String, String> outcomeOf(Scenario scenario, Scene scene, String name) {
        return once(scenario, scene, name).outcome;
    }

    private static ReferenceRun once(Scenario scenario, Scene scene, String name) {
        scenario.prepare(scene, name);
        scene.settle();
        scenario.begin(scene, name);
        scene.awaitQuiet();
        Map<String, String> outcome = scenario.outcome(scene, name);
        scenario.assertDone(scene, name, outcome);
        scene.awaitQuiet();
        List<NthCall> calls = scene.proxy().calls();
        scenario.cleanUp(scene, name);
        return new ReferenceRun(calls, outcome);
    }
}
