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
import dev.appclients.cognito.secret.SecretRequest;
import dev.appclients.cognito.secret.SecretState;
import dev.appclients.cognito.status.Step;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClientException;
import org.jspecify.annotations.Nullable;

/** Writes a Secret that is not as it should be: a create where there is none, else an apply onto exactly what was judged. */
final class SecretWriter {

    private static final String DELETER = "somebody who deletes it";

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
     * Writes the Secret.
     *
     * @param state as the cache saw it; judged anew on a live read before anything is overwritten
     * @throws Stop if it cannot be written
     */
    void write(
            Subject subject, Progress progress, SecretRequest request, @Nullable AppClient client, SecretState state) {
        try {
            if (state instanceof SecretState.Absent) {
                createOrJudge(subject, progress, request, client);
            } else {
                judgeAndRewrite(subject, request, client);
            }
        } catch (KubernetesClientException e) {
            throw KubernetesFailure.whileWriting(request.secretName(), e);
        }
    }

    private void createOrJudge(Subject subject, Progress progress, SecretRequest request, @Nullable AppClient client) {
        boolean wasPublished = progress.secret() != null
                && request.secretName().equals(progress.secret().name());
        if (wasPublished) {
            stopFighting(subject, DELETER);
        }
        if (client == null && secrets.read(subject.namespace(), request.secretName()) != null) {
            // Not absent, only without the mark that the cache goes by: judged before Cognito is asked.
            judgeAndRewrite(subject, request, null);
            return;
        }
        AppClient ours = proven(subject, request, client);
        ClientSecret value = request.confidential() ? valueOf(request, ours) : null;
        try {
            secrets.create(SecretManifest.of(request, value));
        } catch (KubernetesClientException e) {
            if (!KubernetesFailure.isConflict(e)) {
                throw e;
            }
            judgeAndRewrite(subject, request, client);
            return;
        }
        if (wasPublished) {
            // Only now: what stands in the place of ours is not restored, however often it is looked at.
            restores.restored(subject.uid());
            announcer.secretRestored(subject.resource(), request.secretName(), "it was deleted");
        }
    }

    /** The cache may be behind: what decides is one live read, and the write is bound to exactly that version. */
    private void judgeAndRewrite(Subject subject, SecretRequest request, @Nullable AppClient client) {
        Secret live = secrets.read(subject.namespace(), request.secretName());
        switch (SecretInspection.inspect(request, live)) {
            case SecretState.Current() -> {}
            case SecretState.Absent() -> throw gone(request);
            case SecretState.NotOurs notOurs
            when live != null && isInherited(subject, notOurs) -> inherit(subject, request, client, live);
            case SecretState.NotOurs notOurs -> throw SecretPublisher.refused(notOurs);
            case SecretState.Locked(String message) ->
                throw Stop.refused(Step.SECRET, Reason.SECRET_IMMUTABLE, message, Pace.MINUTES);
            case SecretState.Outdated outdated -> rewrite(subject, request, client, live);
            case SecretState.Edited(var recorded, var edit) -> restore(subject, request, client, live, edit);
            case SecretState.Tampered(var edit) -> restore(subject, request, client, live, edit);
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
    private void inherit(Subject subject, SecretRequest request, @Nullable AppClient client, Secret live) {
        AppClient adopted = proven(subject, request, client);
        ClientSecret value = request.confidential() ? valueOf(request, adopted) : null;
        secrets.delete(live);
        secrets.create(SecretManifest.of(request, value));
    }

    private void restore(
            Subject subject,
            SecretRequest request,
            @Nullable AppClient client,
            @Nullable Secret live,
            SecretState.Edit edit) {
        stopFighting(subject, edit.manager());
        rewrite(subject, request, client, live);
        restores.restored(subject.uid());
        announcer.secretRestored(
                subject.resource(),
                request.secretName(),
                edit.manager() + " had changed " + String.join(", ", edit.fields()));
    }

    private void rewrite(Subject subject, SecretRequest request, @Nullable AppClient client, @Nullable Secret live) {
        if (live == null) {
            throw gone(request);
        }
        ClientSecret value = null;
        if (request.confidential()) {
            ClientSecret published = SecretInspection.reusableSecret(request, live);
            value = published != null ? published : valueOf(request, proven(subject, request, client));
        } else if (!SecretInspection.tellsOfSameClient(request, live)) {
            proven(subject, request, client);
        }
        secrets.apply(SecretManifest.onlyOnto(SecretManifest.of(request, value), live), live);
    }

    /** The client, if it is ours: that the status names it is no reason to publish its id, or its secret. */
    private AppClient proven(Subject subject, SecretRequest request, @Nullable AppClient known) {
        AppClient client = known != null
                ? known
                : clients.describe(subject.pool().access(), request.values().clientId(), Priority.USER);
        Whose whose = claims.whose(subject.resource(), client);
        if (whose != Whose.OURS && whose != Whose.ADOPTED) {
            throw Stop.refused(
                    Step.CLIENT,
                    Reason.NOT_OURS,
                    "App client " + client.clientId() + " is not this object's, so it is not published",
                    Pace.HOURLY);
        }
        return client;
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

    private void stopFighting(Subject subject, String contender) {
        if (restores.isExhausted(subject.uid())) {
            throw contested(contender);
        }
    }

    private static Stop contested(String contender) {
        return Stop.refused(
                Step.SECRET,
                Reason.SECRET_CONTESTED,
                "The Secret is contested by " + contender
                        + ": it was restored too often lately, so the operator has"
                        + " stopped. Find out who changes it; it is looked at again within five minutes",
                Pace.MINUTES);
    }

    /** It went between two looks: the next pass will find it absent. */
    private static Stop gone(SecretRequest request) {
        return Stop.waiting(
                Step.SECRET,
                Reason.PENDING,
                "Secret '" + request.secretName() + "' went away while it was looked at; written anew at once",
                Pace.SOON);
    }
}
