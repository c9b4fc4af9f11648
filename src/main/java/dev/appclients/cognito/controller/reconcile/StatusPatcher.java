package dev.appclients.cognito.controller.reconcile;

import dev.appclients.cognito.controller.reconcile.PassListener.NotWritten;
import dev.appclients.cognito.model.Marks;
import dev.appclients.cognito.status.Conditions;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Patches the status of one kind. A JSON patch replaces the whole status of the version that was judged, so nothing that another
 * field manager wrote stays in it. Logs and counts each write that fails.
 *
 * @param <S> the status
 * @param <T> the kind of the object
 */
public final class StatusPatcher<S, T extends CustomResource<?, S>> {

    private static final Logger LOG = LoggerFactory.getLogger(StatusPatcher.class);

    private final String controller;
    private final Function<S, @Nullable List<Condition>> conditions;
    private final UnwrittenStatuses<T> unwritten;
    private final PassListener listener;
    private final Consumer<T> shrink;

    /**
     * @param controller the name of the controller, for the metric
     * @param conditions reads the conditions of a status
     * @param unwritten of this kind
     * @param shrink removes from an answer of the API server, in place, what no reconciliation reads
     */
    public StatusPatcher(
            String controller,
            Function<S, @Nullable List<Condition>> conditions,
            UnwrittenStatuses<T> unwritten,
            PassListener listener,
            Consumer<T> shrink) {
        this.controller = controller;
        this.conditions = conditions;
        this.unwritten = unwritten;
        this.listener = listener;
        this.shrink = shrink;
    }

    /**
     * Writes a status if it differs, and announces its transitions once it is written.
     *
     * @param resource the object as the reconciliation began with it
     * @param judged its newest version that the reconciliation read or wrote
     * @param announce receives the status that was announced last, null if none was, and the new one
     */
    public StatusWrite<T> report(
            Context<T> context, T resource, T judged, S status, BiConsumer<@Nullable S, S> announce) {
        StatusWrite<T> outcome =
                status.equals(judged.getStatus()) ? new StatusWrite.Written<>(judged) : write(context, judged, status);
        if (outcome instanceof StatusWrite.Written<T>) {
            announceOnce(resource, status, announce);
        }
        return outcome;
    }

    /** Announces the transitions to a status, whether or not it is written. */
    public void announceOnce(T resource, S status, BiConsumer<@Nullable S, S> announce) {
        announce.accept(unwritten.written(resource).orElse(resource).getStatus(), status);
    }

    /** When to repeat a reconciliation whose status was not written. */
    public Duration retry(T resource, NotWritten why) {
        return unwritten.failed(resource, why);
    }

    /** Writes a status unless another writer replaced the one that was judged. Any other change of the object is no conflict. */
    public StatusWrite<T> write(Context<T> context, T judged, S status) {
        return attempt(context, judged, version -> replaceJudged(context.getClient(), version, status));
    }

    /** Writes a status onto exactly this version of the object. */
    public StatusWrite<T> writeOnto(Context<T> context, T version, S status) {
        return attempt(context, version, exact -> replace(context.getClient(), exact, status));
    }

    private StatusWrite<T> attempt(Context<T> context, T version, UnaryOperator<T> write) {
        try {
            // The framework caches the answer and ignores its event.
            T written = context.resourceOperations()
                    .resourcePatch(
                            version, write, context.eventSourceRetriever().getControllerEventSource());
            shrink.accept(written);
            logForeignConditions(version);
            return new StatusWrite.Written<>(written);
        } catch (KubernetesClientException e) {
            NotWritten why = meaning(e);
            switch (why) {
                case CONFLICT -> {}
                case GONE ->
                    LOG.debug(
                            "{} is gone, so its status was not written: {}",
                            named(version),
                            KubernetesFailure.message(e));
                case FAILED ->
                    LOG.error(
                            "The status of {} was not written: {}. The operator retries within a minute",
                            named(version),
                            KubernetesFailure.message(e));
            }
            return failed(why, e);
        } catch (RuntimeException e) {
            LOG.error("The status of {} was not written. The operator retries within a minute", named(version), e);
            return failed(NotWritten.FAILED, e);
        }
    }

    private T replaceJudged(KubernetesClient kubernetes, T judged, S status) {
        try {
            return replace(kubernetes, judged, status);
        } catch (KubernetesClientException e) {
            if (!KubernetesFailure.isConflict(e)) {
                throw e;
            }
            T newest = kubernetes.resource(judged).get();
            if (newest == null || !uid(newest).equals(uid(judged))) {
                throw e;
            }
            if (status.equals(newest.getStatus())) {
                return newest;
            }
            if (!Objects.equals(newest.getStatus(), judged.getStatus())) {
                throw e;
            }
            return replace(kubernetes, newest, status);
        }
    }

    /** The API server answers 409 if the object has another version. No two objects share a version. */
    private static <S, T extends CustomResource<?, S>> T replace(KubernetesClient kubernetes, T version, S status) {
        var patch = List.of(
                operation(
                        "replace",
                        "/metadata/resourceVersion",
                        version.getMetadata().getResourceVersion()),
                // Replaces the status that is there, or adds it.
                operation("add", "/status", status));
        return kubernetes
                .resource(version)
                .subresource("status")
                .patch(
                        new PatchContext.Builder()
                                .withPatchType(PatchType.JSON)
                                .withFieldManager(Marks.FIELD_MANAGER)
                                .build(),
                        kubernetes.getKubernetesSerialization().asJson(patch));
    }

    private static Map<String, Object> operation(String op, String path, Object value) {
        return Map.of("op", op, "path", path, "value", value);
    }

    private void logForeignConditions(T version) {
        S former = version.getStatus();
        List<String> foreign = former == null ? List.of() : Conditions.foreignTypes(conditions.apply(former));
        if (!foreign.isEmpty()) {
            LOG.warn(
                    "Another field manager wrote the conditions {} to the status of {}. The operator removed them",
                    foreign,
                    named(version));
        }
    }

    private static String uid(HasMetadata object) {
        return object.getMetadata().getUid();
    }

    /** The framework clears the logging context when it caches an answer, so the line names the object. */
    private static String named(HasMetadata object) {
        var meta = object.getMetadata();
        return object.getKind() + " " + (meta.getNamespace() == null ? "" : meta.getNamespace() + "/") + meta.getName();
    }

    private StatusWrite<T> failed(NotWritten why, RuntimeException failure) {
        listener.statusNotWritten(controller, why);
        return new StatusWrite.Unwritten<>(why, failure);
    }

    private static NotWritten meaning(KubernetesClientException e) {
        if (KubernetesFailure.isConflict(e)) {
            return NotWritten.CONFLICT;
        }
        return KubernetesFailure.isNotFound(e) ? NotWritten.GONE : NotWritten.FAILED;
    }
}
