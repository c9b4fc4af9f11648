package dev.appclients.cognito.controller.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.appclients.cognito.controller.claim.SourceReads.Version;
import dev.appclients.cognito.model.ClientSecret;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SourceReadsTest {

    private static final Version FIRST = new Version(new ResourceID("web", "shop"), "1");
    private static final Version SECOND = new Version(new ResourceID("web", "shop"), "2");
    private static final ResourceID A = new ResourceID("a", "team");
    private static final ResourceID B = new ResourceID("b", "team");
    private static final ResourceID C = new ResourceID("c", "team");

    private final List<Runnable> timers = new ArrayList<>();
    private final SourceReads reads = new SourceReads((delay, task) -> timers.add(task));
    private final AtomicInteger requests = new AtomicInteger();

    @Test
    void oneReadServesAllClaimsThatWaitAndIsDroppedWithTheLast() {
        value(FIRST, A, Set.of(A, B));
        reads.passEnded(A);
        assertThat(reads.size()).isOne();
        value(FIRST, B, Set.of());
        reads.passEnded(B);

        assertThat(requests).hasValue(1);
        assertThat(reads.size()).isZero();
    }

    @Test
    void aClaimThatWaitsAloneKeepsNoValue() {
        value(FIRST, A, Set.of());
        reads.passEnded(A);

        assertThat(reads.size()).isZero();
    }

    @Test
    void anotherVersionIsReadAgain() {
        value(FIRST, A, Set.of(B));
        value(SECOND, B, Set.of());

        assertThat(requests).hasValue(2);
    }

    @Test
    void aValueIsDroppedEvenIfAWaitingClaimIsNeverReconciled() {
        value(FIRST, A, Set.of(B));
        reads.passEnded(A);
        assertThat(reads.size()).isOne();

        timers.forEach(Runnable::run);

        assertThat(reads.size()).isZero();
    }

    /** Ten thousand copies take minutes. Each of them would read the source if the read ended before. */
    @Test
    void aReadThatServesClaimsIsKeptUntilItServesNoneForItsTime() {
        value(FIRST, A, Set.of(B, C));
        value(FIRST, B, Set.of());
        reads.passEnded(A);
        reads.passEnded(B);

        timers.removeFirst().run();
        assertThat(reads.size())
                .as("the first time, in which it served a claim")
                .isOne();
        value(FIRST, C, Set.of());
        assertThat(requests).hasValue(1);
        timers.removeFirst().run();
        assertThat(reads.size()).as("the second time").isOne();

        timers.removeFirst().run();
        assertThat(reads.size()).as("the third time, in which it served none").isZero();
        assertThat(timers).isEmpty();
    }

    @Test
    void aFailedReadIsNotShared() {
        assertThatThrownBy(() -> reads.value(FIRST, A, Set::of, () -> {
                    throw new IllegalStateException("down");
                }))
                .hasMessage("down");

        value(FIRST, B, Set.of());
        assertThat(requests).hasValue(1);
    }

    /** They are found in full only once for each version. */
    @Test
    void aFailedReadLeavesTheWaitingClaimsToTheNextOne() {
        List<Set<ResourceID>> waiting = new ArrayList<>(List.of(Set.of(B), Set.of()));
        assertThatThrownBy(() -> reads.value(FIRST, A, waiting::removeFirst, () -> {
                    throw new IllegalStateException("down");
                }))
                .hasMessage("down");

        reads.value(FIRST, A, waiting::removeFirst, () -> new ClientSecret("s3cr3t"));
        reads.passEnded(A);
        value(FIRST, B, Set.of());

        assertThat(requests).as("further reads").hasValue(0);
    }

    @Test
    void passesThatAskDuringTheReadWaitForIt() {
        CompletableFuture<Void> begun = new CompletableFuture<>();
        CompletableFuture<ClientSecret> answer = new CompletableFuture<>();
        var reading = CompletableFuture.supplyAsync(() -> reads.value(FIRST, A, () -> Set.of(B, C), () -> {
            begun.complete(null);
            return answer.join();
        }));
        begun.join();
        var waiting = CompletableFuture.supplyAsync(() -> value(FIRST, B, Set.of()));

        answer.complete(new ClientSecret("s3cr3t"));

        assertThat(waiting.join()).isSameAs(reading.join());
        assertThat(requests).hasValue(0);
    }

    private ClientSecret value(Version version, ResourceID claim, Set<ResourceID> waiting) {
        return reads.value(version, claim, () -> waiting, () -> {
            requests.incrementAndGet();
            return new ClientSecret("s3cr3t");
        });
    }
}
