package dev.appclients.cognito.controller;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.Map;
import java.util.function.Consumer;

/** Changes of a status by a user, which only the operator should write. */
final class StatusForgery {

    private StatusForgery() {}

    /** Writes other values into the status, and removes those that the forgery removes. */
    static void of(Resource<GenericKubernetesResource> resource, Consumer<Map<String, Object>> forgery) {
        resource.editStatus(object -> {
            Map<String, Object> status = object.get("status");
            forgery.accept(status);
            return object;
        });
    }

    /** Removes the whole status, including fields of other managers. */
    static void wipe(Resource<? extends HasMetadata> resource) {
        resource.subresource("status")
                .patch(PatchContext.of(PatchType.JSON), "[{\"op\":\"add\",\"path\":\"/status\",\"value\":null}]");
    }
}
