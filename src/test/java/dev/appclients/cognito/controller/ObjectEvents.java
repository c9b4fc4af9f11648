package dev.appclients.cognito.controller;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/** The events about an object, in the order of their last occurrence. */
final class ObjectEvents {

    private ObjectEvents() {}

    /** The events about the object of this name in the namespace, or in none. */
    static List<Event> of(KubernetesClient admin, String namespace, String name) {
        return admin.v1().events().inAnyNamespace().list().getItems().stream()
                .filter(event -> name.equals(event.getInvolvedObject().getName())
                        && (event.getInvolvedObject().getNamespace() == null
                                || event.getInvolvedObject().getNamespace().equals(namespace)))
                .sorted(Comparator.comparing(
                        event -> Long.parseLong(event.getMetadata().getResourceVersion())))
                .toList();
    }

    /** The reasons of the events, each repeated by its count. */
    static List<String> reasons(List<Event> events) {
        return events.stream()
                .flatMap(event -> Collections.nCopies(event.getCount(), event.getReason()).stream())
                .toList();
    }
}
