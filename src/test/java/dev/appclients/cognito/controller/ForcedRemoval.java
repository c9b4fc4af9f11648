package dev.appclients.cognito.controller;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;

/** Deletes objects and removes their finalizers, as a user may. */
public final class ForcedRemoval {

    private ForcedRemoval() {}

    /** Deletes every object of this kind in the cluster. */
    public static void ofAll(KubernetesClient admin, Class<? extends HasMetadata> kind) {
        admin.resources(kind).inAnyNamespace().list().getItems().forEach(object -> of(admin, object));
    }

    /** Deletes the object, which may be gone already with its namespace. No operator adds a finalizer after the deletion. */
    static void of(KubernetesClient admin, HasMetadata object) {
        try {
            admin.resource(object).delete();
            // Also if the list showed none: the last request of a stopped operator may have added one since.
            admin.resource(object).patch(PatchContext.of(PatchType.JSON_MERGE), "{\"metadata\":{\"finalizers\":null}}");
        } catch (KubernetesClientException gone) {
            if (gone.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
                throw gone;
            }
        }
    }
}
