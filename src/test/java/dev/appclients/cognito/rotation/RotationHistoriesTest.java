package dev.appclients.cognito.rotation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.rotation.RotationState.Overlap;
import dev.appclients.cognito.rotation.RotationState.Steady;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Thousands of random histories of one client: rotations with failed calls, lost answers, lagging lists, crashes between all steps, two
 * processes at once, and other writers. The seed of a failure is in its message.
 */
class RotationHistoriesTest {

    private static final int HISTORIES = 2_000;
    private static final int STEPS = 150;

    @Test
    void oneProcessEndsEveryRotation() {
        for (int seed = 0; seed < HISTORIES; seed++) {
            new History(seed, 1, false).run();
        }
    }

    @Test
    void twoProcessesAtOnceEndEveryRotation() {
        for (int seed = 0; seed < HISTORIES; seed++) {
            new History(seed, 2, false).run();
        }
    }

    @Test
    void otherWritersDelayARotationAndDoNoMore() {
        for (int seed = 0; seed < HISTORIES; seed++) {
            new History(seed, 2, true).run();
        }
    }

    /** One history: a wild time, and then a calm one in which everything has to come right. */
    private static final class History {

        private final int seed;
        private final boolean hasOthers;
        private final RotationModel model;
        private final RotationProcess[] processes;

        History(int seed, int count, boolean hasOthers) {
            this.seed = seed;
            this.hasOthers = hasOthers;
            this.model = new RotationModel(new Random(seed));
            this.processes = new RotationProcess[count];
            for (int process = 0; process < count; process++) {
                processes[process] = new RotationProcess(model);
            }
        }

        void run() {
            try {
                wild();
                calm();
                ended();
            } catch (AssertionError | RuntimeException failed) {
                throw new AssertionError(
                        "seed " + seed + ": " + failed + "\nlive " + model.live.keySet() + ", record "
                                + model.stored + ", published " + model.published + ", copies " + model.copies
                                + ", now "
                                + model.now,
                        failed);
            }
        }

        private void wild() {
            Random random = model.random;
            for (int step = 0; step < STEPS; step++) {
                int process = random.nextInt(processes.length);
                processes[process].step();
                model.pass(random.nextInt(10) == 0 ? random.nextInt(240) : random.nextInt(3));
                if (model.chance(4)) {
                    processes[process] = new RotationProcess(model);
                }
                if (model.chance(3)) {
                    model.request = "request " + step;
                }
                if (model.chance(40)) {
                    model.copyFollows();
                }
                if (hasOthers) {
                    others();
                }
            }
        }

        private void others() {
            if (model.chance(2)) {
                model.foreignAdds();
            }
            // Both in one history lose the value for good.
            if (model.chance(1) && seed % 2 == 0) {
                model.foreignDeletes();
            }
            if (model.chance(1) && seed % 2 == 1) {
                model.loseRecord();
            }
        }

        private void calm() {
            model.isCalm = true;
            model.request = "last";
            for (int minute = 0; minute < 300; minute++) {
                if (hasOthers && minute >= 100 && minute % 50 == 0 && !isEnded()) {
                    model.personCleansUp();
                }
                int limit = 0;
                do {
                    processes[0].step();
                    assertThat(limit++).as("steps in a pass").isLessThan(60);
                } while (!processes[0].isBetweenPasses());
                for (int copy = 0; copy < 9; copy++) {
                    model.copyFollows();
                }
                model.pass(61);
            }
        }

        private boolean isEnded() {
            return model.stored != null
                    && model.stored.state() instanceof Steady
                    && "last".equals(model.stored.handled().request());
        }

        private void ended() {
            assertThat(model.stored).isNotNull();
            assertThat(model.stored.state()).as("the state").isEqualTo(new Steady());
            assertThat(model.stored.handled().request()).as("the last request").isEqualTo("last");
            assertThat(model.publishedId).as("the published secret").isEqualTo(model.current());
            assertThat(model.live).as("the published secret is live").containsKey(model.publishedId);
            assertThat(model.copies).containsOnly(model.publishedId);
            if (!hasOthers) {
                assertThat(model.live.keySet()).as("the live secrets").containsExactly(model.publishedId);
                assertThat(model.stored.state()).isNotInstanceOf(Overlap.class);
            }
        }
    }
}
