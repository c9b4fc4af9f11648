package dev.appclients.cognito.controller.client;

import dev.appclients.cognito.controller.cluster.Outputs;
import dev.appclients.cognito.controller.reconcile.KubernetesFailure;
import dev.appclients.cognito.controller.reconcile.StopReconciliation;
import dev.appclients.cognito.controller.secret.RestoreHistory;
import dev.appclients.cognito.controller.secret.SecretChanged;
import dev.appclients.cognito.controller.secret.SecretContested;
import dev.appclients.cognito.controller.secret.SecretStore;
import dev.appclients.cognito.controller.secret.SecretWrite;
import dev.appclients.cognito.controller.secret.SecretWriter;
import dev.appclients.cognito.model.ClientSecret;
import dev.appclients.cognito.secret.SecretInspection;
import dev.appclients.cognito.secret.SecretOwner;
import dev.appclients.cognito.secret.SecretRequest;
import dev.appclients.cognito.secret.SecretState;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One kind of output of a client: its Secret, or its ConfigMap in the form of a Secret. Judges the output on the cache and writes it
 * only if it is not current.
 */
final class ClientOutput {

    private final Outputs cache;
    private final SecretStore store;
    private final SecretWriter writer;
    private final RestoreHistory restores;
    private final RequestedName requested;

    ClientOutput(
            Outputs cache, SecretStore store, SecretWriter writer, RestoreHistory restores, RequestedName requested) {
        this.cache = cache;
        this.store = store;
        this.writer = writer;
        this.restores = restores;
        this.requested = requested;
    }

    /** Whether this pass writes no fact of the pool that the output does not contain already. */
    boolean keepsFacts(PassState pass, SecretRequest request, SecretNeed need) {
        Secret cached = cached(request);
        return switch (inspect(pass, request, cached)) {
            case SecretState.Current() -> true;
            case SecretState.Absent() -> need == SecretNeed.NOTHING;
            case SecretState.NotOwned notOwned ->
                need == SecretNeed.NOTHING || SecretInspection.hasSameInputs(request, cached);
            case SecretState.Inherited inherited -> need == SecretNeed.NOTHING;
            default -> SecretInspection.hasSameInputs(request, cached);
        };
    }

    /** The need for a description from Cognito. None if the operator may not watch this kind of output: then {@link #publish} fails. */
    SecretNeed need(ReconcileInput input, PassState pass, SecretRequest request) {
        if (!isWatched()) {
            return SecretNeed.NOTHING;
        }
        // While a restore has to wait, the operator writes nothing, so it needs nothing, unless the user requests it.
        if (restores.beforeNext(input.uid()) != null && !input.isReconcileRequested()) {
            return SecretNeed.NOTHING;
        }
        String clientId = request.values().clientId();
        return switch (inspect(pass, request, cached(request))) {
            // Another owner's Secret, absent from the cache because it lacks the label, is no reason to call Cognito.
            case SecretState.Absent() ->
                isForeign(request) ? SecretNeed.NOTHING : repair(request, hasFormerValue(pass, request));
            case SecretState.Tampered(var edit) -> repair(request, !SecretInspection.changesSecret(request, edit));
            case SecretState.Edited(String recorded, var edit) -> repair(request, clientId.equals(recorded));
            case SecretState.Outdated(String recorded) ->
                clientId.equals(recorded) ? SecretNeed.NOTHING : repair(request, false);
            case SecretState.Current() -> SecretNeed.NOTHING;
            case SecretState.CurrentOfOlderVersion older -> SecretNeed.NOTHING;
            case SecretState.Unwritable unwritable -> SecretNeed.NOTHING;
            case SecretState.Inherited inherited -> repair(request, false);
            case SecretState.NotOwned notOwned -> SecretNeed.NOTHING;
        };
    }

    private static SecretNeed repair(SecretRequest request, boolean valueIntact) {
        return request.confidential() && !valueIntact ? SecretNeed.VALUE : SecretNeed.REPAIR;
    }

    /**
     * Verifies that the output can be created.
     *
     * @param placeholder has every part of the output except its values
     * @throws StopReconciliation if it cannot be created
     */
    void ensureCreatable(SecretRequest request, Secret placeholder) {
        Secret cached = cached(request);
        if (cached != null) {
            refuseObstacle(request, cached);
            return;
        }
        try {
            store.dryRunCreate(placeholder);
        } catch (KubernetesClientException e) {
            if (!KubernetesFailure.isConflict(e)) {
                throw KubernetesFailure.whileWriting(store.kind() + " '" + request.secretName() + "'", e);
            }
            refuseObstacle(request, live(request));
        }
    }

    /**
     * Writes the output if it is not current.
     *
     * @param rewritesOlder whether an output of an older version of the operator is rewritten in this pass
     * @throws StopReconciliation if the output cannot be written
     * @throws KubernetesClientException if the operator may not watch outputs of this kind
     */
    void publish(PassState pass, SecretWrite write, Predicate<SecretState.CurrentOfOlderVersion> rewritesOlder) {
        cache.requireWatch();
        SecretRequest request = write.request();
        Secret cached = cached(request);
        SecretState state = inspect(pass, request, cached);
        boolean isDue = switch (state) {
            case SecretState.Current() -> false;
            case SecretState.CurrentOfOlderVersion older -> rewritesOlder.test(older);
            default -> true;
        };
        if (!isDue) {
            return;
        }
        List<String> formerNames = formers(pass, request).stream()
                .map(former -> former.getMetadata().getName())
                .toList();
        try {
            writer.write(write.replacing(formerNames), state, cached);
        } catch (SecretContested contested) {
            pass.requeueAfter(contested.retryAfter());
            throw contested.stop();
        }
    }

    /**
     * Removes the owner's outputs, except retained ones, after one live read of the owner: its newest version may name one of them.
     *
     * @param except the name of the output that stays; null for none
     * @throws SecretChanged if the owner requests another output now
     */
    void removeOthers(SecretOwner owner, @Nullable String except) {
        List<Secret> former = others(owner, except).stream()
                .filter(other -> !isRetained(other))
                .toList();
        if (former.isEmpty()) {
            return;
        }
        if (!requested.isStill(except, owner)) {
            throw new SecretChanged("the name of the " + store.kind() + " in the manifest");
        }
        former.forEach(other -> writer.remove(owner, other.getMetadata().getName()));
    }

    /** The value in the owner's Secret, read live; null if it is not the requested one, or another writer changed it. */
    @Nullable
    ClientSecret value(SecretRequest request) {
        return SecretInspection.reusableSecret(request, live(request));
    }

    private boolean isWatched() {
        try {
            cache.requireWatch();
            return true;
        } catch (KubernetesClientException unwatched) {
            return false;
        }
    }

    private static boolean isRetained(Secret output) {
        return output.getMetadata().getOwnerReferences().isEmpty();
    }

    /** The outputs that the requested one replaces, the one that was published last first. */
    private List<Secret> formers(PassState pass, SecretRequest request) {
        String published = pass.secret() == null ? null : pass.secret().name();
        return others(request.owner(), request.secretName()).stream()
                .sorted(Comparator.comparing((Secret former) ->
                                !former.getMetadata().getName().equals(published))
                        .thenComparing(ClientOutput::isRetained)
                        .thenComparing(former -> former.getMetadata().getName()))
                .toList();
    }

    private List<Secret> others(SecretOwner owner, @Nullable String except) {
        return cache.of(owner.namespace(), owner.uid()).stream()
                .filter(output -> !output.getMetadata().getName().equals(except))
                .toList();
    }

    /** Whether the output that this request replaces has the client secret. */
    private boolean hasFormerValue(PassState pass, SecretRequest request) {
        return formers(pass, request).stream()
                .findFirst()
                .filter(former -> SecretInspection.isReusable(request, former))
                .isPresent();
    }

    private boolean isForeign(SecretRequest request) {
        return SecretInspection.obstacle(request.owner(), live(request)) != null;
    }

    private void refuseObstacle(SecretRequest request, @Nullable Secret observed) {
        SecretState.NotOwned obstacle = SecretInspection.obstacle(request.owner(), observed);
        if (obstacle != null) {
            throw SecretWriter.refused(obstacle);
        }
    }

    private SecretState inspect(PassState pass, SecretRequest request, @Nullable Secret cached) {
        String version = cached == null ? "" : cached.getMetadata().getResourceVersion();
        InspectedSecret last = pass.inspected(store.kind());
        if (last == null || !last.version().equals(version) || !last.request().equals(request)) {
            last = new InspectedSecret(request, version, SecretInspection.inspect(request, cached));
            pass.inspected(store.kind(), last);
        }
        return last.state();
    }

    private @Nullable Secret cached(SecretRequest request) {
        return cache.get(request.owner().namespace(), request.secretName()).orElse(null);
    }

    private @Nullable Secret live(SecretRequest request) {
        return store.read(request.owner().namespace(), request.secretName());
    }
}
