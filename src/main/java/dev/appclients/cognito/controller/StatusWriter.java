package dev.appclients.cognito.controller;

import dev.appclients.cognito.controller.PassListener.NotWritten;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the status of an object by server-side apply, and nothing but the status. An apply leaves what another field manager
 * claims; a second request takes it away: {@link StatusLeftovers}. A write that fails is logged and counted here.
 *
 * @param <S> the status
 * @param <T> the kind of the object
 */
final class StatusWriter<S, T extends CustomResource<?, S>> {

    private static final Logger LOG = LoggerFactory.getLogger(StatusWriter.class);
    private static final int UNPROCESSABLE = 422;

    private final String controller;
    private final Supplier<T> empty;
    private final PassListener listener;
    private final Consumer<T> shrink;

    /**
     * @param controller the name of the controller, for the metric
     * @param empty makes an object without content
     * @param shrink removes from an answer of the API server, in place, what no reconciliation reads
     */
    StatusWriter(String controller, Supplier<T> empty, PassListener listener, Consumer<T> shrink) {
        this.controller = controller;
        this.empty = empty;
        this.listener = listener;
        this.shrink = shrink;
    }

    /** Writes a status onto the object, whatever else changed on it meanwhile. */
    StatusWrite<T> write(Context<T> context, T resource, S status) {
        return apply(context, resource, patch(resource, status, null), status);
    }

    /** Writes a status onto exactly this version of the object; a conflict when there is a newer one. */
    StatusWrite<T> writeOnto(Context<T> context, T version, S status) {
        return apply(
                context, version, patch(version, status, version.getMetadata().getResourceVersion()), status);
    }

    private StatusWrite<T> apply(Context<T> context, T version, T patch, S intended) {
        try {
            T written = context.resourceOperations().serverSideApplyPrimaryStatus(patch);
            // The framework may keep the answer until the object changes again.
            shrink.accept(written);
            return new StatusWrite.Written<>(StatusLeftovers.takeAway(context.getClient(), written, intended));
        } catch (KubernetesClientException e) {
            NotWritten why = isCleared(context, version, intended, e) ? NotWritten.CONFLICT : meaning(e);
            switch (why) {
                case CONFLICT -> {}
                case GONE ->
                    LOG.debug(
                            "{} is gone, so its status was not written: {}",
                            named(patch),
                            KubernetesFailure.message(e));
                case FAILED ->
                    LOG.error(
                            "The status of {} was not written: {}. The operator retries within a minute",
                            named(patch),
                            KubernetesFailure.message(e));
            }
            return unwritten(why, e);
        } catch (RuntimeException e) {
            LOG.error("The status of {} was not written. The operator retries within a minute", named(patch), e);
            return unwritten(NotWritten.FAILED, e);
        }
    }

    /**
     * An object in the status that another field manager claims, and that we no longer write, becomes null in an apply, which the schema
     * refuses. Whether it was taken away, so that the next pass can write.
     */
    private static <S, T extends CustomResource<?, S>> boolean isCleared(
            Context<T> context, T version, S intended, KubernetesClientException refused) {
        if (refused.getCode() != UNPROCESSABLE || version.getStatus() == null) {
            return false;
        }
        try {
            T cleared = StatusLeftovers.takeAway(context.getClient(), version, intended);
            return !cleared.getMetadata()
                    .getResourceVersion()
                    .equals(version.getMetadata().getResourceVersion());
        } catch (KubernetesClientException e) {
            return KubernetesFailure.isConflict(e);
        }
    }

    /** The framework forgets whose pass it is when it caches what was written, so the log line must say it. */
    private static String named(HasMetadata object) {
        var meta = object.getMetadata();
        return object.getKind() + " " + (meta.getNamespace() == null ? "" : meta.getNamespace() + "/") + meta.getName();
    }

    private StatusWrite<T> unwritten(NotWritten why, RuntimeException failure) {
        listener.statusNotWritten(controller, why);
        return new StatusWrite.Unwritten<>(why, failure);
    }

    /** A new object, so that nothing but the status is sent; the UID is a precondition. */
    private T patch(T resource, S status, @Nullable String exactVersion) {
        var meta = resource.getMetadata();
        T patch = empty.get();
        patch.setMetadata(new ObjectMetaBuilder()
                .withName(meta.getName())
                .withNamespace(meta.getNamespace())
                .withUid(meta.getUid())
                .withResourceVersion(exactVersion)
                .build());
        patch.setStatus(status);
        return patch;
    }

    private static NotWritten meaning(KubernetesClientException e) {
        if (KubernetesFailure.isConflict(e)) {
            return NotWritten.CONFLICT;
        }
        boolean anotherObject =
                e.getCode() == UNPROCESSABLE && String.valueOf(e.getMessage()).contains("metadata.uid");
        return KubernetesFailure.isNotFound(e) || anotherObject ? NotWritten.GONE : NotWritten.FAILED;
    }
}
