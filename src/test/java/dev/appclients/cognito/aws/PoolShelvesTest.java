package dev.appclients.cognito.aws;

import static dev.appclients.cognito.aws.SimulatedCognito.SHOP;
import static dev.appclients.cognito.aws.SimulatedCognito.access;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.appclients.cognito.failure.FailedCall;
import dev.appclients.cognito.model.PoolContents;
import dev.appclients.cognito.model.PoolShelf;
import dev.appclients.cognito.simulator.JournalEntry;
import dev.appclients.cognito.simulator.Switch;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PoolShelvesTest {

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-20T12:00:00Z"));
    private final SimulatedCognito cognito =
            new SimulatedCognito(AwsConfiguration.DEFAULT.withQuotas(Quotas.UNLIMITED), now::get);

    @AfterEach
    void close() {
        cognito.close();
    }

    @Test
    void eachCatalogHasItsOwnContentsOnly() {
        assertThat(look(PoolShelf.SCOPES).scopes()).containsExactly("orders/read", "orders/write");
        assertThat(look(PoolShelf.SCOPES).providers()).isNull();
        assertThat(look(PoolShelf.PROVIDERS).providers()).containsExactly("Google");
        assertThat(look(PoolShelf.PROVIDERS).attributes()).isNull();
        assertThat(look(PoolShelf.SCHEMA).tier()).isEqualTo("ESSENTIALS");
        assertThat(look(PoolShelf.SCHEMA).attributes().names()).contains("email");
    }

    @Test
    void allPagesOfACatalogAreRead() {
        cognito.simulator.switches().set(Switch.EMPTY_LIST_PAGES, true);
        for (int i = 0; i < 130; i++) {
            cognito.simulator.pool(SHOP.value()).resourceServer("s" + i, "read").identityProvider("p" + i, "SAML");
        }

        assertThat(look(PoolShelf.SCOPES).scopes()).hasSize(132).contains("s0/read", "s129/read");
        assertThat(look(PoolShelf.PROVIDERS).providers()).hasSize(131).contains("p0", "p129");
    }

    @ParameterizedTest
    @EnumSource(PoolShelf.class)
    void aCatalogIsUnknownWithoutThePermissionToReadIt(PoolShelf catalog) {
        cognito.simulator.access().deny("*", "cognito-idp:*", "*");

        assertThat(look(catalog)).isEqualTo(PoolContents.UNKNOWN);
    }

    @Test
    void concurrentCallersOfAllNamespacesShareOneRead() {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<CompletableFuture<PoolContents>> looks = IntStream.range(0, 200)
                    .mapToObj(i -> CompletableFuture.supplyAsync(
                            () -> cognito.appClients.contents(access("n" + i), PoolShelf.SCOPES, now.get()), threads))
                    .toList();
            assertThat(looks)
                    .allSatisfy(look -> assertThat(look.join().scopes()).hasSize(2));
        }
        assertThat(calls()).containsExactly("ListResourceServers");
    }

    @Test
    void aReadIsRepeatedOnlyIfItStartedTooEarly() {
        look(PoolShelf.SCOPES);
        now.updateAndGet(before -> before.plus(Duration.ofSeconds(20)));
        cognito.appClients.contents(access("shop"), PoolShelf.SCOPES, now.get().minusSeconds(30));
        assertThat(calls()).hasSize(1);

        look(PoolShelf.SCOPES);
        assertThat(calls()).hasSize(2);
    }

    @Test
    void aFailedReadFailsForItsCallersAndTheNextCallReadsAgain() {
        cognito.simulator.faults().on("ListResourceServers").failBeforeCommit("InternalErrorException", 500, "Sorry.");

        assertThatThrownBy(() -> look(PoolShelf.SCOPES)).isInstanceOf(FailedCall.class);
        assertThat(look(PoolShelf.SCOPES).scopes()).hasSize(2);
    }

    private PoolContents look(PoolShelf catalog) {
        return cognito.appClients.contents(access("shop"), catalog, now.get());
    }

    private List<String> calls() {
        return cognito.simulator.journal().entries().stream()
                .map(JournalEntry::operation)
                .toList();
    }
}
