package dev.appclients.cognito.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.controller.Stage;
import dev.appclients.cognito.crash.Strike.Deed;
import java.util.function.Supplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A transition is announced exactly once, whatever becomes of the write of its status. */
class AnnouncedOnceIT {

    private static final Message CONFLICT = answer(409, "Conflict");
    private static final Message UNAVAILABLE = answer(503, "ServiceUnavailable");

    /** What becomes of the first writes of the status. */
    enum Fate {
        NOT_MADE_FOR_A_CONFLICT(() -> new Deed.Say(CONFLICT)),
        MADE_AND_ANSWERED_BY_A_CONFLICT(() -> new Deed.SayAfter(CONFLICT)),
        NOT_MADE(() -> new Deed.Say(UNAVAILABLE)),
        MADE_AND_ANSWERED_BY_A_FAILURE(() -> new Deed.SayAfter(UNAVAILABLE)),
        MADE_AND_THE_ANSWER_LOST(Deed.LoseAnswer::new);

        private final Supplier<Deed> deed;

        Fate(Supplier<Deed> deed) {
            this.deed = deed;
        }
    }

    @ParameterizedTest
    @EnumSource
    void troubleAndTheEndOfIt(Fate fate) {
        try (Scene scene = Scene.open()) {
            Stage stage = scene.stage();
            stage.applyClient("web");
            stage.awaitReady("web");
            scene.calm();
            strikeNextStatuses(scene, fate);

            stage.applyPool(Stage.POOL, "namespaces: {from: Names, names: [elsewhere]}");

            stage.awaitCondition("web", "Ready", "False", "NamespaceNotAllowed");
            stage.awaitEvents("web", "NamespaceNotAllowed");
            scene.border().forgive();
            scene.awaitQuiet();
            strikeNextStatuses(scene, fate);

            stage.applyPool();

            stage.awaitReady("web");
            stage.awaitEvents("web", "NamespaceNotAllowed", "Synced");
            scene.awaitQuiet();
            assertThat(stage.events("web")).containsExactly("NamespaceNotAllowed", "Synced");
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatADeletionWaitsFor(Fate fate) {
        try (Scene scene = Scene.open()) {
            Stage stage = scene.stage();
            stage.applyClient("web");
            stage.awaitReady("web");
            var denied = stage.simulator()
                    .faults()
                    .on("DescribeUserPoolClient")
                    .always()
                    .failBeforeCommit("NotAuthorizedException", 400, "No.");
            scene.calm();
            strikeNextStatuses(scene, fate);

            stage.delete("web");

            stage.awaitCondition("web", "Stalled", "True", "AccessDenied");
            stage.awaitEvents("web", "AccessDenied");
            scene.awaitQuiet();
            assertThat(stage.events("web")).containsExactly("AccessDenied");
            denied.remove();
        }
    }

    private static void strikeNextStatuses(Scene scene, Fate fate) {
        Call status = new Call(Call.Api.KUBERNETES, "patch userpoolclients/status");
        for (int nth = 1; nth <= 2; nth++) {
            scene.border().arm(Strike.at(new Moment(status, nth), fate.deed.get()));
        }
    }

    private static Message answer(int code, String reason) {
        return Message.answer(code, "application/json", """
                {"kind":"Status","apiVersion":"v1","status":"Failure","reason":"%s","code":%d}""".formatted(reason, code));
    }
}
