package dev.appclients.cognito.aws.cognito;

import static dev.appclients.cognito.aws.cognito.SimulatedCognito.SHOP;
import static dev.appclients.cognito.aws.cognito.SimulatedCognito.access;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.appclients.cognito.aws.AwsConfiguration;
import dev.appclients.cognito.aws.Quotas;
import dev.appclients.cognito.failure.AwsCallException;
import dev.appclients.cognito.model.PoolCatalog;
import dev.appclients.cognito.model.PoolContents;
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

class PoolCatalogReaderTest {

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-20T12:00:00Z"));
    private final SimulatedCognito cognito =
            new SimulatedCognito(AwsConfiguration.DEFAULT.withQuotas(Quotas.UNLIMITED), now::get);

    @AfterEach
    void close() {
        cognito.close();
    }

    @Test
    void eachCatalogHasItsOwnContentsOnly() {
        assertThat(look(PoolCatalog.SCOPES).scopes()).containsExactly("orders/read", "orders/write");
        assertThat(look(PoolCatalog.SCOPES).providers()).isNull();
        assertThat(look(PoolCatalog.PROVIDERS).providers()).containsExactly("Google");
        assertThat(look(PoolCatalog.PROVIDERS).attributes()).isNull();
        assertThat(look(PoolCatalog.SCHEMA).tier()).isEqualTo("ESSENTIALS");
        assertThat(look(PoolCatalog.SCHEMA).attributes().names()).contains("email");
    }

    @Test
    void allPagesOfACatalogAreRead() {
        cognito.simulator.switches().set(Switch.EMPTY_LIST_PAGES, true);
        for (int i = 0; i < 130; i++) {
            cognito.simulator.pool(SHOP.value()).resourceServer("s" + i, "read").identityProvider("p" + i, "SAML");
        }

        assertThat(look(PoolCatalog.SCOPES).scopes()).hasSize(132).contains("s0/read", "s129/read");
        assertThat(look(PoolCatalog.PROVIDERS).providers()).hasSize(131).contains("p0", "p129");
    }

    @ParameterizedTest
    @EnumSource(PoolCatalog.class)
    void aCatalogIsUnknownWithoutThePermissionToReadIt(PoolCatalog catalog) {
        cognito.simulator.access().deny("*", "cognito-idp:*", "*");

        assertThat(look(catalog)).isEqualTo(PoolContents.UNKNOWN);
    }

    @Test
    void concurrentCallersOfAllNamespacesShareOneRead() {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<CompletableFuture<PoolContents>> looks = IntStream.range(0, 200)
                    .mapToObj(i -> CompletableFuture.supplyAsync(
                            () -> cognito.appClients.contents(access("n" + i), PoolCatalog.SCOPES, now.get()), threads))
                    .toList();
            assertThat(looks)
                    .allSatisfy(look -> assertThat(look.join().scopes()).hasSize(2));
        }
        assertThat(calls()).containsExactly("ListResourceServers");
    }

    @Test
    void aReadIsRepeatedOnlyIfItStartedTooEarly() {
        look(PoolCatalog.SCOPES);
        now.updateAndGet(before -> before.plus(Duration.ofSeconds(20)));
        cognito.appClients.contents(
                access("shop"), PoolCatalog.SCOPES, now.get().minusSeconds(30));
        assertThat(calls()).hasSize(1);

        look(PoolCatalog.SCOPES);
        assertThat(calls()).hasSize(2);
    }

    @Test
    void aFailedReadFailsForItsCallersAndTheNextCallReadsAgain() {
        cognito.simulator.faults().on("ListResourceServers").failBeforeCommit("InternalErrorException", 500, "Sorry.");

        assertThatThrownBy(() -> look(PoolCatalog.SCOPES)).isInstanceOf(AwsCallException.class);
        assertThat(look(PoolCatalog.SCOPES).scopes()).hasSize(2);
    }

    private PoolContents look(PoolCatalog catalog) {
        return cognito.appClients.contents(access("shop"), catalog, now.get());
    }

    private List<String> calls() {
        return cognito.simulator.journal().entries().stream()
                .map(JournalEntry::operation)
                .toList();
    }
}
