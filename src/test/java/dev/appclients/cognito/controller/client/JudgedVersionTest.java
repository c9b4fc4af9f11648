package dev.appclients.cognito.controller.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.controller.cluster.Annotations;
import dev.appclients.cognito.controller.reconcile.ControllerNames;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Changes to an object while its create waits for a call, and whether the create is still allowed. */
class JudgedVersionTest {

    static Stream<Arguments> changes() {
        return Stream.of(
                change("nothing", true, client -> {}),
                change("a label", true, client -> client.getMetadata().setLabels(Map.of("team", "shop"))),
                change("a foreign annotation", true, client -> annotate(client, "team", "shop")),
                change("a request", true, client -> annotate(client, Annotations.RECONCILE_REQUESTED_AT, "now")),
                change("a foreign finalizer", true, client -> client.addFinalizer("example.com/backup")),
                change(
                        "no finalizer of the operator",
                        false,
                        client -> client.getMetadata().setFinalizers(List.of())),
                change("another client to replace", false, client -> annotate(client, Annotations.RECREATE, "3abc")),
                change(
                        "another process's intent",
                        false,
                        client -> client.setStatus(Intents.status(client, "2026-01-02T03:04:05Z"))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("changes")
    void onlyAChangeThatTheDecisionDependsOnStopsTheCreate(
            String what, boolean created, Consumer<UserPoolClient> change) {
        ReconcileInput input = ReconcileInputs.of(client(), 1);
        UserPoolClient now = client();
        change.accept(now);

        assertThat(FreshnessCheck.mayBeCreatedFor(input, now)).isEqualTo(created);
    }

    private static Arguments change(String what, boolean created, Consumer<UserPoolClient> change) {
        return arguments(what, created, change);
    }

    private static void annotate(UserPoolClient client, String annotation, String value) {
        client.getMetadata().setAnnotations(Map.of(annotation, value));
    }

    private static UserPoolClient client() {
        UserPoolClient client = Serialization.unmarshal("""
                apiVersion: cognito.appclients.dev/v1beta1
                kind: UserPoolClient
                metadata: {name: web, namespace: shop, uid: 0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0, generation: 1}
                spec: {userPoolRef: {name: customers}, appType: Confidential}
                """, UserPoolClient.class);
        client.addFinalizer(ControllerNames.CLIENT_FINALIZER);
        return client;
    }
}
