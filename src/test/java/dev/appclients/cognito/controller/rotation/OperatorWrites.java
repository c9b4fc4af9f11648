package dev.appclients.cognito.controller.rotation;

import dev.appclients.cognito.model.Marks;
import dev.appclients.cognito.simulator.LiveSecret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Writes Secrets as another version of the operator does, or as a backup brings them back. */
final class OperatorWrites {

    private final KubernetesClient kubernetes;

    OperatorWrites(KubernetesClient kubernetes) {
        this.kubernetes = kubernetes;
    }

    /** Writes the Secret with an older client secret. */
    void fallBack(String namespace, String name, LiveSecret older) {
        patch(namespace, name, withSecret(older, false));
    }

    /** Writes the Secret with an older client secret, so that the operator cannot correct it. */
    void fallBackForGood(String namespace, String name, LiveSecret older) {
        patch(namespace, name, withSecret(older, true));
    }

    /** Writes the state of a record. */
    void recordState(String namespace, String name, String state) {
        patch(namespace, name, "{\"data\": {\"state\": \"" + encoded(state) + "\"}}");
    }

    private static String withSecret(LiveSecret older, boolean isImmutable) {
        return """
                {
                  "immutable": %s,
                  "data": {"client-secret": "%s"},
                  "metadata": {"annotations": {"%s": "%s"}}
                }
                """.formatted(isImmutable, encoded(older.value()), Marks.CLIENT_SECRET_ID, older.id());
    }

    private static String encoded(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private void patch(String namespace, String name, String mergePatch) {
        kubernetes
                .secrets()
                .inNamespace(namespace)
                .withName(name)
                .patch(
                        new PatchContext.Builder()
                                .withPatchType(PatchType.JSON_MERGE)
                                .withFieldManager(Marks.FIELD_MANAGER)
                                .build(),
                        mergePatch);
    }
}
