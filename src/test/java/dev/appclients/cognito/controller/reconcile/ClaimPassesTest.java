package dev.appclients.cognito.controller.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.appclients.cognito.api.v1beta1.ClientSecretClaim;
import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import java.util.Collections;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Checks how the reconciliations of claims share the permits with those of clients. */
class ClaimPassesTest extends OnPassExecutor {

    ClaimPassesTest() {
        super(8);
    }

    @Test
    void twoClaimsOfANamespaceRunAtOnceAndOtherNamespacesGoOn() {
        for (int i = 0; i < 20; i++) {
            claim("slow", () -> hold("slow"));
        }
        for (int i = 0; i < 50; i++) {
            claim("n" + i, () -> ran.add("quick"));
        }

        await().until(() -> Collections.frequency(ran, "quick") == 50 && Collections.frequency(ran, "slow") >= 2);
        assertThat(ran).filteredOn("slow"::equals).hasSize(2);
        open.countDown();
        await().until(() -> Collections.frequency(ran, "slow") == 20);
    }

    @Test
    void claimsThatTakeLongLeavePermitsToClients() {
        for (int i = 0; i < 100; i++) {
            claim("n" + i, () -> hold("claim"));
        }
        await().until(() -> Collections.frequency(ran, "claim") == 6);

        client(() -> ran.add("client"));

        await().until(() -> ran.contains("client"));
        assertThat(ran).filteredOn("claim"::equals).hasSize(6);
    }

    @Test
    void clientsGoFirstAndClaimsGetEveryFourthPermit() {
        restartWith(1);
        client(() -> hold("first"));
        await().until(() -> ran.contains("first"));
        for (int i = 0; i < 40; i++) {
            claim("n" + i, () -> ran.add("claim"));
            client(() -> ran.add("client"));
        }
        open.countDown();

        await().until(() -> ran.size() == 81);
        assertThat(ran.subList(1, 41)).filteredOn("claim"::equals).hasSize(10);
    }

    /** A pass that waits without a permit ends without one. Its place in the namespace is free all the same. */
    @Test
    void theNextClaimOfANamespaceStartsWhenAPassEndsThatHeldNoPermit() {
        AtomicInteger done = new AtomicInteger();
        for (int i = 0; i < 5; i++) {
            claim("n", () -> {
                RunningPass pass = RunningPass.current();
                if (pass != null) {
                    pass.withoutPermit(() -> "waits");
                }
                done.incrementAndGet();
            });
        }

        await().until(() -> done.get() == 5);
    }

    @Test
    void aClaimThatThrowsFreesItsPlace() {
        for (int i = 0; i < 10; i++) {
            claim("n", () -> {
                throw new IllegalStateException("expected by the test");
            });
        }
        claim("n", () -> ran.add("runs"));

        await().dontCatchUncaughtExceptions().until(() -> ran.contains("runs"));
    }

    @Test
    void aStopDropsTheClaimsThatWait() {
        for (int i = 0; i < 10; i++) {
            claim("n", () -> hold("claim"));
        }
        await().until(() -> ran.size() == 2);

        assertThat(executor.shutdownNow()).hasSize(8);
    }

    private void claim(String namespace, Runnable pass) {
        submit(new ClientSecretClaim(), namespace, pass);
    }

    private void client(Runnable pass) {
        submit(new UserPoolClient(), "clients", pass);
    }
}
