package dev.appclients.cognito.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.crash.InjectedFault.Effect;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The first leader hangs in a change of a rotation, and does not know that it lost the lead. The second one completes the work. Then
 * the first one's request arrives, or the answer to it. Both hold the same next value.
 */
class TwoLeadersRotationIT extends OnScene {

    private static final Set<String> CHANGES = Set.of(
            "AddUserPoolClientSecret",
            "DeleteUserPoolClientSecret",
            "create secrets",
            "patch secrets",
            "update secrets");

    private PublishedValues published;

    @BeforeEach
    void watch() {
        published = new PublishedValues(scene.stage());
    }

    @AfterEach
    void closeWatch() {
        published.close();
    }

    @TestFactory
    Stream<DynamicTest> theRequestArrivesAfterTheNewLeaderHasRotated() {
        return atEveryChange(Scenario.ROTATE, "arrives late", Effect.RunBefore::new);
    }

    @TestFactory
    Stream<DynamicTest> theAnswerArrivesAfterTheNewLeaderHasRotated() {
        return atEveryChange(Scenario.ROTATE, "is answered late", Effect.RunAfter::new);
    }

    @TestFactory
    Stream<DynamicTest> theRequestArrivesAfterTheNewLeaderHasRetiredTheOldSecret() {
        return atEveryChange(Scenario.RETIRE, "arrives late", Effect.RunBefore::new);
    }

    @TestFactory
    Stream<DynamicTest> theAnswerArrivesAfterTheNewLeaderHasRetiredTheOldSecret() {
        return atEveryChange(Scenario.RETIRE, "is answered late", Effect.RunAfter::new);
    }

    private Stream<DynamicTest> atEveryChange(Scenario scenario, String what, Function<Runnable, Effect> hanging) {
        ReferenceRun reference = ReferenceRun.of(scenario, scene, nextName());
        return reference.calls().stream()
                .filter(nthCall -> CHANGES.contains(nthCall.call().operation()))
                .map(nthCall ->
                        DynamicTest.dynamicTest(scenario + ": " + nthCall + " of the first leader " + what, () -> {
                            String name = nextName();
                            scenario.prepare(scene, name);
                            scene.settle();
                            InjectedFault fault = scene.proxy()
                                    .arm(InjectedFault.at(
                                            nthCall, hanging.apply(() -> letAnotherLead(scenario, name, reference))));
                            scenario.begin(scene, name);
                            fault.await();

                            scene.awaitQuiet();
                            scenario.assertDone(scene, name, reference.outcome());
                            scene.crashFirstLeader();
                            scenario.assertDone(scene, name, reference.outcome());
                            // The original value, and one other. The watch delivers a version some time after its
                            // write.
                            scene.stage()
                                    .eventually()
                                    .untilAsserted(
                                            () -> assertThat(published.of(name)).hasSize(2));
                            scenario.cleanUp(scene, name);
                        }));
    }

    private void letAnotherLead(Scenario scenario, String name, ReferenceRun reference) {
        scene.addSecondLeader();
        scenario.assertDone(scene, name, reference.outcome());
    }
}
