package dev.appclients.cognito.controller.claim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.controller.reconcile.StopReconciliation;
import dev.appclients.cognito.failure.FailureKind.Pace;
import dev.appclients.cognito.model.Reason;
import dev.appclients.cognito.status.Step;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** The delays between the retries of a refused push. */
class PushBackOffTest {

    private static final StopReconciliation MISSING =
            StopReconciliation.refused(Step.SECRET, Reason.MISSING_PERMISSION, "a right is missing", Pace.MINUTES);

    private final AtomicLong now = new AtomicLong();
    private final PushBackOff backOff = new PushBackOff(now::get);

    @Test
    void theDelaysGrowFrom15SecondsTo5Minutes() {
        for (int seconds : new int[] {15, 30, 60, 120, 240, 300, 300}) {
            assertThat(backOff.failed("uid", "team", null)).isEqualTo(seconds == 15);
            assertThat(backOff.beforeNext("uid", "team")).isEqualTo(Duration.ofSeconds(seconds));
            now.addAndGet(Duration.ofSeconds(seconds).toNanos());
            assertThat(backOff.beforeNext("uid", "team")).isNull();
        }
    }

    @Test
    void aNamespaceThatRefusesDelaysNoOther() {
        backOff.failed("uid", "team", null);

        assertThat(backOff.beforeNext("uid", "other")).isNull();
        assertThat(backOff.beforeNext("another", "team")).isNull();
    }

    @Test
    void nothingIsKeptAboutANamespaceThatIsNoLongerATarget() {
        backOff.failed("uid", "team", null);
        backOff.failed("uid", "gone", MISSING);

        backOff.retain("uid", Set.of("team"));
        assertThat(backOff.beforeNext("uid", "gone")).isNull();
        assertThat(backOff.missingRight("uid")).isNull();
        assertThat(backOff.beforeNext("uid", "team")).isNotNull();
        backOff.retain("uid", Set.of());
        assertThat(backOff.size()).isZero();
    }

    @Test
    void aMissingRightIsReportedUntilTheNextAttempt() {
        backOff.failed("uid", "b", MISSING);
        backOff.failed("uid", "a", null);

        now.addAndGet(Duration.ofHours(1).toNanos());
        assertThat(backOff.missingRight("uid")).isSameAs(MISSING);
        assertThat(backOff.missingRight("another")).isNull();

        backOff.failed("uid", "b", null);
        assertThat(backOff.missingRight("uid")).isNull();
        backOff.failed("uid", "b", MISSING);
        backOff.succeeded("uid", "b");
        assertThat(backOff.missingRight("uid")).isNull();
    }

    @Test
    void aSuccessEndsTheBackOffAndNothingIsKept() {
        backOff.failed("uid", "team", null);
        backOff.failed("uid", "other", null);
        backOff.succeeded("uid", "team");
        backOff.succeeded("uid", "other");
        backOff.succeeded("uid", "never");

        assertThat(backOff.size()).isZero();
        assertThat(backOff.failed("uid", "team", null)).as("the first failure").isTrue();
        backOff.forget("uid");
        assertThat(backOff.size()).isZero();
    }
}
