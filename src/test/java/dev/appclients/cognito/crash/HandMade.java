package dev.appclients.cognito.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.controller.Stage;
import dev.appclients.cognito.simulator.AppClient;
import dev.appclients.cognito.simulator.JournalEntry;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** Hand-made clients, one for each name, that the pool permits the stage's namespace to adopt in either mode. */
final class HandMade {

    static final String NAME = "made by hand";

    /** Permitted at once, since every change of the pool triggers a reconciliation of all its clients. */
    private static final int STOCK = 200;

    /** Usable settings that differ from every manifest. */
    private static final Map<String, ?> SETTINGS = Map.of(
            "AllowedOAuthFlows",
            List.of("code"),
            "AllowedOAuthScopes",
            List.of("openid"),
            "AllowedOAuthFlowsUserPoolClient",
            true,
            "CallbackURLs",
            List.of("https://legacy.example.com/"));

    private final Stage stage;
    private final Deque<AppClient> stock = new ArrayDeque<>();
    private final Map<String, String> idByName = new HashMap<>();
    private final Set<String> ids = new HashSet<>();

    HandMade(Stage stage) {
        this.stage = stage;
    }

    /** Returns the line of the spec that adopts the client with this name. Creates the client if absent. */
    String adopt(String name) {
        if (stock.isEmpty()) {
            replenish();
        }
        return "adopt: {clientId: "
                + idByName.computeIfAbsent(name, none -> stock.pop().clientId()) + "}\n";
    }

    boolean isFor(String name) {
        return idByName.containsKey(name);
    }

    /** The current client with this name. */
    AppClient of(String name) {
        return stage.simulator().client(Stage.POOL_ID, Objects.requireNonNull(idByName.get(name), name));
    }

    boolean contains(AppClient client) {
        return ids.contains(client.clientId());
    }

    /** The calls for the client with this name since the journal was cleared. */
    List<String> calls(String name) {
        String id = idByName.get(name);
        return stage.simulator().journal().entries().stream()
                .filter(entry -> Objects.equals(entry.clientId(), id))
                .map(JournalEntry::operation)
                .toList();
    }

    private void replenish() {
        for (int i = 0; i < STOCK; i++) {
            AppClient client = stage.simulator().createForeignClient(Stage.POOL_ID, NAME);
            stage.simulator().changeClient(Stage.POOL_ID, client.clientId(), SETTINGS);
            stock.add(client);
            ids.add(client.clientId());
        }
        assertThat(ids).as("entries of one pool").hasSizeLessThanOrEqualTo(1_000);
        stage.applyPool(
                Stage.POOL,
                "namespaces: {from: All}\n"
                        + ids.stream()
                                .map(id ->
                                        "{clientId: %s, namespaces: {from: Names, names: [%s]}, modes: [Observe, Manage]}"
                                                .formatted(id, stage.namespace()))
                                .collect(Collectors.joining(", ", "adoption: [", "]")));
        stage.eventually()
                .until(() -> stage.pool()
                        .getMetadata()
                        .getGeneration()
                        .equals(stage.pool().getStatus().observedGeneration()));
    }
}
