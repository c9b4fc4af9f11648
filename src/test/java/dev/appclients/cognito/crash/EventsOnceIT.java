package dev.appclients.cognito.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.controller.Stage;
import dev.appclients.cognito.crash.InjectedFault.Effect;
import java.util.function.Supplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each transition causes exactly one event, whatever the outcome of the status write. */
class EventsOnceIT {

    private static final Message CONFLICT = answer(409, "Conflict");
    private static final Message UNAVAILABLE = answer(503, "ServiceUnavailable");

    /** The outcome of the first writes of the status. */
    enum WriteOutcome {
        CONFLICT_WITHOUT_WRITE(() -> new Effect.Answer(CONFLICT)),
        CONFLICT_AFTER_WRITE(() -> new Effect.AnswerAfter(CONFLICT)),
        UNAVAILABLE_WITHOUT_WRITE(() -> new Effect.Answer(UNAVAILABLE)),
        UNAVAILABLE_AFTER_WRITE(() -> new Effect.AnswerAfter(UNAVAILABLE)),
        ANSWER_LOST_AFTER_WRITE(Effect.LoseAnswer::new);

        private final Supplier<Effect> effect;

        WriteOutcome(Supplier<Effect> effect) {
            this.effect = effect;
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFailureAndItsEndCauseOneEventEach(WriteOutcome outcome) {
        try (Scene scene = Scene.open()) {
            Stage stage = scene.stage();
            stage.applyClient("web");
            stage.awaitReady("web");
            scene.settle();
            failNextStatusWrites(scene, outcome);

            stage.applyPool(Stage.POOL, "namespaces: {from: Names, names: [elsewhere]}");

            stage.awaitCondition("web", "Ready", "False", "NamespaceNotAllowed");
            stage.awaitEvents("web", "NamespaceNotAllowed");
            scene.proxy().clearFaults();
            scene.awaitQuiet();
            failNextStatusWrites(scene, outcome);

            stage.applyPool();

            stage.awaitReady("web");
            stage.awaitEvents("web", "NamespaceNotAllowed", "Synced");
            scene.awaitQuiet();
            assertThat(stage.events("web")).containsExactly("NamespaceNotAllowed", "Synced");
        }
    }

    @ParameterizedTest
    @EnumSource
    void theFailureThatADeletionWaitsForCausesOneEvent(WriteOutcome outcome) {
        try (Scene scene = Scene.open()) {
            Stage stage = scene.stage();
            stage.applyClient("web");
            stage.awaitReady("web");
            var denied = stage.simulator()
                    .faults()
                    .on("DescribeUserPoolClient")
                    .always()
                    .failBeforeCommit("NotAuthorizedException", 400, "No.");
            scene.settle();
            failNextStatusWrites(scene, outcome);

            stage.delete("web");

            stage.awaitCondition("web", "Stalled", "True", "AccessDenied");
            stage.awaitEvents("web", "AccessDenied");
            scene.awaitQuiet();
            assertThat(stage.events("web")).containsExactly("AccessDenied");
            denied.remove();
        }
    }

    private static void failNextStatusWrites(Scene scene, WriteOutcome outcome) {
        Call status = new Call(Call.Api.KUBERNETES, "patch userpoolclients/status");
        for (int nth = 1; nth <= 2; nth++) {
            scene.proxy().arm(InjectedFault.at(new NthCall(status, nth), outcome.effect.get()));
        }
    }

    private static Message answer(int code, String reason) {
        return Message.answer(code, "application/json", """
                {"kind":"Status","apiVersion":"v1","status":"Failure","reason":"%s","code":%d}""".formatted(reason, code));
    }
}
