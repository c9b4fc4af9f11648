package dev.appclients.cognito.controller;

import dev.appclients.cognito.aws.AppClients;
import dev.appclients.cognito.aws.AppClients.Priority;
import dev.appclients.cognito.failure.FailureKind.Pace;
import dev.appclients.cognito.model.AppClient;
import dev.appclients.cognito.model.ClientSecret;
import dev.appclients.cognito.model.Reason;
import dev.appclients.cognito.plan.Whose;
import dev.appclients.cognito.secret.SecretInspection;
import dev.appclients.cognito.secret.SecretManifest;
import dev.appclients.cognito.secret.SecretOwner;
import dev.appclients.cognito.secret.SecretRequest;
import dev.appclients.cognito.secret.SecretState;
import dev.appclients.cognito.status.Step;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Writes a Secret that is not as it should be: a create where there is none, else an apply onto exactly what was judged. */
final class SecretWriter {

    private static final String DELETER = "a client that deletes it, which Kubernetes does not record";

    private static final int NANOS_BELOW_A_SECOND = 999_999_999;

    /** Each judges what is there then. More would be a race with a writer that never rests. */
    private static final int ATTEMPTS = 3;

    private final SecretStore secrets;
    private final AppClients clients;
    private final Claims claims;
    private final RestoreHistory restores;
    private final Announcer announcer;

    SecretWriter(SecretStore secrets, AppClients clients, Claims claims, RestoreHistory restores, Announcer announcer) {
        this.secrets = secrets;
        this.clients = clients;
        this.claims = claims;
        this.restores = restores;
        this.announcer = announcer;
    }

    /**
     * Writes the Secret. A conflict is no fault: what is there now is read and judged again, some times.
     *
     * @param state as the cache saw it; judged again on a live read before anything is overwritten
     * @throws Stop if it cannot be written
     * @throws SecretChanged if another writer was faster each time
     */
    void write(
            Subject subject, Progress progress, SecretRequest request, @Nullable AppClient client, SecretState state) {
        // Known to be absent, and the value at hand. Else it may only lack the mark that the cache goes by, which
        // decides
        // whether Cognito is asked.
        boolean absent = state instanceof SecretState.Absent && client != null;
        Write write = new Write(subject, progress, request, new Proof(subject, request, client));
        repeatedOnConflict(request.secretName(), first -> {
            Secret live = first && absent ? null : secrets.read(subject.namespace(), request.secretName());
            if (live == null) {
                create(write);
            } else {
                rewriteJudged(write, live);
            }
        });
    }

    /** Deletes a Secret under a former name, if it is still the owner's; as {@link #write} otherwise. */
    void remove(SecretOwner owner, String name) {
        repeatedOnConflict(name, first -> {
            Secret live = secrets.read(owner.namespace(), name);
            if (live != null && SecretInspection.obstacle(owner, live) == null) {
                secrets.delete(live);
            }
        });
    }

    private static void repeatedOnConflict(String secret, Attempt attempt) {
        for (int made = 0; made < ATTEMPTS; made++) {
            try {
                attempt.make(made == 0);
                return;
            } catch (KubernetesClientException e) {
                if (!KubernetesFailure.isOvertaken(e)) {
                    throw KubernetesFailure.whileWriting(secret, e);
                }
            }
        }
        throw new SecretChanged(secret);
    }

    /** What is written, and for whom. */
    private record Write(Subject subject, Progress progress, SecretRequest request, Proof ours) {}

    @FunctionalInterface
    private interface Attempt {
        void make(boolean first);
    }

    private void create(Write write) {
        boolean wasPublished = write.progress().secret() != null
                && write.request().secretName().equals(write.progress().secret().name());
        if (wasPublished) {
            stopFighting(write, DELETER);
        }
        secrets.create(SecretManifest.of(write.request(), valueFromCognito(write)));
        if (wasPublished) {
            // Only now: what stands in the place of ours is not restored, however often it is seen.
            restored(write, "it was deleted");
        }
    }

    /** The cache may be behind: what decides is one live read, and the write is bound to exactly that version. */
    private void rewriteJudged(Write write, Secret live) {
        switch (SecretInspection.inspect(write.request(), live)) {
            case SecretState.Current() -> {}
            case SecretState.Absent() -> throw new IllegalStateException("a Secret that was read is not absent");
            case SecretState.NotOurs notOurs when isInherited(write.subject(), notOurs) -> inherit(write, live);
            case SecretState.NotOurs notOurs -> throw SecretPublisher.refused(notOurs);
            case SecretState.Locked(String message) ->
                throw Stop.refused(Step.SECRET, Reason.SECRET_IMMUTABLE, message, Pace.MINUTES);
            case SecretState.Outdated outdated -> rewrite(write, live);
            case SecretState.Edited(var recorded, var edit) -> restore(write, live, edit);
            case SecretState.Tampered(var edit) -> restore(write, live, edit);
        }
    }

    /**
     * Whether the Secret was written for a former object of this name and for the very client that this one adopts: a backup has
     * brought it back, and the permission to adopt the client is the permission to publish it anew.
     */
    static boolean isInherited(Subject subject, SecretState.NotOurs state) {
        return state instanceof SecretState.FormerOwner former
                && former.clientId() != null
                && former.clientId().equals(subject.adopted());
    }

    /** Replaced, not rewritten: the API server takes no second controller beside the former one. */
    private void inherit(Write write, Secret live) {
        ClientSecret value = valueFromCognito(write);
        secrets.delete(live);
        secrets.create(SecretManifest.of(write.request(), value));
    }

    private void restore(Write write, Secret live, SecretState.Edit edit) {
        stopFighting(write, edit.who());
        rewrite(write, live);
        restored(write, edit.who() + " had changed " + String.join(", ", edit.fields()));
    }

    private void restored(Write write, String why) {
        restores.restored(write.subject().uid());
        announcer.secretRestored(write.subject().resource(), write.request().secretName(), why);
    }

    private void rewrite(Write write, Secret live) {
        SecretRequest request = write.request();
        ClientSecret value = null;
        if (request.confidential()) {
            ClientSecret published = SecretInspection.reusableSecret(request, live);
            value = published != null ? published : valueFromCognito(write);
        } else if (!SecretInspection.tellsOfSameClient(request, live)) {
            write.ours().get();
        }
        secrets.apply(SecretManifest.onlyOnto(SecretManifest.of(request, value), live), live);
    }

    /** The client, if it is ours: that the status names it is no reason to publish its id, or its secret. */
    private final class Proof implements Supplier<AppClient> {

        private final Subject subject;
        private final SecretRequest request;
        private @Nullable AppClient client;
        private boolean proven;

        Proof(Subject subject, SecretRequest request, @Nullable AppClient known) {
            this.subject = subject;
            this.request = request;
            this.client = known;
        }

        /** Asks Cognito at most once, however often the write is repeated. */
        @Override
        public AppClient get() {
            AppClient found = client != null
                    ? client
                    : clients.describe(subject.pool().access(), request.values().clientId(), Priority.USER);
            client = found;
            if (!proven) {
                refuseUnlessOurs(subject, found);
                proven = true;
            }
            return found;
        }
    }

    private void refuseUnlessOurs(Subject subject, AppClient client) {
        Whose whose = claims.ownership(subject.resource(), client);
        if (whose != Whose.OWN && whose != Whose.ADOPTED) {
            throw Stop.refused(
                    Step.CLIENT,
                    Reason.NOT_OURS,
                    "App client " + client.clientId() + " is not this object's, so it is not published",
                    Pace.HOURLY);
        }
    }

    /** Null for a client that has no secret. */
    private static @Nullable ClientSecret valueFromCognito(Write write) {
        AppClient client = write.ours().get();
        return write.request().confidential() ? valueOf(write.request(), client) : null;
    }

    private static ClientSecret valueOf(SecretRequest request, AppClient client) {
        ClientSecret value = client.secret();
        if (value == null) {
            throw Stop.refused(
                    Step.SECRET,
                    Reason.SECRET_VALUE_LOST,
                    "Cognito no longer shows the secret of app client " + client.clientId()
                            + ", because its original secret was deleted there. Write the live value into key"
                            + " client-secret of Secret '" + request.secretName() + "' by hand, or annotate this object"
                            + " after deleting the client to get a new one",
                    Pace.HOURLY);
        }
        return value;
    }

    /** A request for a reconciliation is a request for a write, also in a fight. */
    private void stopFighting(Write write, String contender) {
        RestoreHistory.Wait wait = restores.beforeNext(write.subject().uid());
        if (wait != null && !write.subject().isReconcileRequested()) {
            write.progress().requeueAfter(wait.left());
            throw contested(write.request(), contender, wait.until());
        }
    }

    private static Stop contested(SecretRequest request, String contender, Instant until) {
        return Stop.refused(
                Step.SECRET,
                Reason.SECRET_CONTESTED,
                "Secret '" + request.secretName() + "' is contested by " + contender
                        + ". The operator has restored it several times, and each time it was changed again."
                        + " Find out what changes it, and stop that. The operator restores it at "
                        + until.plusNanos(NANOS_BELOW_A_SECOND).truncatedTo(ChronoUnit.SECONDS)
                        + ", or at once when the annotation " + Annotations.RECONCILE_REQUESTED_AT
                        + " gets a new value.",
                Pace.MINUTES);
    }
}
