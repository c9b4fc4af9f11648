package dev.appclients.cognito.controller.rotation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.simulator.Fault;

/** The progress of a rotation that a test interrupts. */
enum RotationProgress {
    /** No rotation is in progress. */
    STEADY {
        @Override
        void reach(OnRotationStage test) {}
    },
    /** The next secret is recorded, and Cognito does not answer its addition. The operator makes no further attempt within the hour. */
    STAGED {
        @Override
        void reach(OnRotationStage test) {
            Fault lost = test.stage
                    .simulator()
                    .faults()
                    .on(OnRotationStage.ADD)
                    .always()
                    .dropBeforeCommit();
            test.stage.annotate("web", OnRotationStage.ROTATE, "second");
            // The client was rotated before, so these are the second and the third attempt in an hour.
            test.stage.eventually().untilAsserted(() -> assertThat(lost.hits()).isEqualTo(2));
            test.awaitPhase("Staged");
            test.stage.wake("web");
        }
    },
    /** Two secrets are valid, and the newer one is published. */
    OVERLAP {
        @Override
        void reach(OnRotationStage test) {
            test.rotate("second");
            test.awaitCarried();
        }
    },
    /** Another writer has added a secret. */
    BLOCKED {
        @Override
        void reach(OnRotationStage test) {
            test.addForeign();
            test.stage.annotate("web", OnRotationStage.ROTATE, "second");
            test.awaitPending("ForeignSecret");
        }
    };

    /** Takes a client whose secret was rotated once to this progress. */
    abstract void reach(OnRotationStage test);

    /** Removes the cause of the interruption, and completes the rotation. Returns the id of the new secret. */
    String complete(OnRotationStage test) {
        test.stage.simulator().faults().clear();
        if (this == BLOCKED && test.liveIds().size() == 2) {
            test.liveIds().stream()
                    .filter(id -> !id.equals(test.published()))
                    .findFirst()
                    .ifPresent(test::deleteForeign);
        }
        if (this == STEADY) {
            test.stage.annotate("web", OnRotationStage.ROTATE, "second");
        }
        if (this == STAGED) {
            // Another process makes further attempts.
            test.stage.restartOperator();
        }
        test.stage.eventually().untilAsserted(() -> {
            test.reconcile();
            assertThat(test.rotation().phase()).isEqualTo("Overlap");
            assertThat(test.published()).isEqualTo(test.liveIds().getLast());
        });
        String current = test.published();
        test.endOverlap(current);
        assertThat(test.authenticates("web")).isTrue();
        test.stage.awaitReady("web");
        test.awaitNotPending();
        return current;
    }
}
