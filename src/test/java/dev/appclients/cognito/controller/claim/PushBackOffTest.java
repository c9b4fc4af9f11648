package dev.appclients.cognito.controller.claim;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** The delays between the retries of a refused push. */
class PushBackOffTest {

    private final AtomicLong now = new AtomicLong();
    private final PushBackOff backOff = new PushBackOff(now::get);

    @Test
    void theDelaysGrowFrom15SecondsTo5Minutes() {
        for (int seconds : new int[] {15, 30, 60, 120, 240, 300, 300}) {
            assertThat(backOff.failed("uid", "team")).isEqualTo(seconds == 15);
            assertThat(backOff.beforeNext("uid", "team")).isEqualTo(Duration.ofSeconds(seconds));
            now.addAndGet(Duration.ofSeconds(seconds).toNanos());
            assertThat(backOff.beforeNext("uid", "team")).isNull();
        }
    }

    @Test
    void aNamespaceThatRefusesDelaysNoOther() {
        backOff.failed("uid", "team");

        assertThat(backOff.beforeNext("uid", "other")).isNull();
        assertThat(backOff.beforeNext("another", "team")).isNull();
    }

    @Test
    void nothingIsKeptAboutANamespaceThatIsNoLongerATarget() {
        backOff.failed("uid", "team");
        backOff.failed("uid", "gone");

        backOff.retain("uid", Set.of("team"));
        assertThat(backOff.beforeNext("uid", "gone")).isNull();
        assertThat(backOff.beforeNext("uid", "team")).isNotNull();
        backOff.retain("uid", Set.of());
        assertThat(backOff.size()).isZero();
    }

    @Test
    void aSuccessEndsTheBackOffAndNothingIsKept() {
        backOff.failed("uid", "team");
        backOff.failed("uid", "other");
        backOff.succeeded("uid", "team");
        backOff.succeeded("uid", "other");
        backOff.succeeded("uid", "never");

        assertThat(backOff.size()).isZero();
        assertThat(backOff.failed("uid", "team")).as("the first failure").isTrue();
        backOff.forget("uid");
        assertThat(backOff.size()).isZero();
    }
}
