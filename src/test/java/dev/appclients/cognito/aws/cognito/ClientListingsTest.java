package dev.appclients.cognito.aws.cognito;

import static dev.appclients.cognito.aws.cognito.CognitoAppClientsTest.failure;
import static dev.appclients.cognito.aws.cognito.SimulatedCognito.SHOP;
import static dev.appclients.cognito.aws.cognito.SimulatedCognito.access;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.appclients.cognito.aws.AppClients;
import dev.appclients.cognito.aws.AppClients.Listing;
import dev.appclients.cognito.aws.AwsConfiguration;
import dev.appclients.cognito.aws.CallCancelled;
import dev.appclients.cognito.aws.Quotas;
import dev.appclients.cognito.failure.FailureKind;
import dev.appclients.cognito.simulator.Switch;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ClientListingsTest {

    private static final Duration SOON = Duration.ofSeconds(60);

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-20T12:00:00Z"));
    private final SimulatedCognito cognito =
            new SimulatedCognito(AwsConfiguration.DEFAULT.withQuotas(Quotas.UNLIMITED), now::get);
    private final AppClients appClients = cognito.appClients;
    private final List<Thread> waiters = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        cognito.close();
    }

    @Test
    void aClientIsFoundByItsNameSuffixOnEveryPage() {
        cognito.simulator.switches().set(Switch.EMPTY_LIST_PAGES, true);
        for (int i = 0; i < 150; i++) {
            cognito.simulator.createForeignClient(SHOP.value(), "other" + i);
        }
        String wanted = cognito.simulator
                .createForeignClient(SHOP.value(), "web.0123456789")
                .clientId();
        String twin = cognito.simulator
                .createForeignClient(SHOP.value(), "renamed.0123456789")
                .clientId();

        Listing listing = appClients.findByNameSuffix(access("shop"), ".0123456789", now.get());
        assertThat(listing.clientIds()).containsExactlyInAnyOrder(wanted, twin);
        assertThat(listing.startedAt()).isEqualTo(now.get());
        assertThat(received()).isGreaterThanOrEqualTo(4);
        assertThat(appClients
                        .findByNameSuffix(access("shop"), ".9999999999", now.get())
                        .clientIds())
                .isEmpty();
    }

    @Test
    void aThousandCallersShareOneListing() throws InterruptedException {
        cognito.simulator.createForeignClient(SHOP.value(), "web.0123456789");
        Instant since = now.get();
        List<Listing> listings = Collections.synchronizedList(new ArrayList<>());
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            String namespace = "n" + i % 20;
            threads.add(Thread.ofVirtual()
                    .start(() -> listings.add(appClients.findByNameSuffix(access(namespace), ".0123456789", since))));
        }
        for (Thread thread : threads) {
            assertThat(thread.join(SOON)).isTrue();
        }
        assertThat(listings)
                .hasSize(1000)
                .allSatisfy(listing -> assertThat(listing.clientIds()).hasSize(1));
        assertThat(received()).isEqualTo(1);
    }

    @Test
    void aListingThatStartedTooEarlyIsFollowedByOneForAllWaitingCallers() throws Exception {
        var pause =
                cognito.simulator.faults().on("ListUserPoolClients").times(1).pause();
        var early = async(now.get());
        pause.awaitHit(SOON);

        Instant begunEarly = now.get();
        now.set(begunEarly.plusSeconds(60));
        cognito.simulator.createForeignClient(SHOP.value(), "web.0123456789");
        var late = async(now.get());
        var alsoLate = async(now.get());
        var contentWithTheFirst = async(begunEarly);
        pause.release();

        assertThat(early.get().startedAt()).isEqualTo(begunEarly);
        assertThat(contentWithTheFirst.get().startedAt()).isAfterOrEqualTo(begunEarly);
        assertThat(late.get().startedAt()).isEqualTo(begunEarly.plusSeconds(60));
        assertThat(late.get().clientIds()).hasSize(1);
        assertThat(alsoLate.get()).isEqualTo(late.get());
        assertThat(received()).isEqualTo(2);
    }

    @Test
    void theResultIsKeptForAMinute() {
        Instant since = now.get();
        appClients.findByNameSuffix(access("shop"), ".x", since);
        now.set(since.plusSeconds(50));
        appClients.findByNameSuffix(access("shop"), ".x", since);
        assertThat(received()).isEqualTo(1);

        now.set(since.plusSeconds(70));
        appClients.findByNameSuffix(access("shop"), ".x", since);
        assertThat(received()).isEqualTo(2);
    }

    @Test
    void aListingFromBeforeTheClockWasSetBackIsNotReused() {
        appClients.findByNameSuffix(access("shop"), ".0123456789", now.get());
        now.updateAndGet(before -> before.minusSeconds(3600));
        String made = cognito.simulator
                .createForeignClient(SHOP.value(), "web.0123456789")
                .clientId();

        assertThat(appClients
                        .findByNameSuffix(access("shop"), ".0123456789", now.get())
                        .clientIds())
                .containsExactly(made);
    }

    /** Until the clock has caught up, each listing is dated before the request. */
    @Test
    void aClockThatIsSetBackDuringTheWaitCostsOneMoreListing() throws Exception {
        var pause =
                cognito.simulator.faults().on("ListUserPoolClients").times(1).pause();
        var early = async(now.get());
        pause.awaitHit(SOON);
        now.updateAndGet(before -> before.plusSeconds(1));
        var late = async(now.get());
        var alsoLate = async(now.get());
        awaitThatAllWait();
        now.updateAndGet(before -> before.minusSeconds(3600));
        String made = cognito.simulator
                .createForeignClient(SHOP.value(), "web.0123456789")
                .clientId();
        pause.release();

        assertThat(late.get(10, SECONDS).clientIds()).containsExactly(made);
        assertThat(alsoLate.get(10, SECONDS).clientIds()).containsExactly(made);
        early.get(10, SECONDS);
        assertThat(received()).isEqualTo(2);
    }

    @Test
    void aListingInFlightWhenTheClockIsSetBackDoesNotServeLaterRequests() throws Exception {
        var pause =
                cognito.simulator.faults().on("ListUserPoolClients").times(1).pause();
        var early = async(now.get());
        pause.awaitHit(SOON);
        now.updateAndGet(before -> before.minusSeconds(3600));
        var late = async(now.get());
        awaitThatAllWait();
        pause.release();

        early.get(10, SECONDS);
        late.get(10, SECONDS);
        assertThat(received()).isEqualTo(2);
    }

    @Test
    void aFailedListingFailsForItsCallersAndTheNextCallListsAgain() {
        cognito.simulator.faults().on("ListUserPoolClients").times(1).throttle();
        assertThat(failure(() -> appClients.findByNameSuffix(access("shop"), ".x", now.get()))
                        .kind())
                .isEqualTo(FailureKind.THROTTLED);
        assertThat(appClients.findByNameSuffix(access("shop"), ".x", now.get()).clientIds())
                .isEmpty();
    }

    @Test
    void anInterruptedCallerDoesNotEndTheListingOfTheOthers() throws Exception {
        var pause =
                cognito.simulator.faults().on("ListUserPoolClients").times(1).pause();
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread interrupted = Thread.ofVirtual().start(() -> {
            try {
                appClients.findByNameSuffix(access("shop"), ".x", now.get());
            } catch (CallCancelled e) {
                thrown.set(e);
            }
        });
        pause.awaitHit(SOON);
        var other = async(now.get());
        interrupted.interrupt();
        assertThat(interrupted.join(SOON)).isTrue();
        assertThat(thrown.get()).isInstanceOf(CallCancelled.class);

        pause.release();
        assertThat(other.get().clientIds()).isEmpty();
        assertThat(received()).isEqualTo(1);
    }

    @Test
    void aStartInTheFutureMeansNow() {
        assertThat(appClients
                        .findByNameSuffix(access("shop"), ".x", now.get().plusSeconds(60))
                        .startedAt())
                .isEqualTo(now.get());
    }

    private CompletableFuture<Listing> async(Instant begunAtOrAfter) {
        return CompletableFuture.supplyAsync(
                () -> appClients.findByNameSuffix(access("shop"), ".0123456789", begunAtOrAfter),
                task -> waiters.add(Thread.ofVirtual().start(task)));
    }

    private void awaitThatAllWait() {
        await().atMost(SOON)
                .until(() -> waiters.stream().allMatch(waiter -> waiter.getState() == Thread.State.WAITING));
    }

    private long received() {
        return cognito.simulator.journal().received("ListUserPoolClients");
    }
}
