package dev.appclients.cognito.controller;

import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.simulator.AppClient;
import dev.appclients.cognito.status.Conditions;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/** A stage with hand-made clients, pool entries that permit their adoption, and a second namespace. */
public abstract class OnAdoptionStage extends OnStage {

    private @Nullable String elsewhere;

    @AfterEach
    void removeTheOtherNamespace() {
        if (elsewhere != null) {
            stage.admin().namespaces().withName(elsewhere).delete();
        }
    }

    /** Creates a client with a secret in Cognito, without the operator. */
    public AppClient handMade() {
        return stage.simulator().createForeignClient(Stage.POOL_ID, "legacy web");
    }

    /** Permits only the stage's namespace to adopt only this client. */
    public void permit(AppClient client, String... modes) {
        permitTo(stage.namespace(), client, modes);
    }

    public void permitTo(String namespaces, AppClient client, String... modes) {
        applyPool(List.of(entry(client.clientId(), namespaces, modes)));
    }

    public void permitNothing() {
        applyPool(List.of());
    }

    public static String entry(String clientId, String namespaces, String... modes) {
        return "{clientId: %s, namespaces: {from: Names, names: [%s]}, modes: [%s]}"
                .formatted(clientId, namespaces, String.join(", ", modes));
    }

    /** Applies the pool, waits until the operator has observed it, and clears the recorded calls. */
    public void applyPool(List<String> entries) {
        stage.applyPool(
                Stage.POOL,
                "namespaces: {from: All}\n"
                        + (entries.isEmpty()
                                ? ""
                                : entries.stream().collect(Collectors.joining(", ", "adoption: [", "]"))));
        stage.eventually()
                .until(() -> stage.pool()
                        .getMetadata()
                        .getGeneration()
                        .equals(stage.pool().getStatus().observedGeneration()));
        stage.forgetCalls();
    }

    public static String adopt(AppClient client) {
        return "adopt: {clientId: " + client.clientId() + "}\n";
    }

    /** Returns the name of the second namespace. Creates it if absent. */
    public String elsewhere() {
        if (elsewhere == null) {
            elsewhere = stage.admin()
                    .resource(new NamespaceBuilder()
                            .withNewMetadata()
                            .withGenerateName("other-")
                            .endMetadata()
                            .build())
                    .create()
                    .getMetadata()
                    .getName();
        }
        return elsewhere;
    }

    /** Applies a client as {@link Stage#applyClient} does, in the second namespace. */
    public void applyElsewhere(String name, String settings) {
        UserPoolClient client = Serialization.unmarshal(
                """
                apiVersion: cognito.appclients.dev/v1beta1
                kind: UserPoolClient
                metadata: {name: %s, namespace: %s}
                spec:
                  userPoolRef: {name: customers}
                """.formatted(name, elsewhere()) + settings.strip().indent(2), UserPoolClient.class);
        stage.admin().resource(client).fieldManager("user").forceConflicts().serverSideApply();
    }

    public Resource<UserPoolClient> elsewhere(String name) {
        return stage.admin()
                .resources(UserPoolClient.class)
                .inNamespace(elsewhere())
                .withName(name);
    }

    /** Waits until the client in the second namespace has this reason for Ready, and returns the condition. */
    public Condition awaitElsewhere(String name, String reason) {
        return stage.eventually()
                .until(
                        () -> readyElsewhere(name),
                        ready -> ready.filter(found -> found.getReason().equals(reason))
                                .isPresent())
                .orElseThrow();
    }

    private Optional<Condition> readyElsewhere(String name) {
        return Conditions.find(elsewhere(name).require().getStatus().conditions(), Conditions.READY);
    }

    /** Waits until every object created from now on has a later creation time than this one. */
    public void letASecondPass(String name) {
        String before = stage.client(name).getMetadata().getCreationTimestamp();
        awaitLaterThan(before);
    }

    public void awaitLaterThan(String creationTimestamp) {
        stage.eventually()
                .until(() ->
                        Instant.now().isAfter(Instant.parse(creationTimestamp).plusMillis(1_050)));
    }
}
