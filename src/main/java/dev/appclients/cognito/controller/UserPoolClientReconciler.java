package dev.appclients.cognito.controller;

import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.aws.CallNoLongerWanted;
import dev.appclients.cognito.controller.guards.EndlessRetry;
import dev.appclients.cognito.controller.reconcile.PassDeferred;
import dev.appclients.cognito.failure.FailedCall;
import dev.appclients.cognito.model.AppClient;
import dev.appclients.cognito.model.AppClientSettings;
import dev.appclients.cognito.plan.Observation;
import dev.appclients.cognito.plan.Plan;
import dev.appclients.cognito.plan.Planner;
import dev.appclients.cognito.secret.Marks;
import dev.appclients.cognito.status.Conclusion;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.util.ArrayList;
import java.util.List;

/** Keeps one app client, and its Secret, equal to one UserPoolClient. */
@ControllerConfiguration(
        name = UserPoolClientReconciler.NAME,
        finalizerName = UserPoolClientReconciler.FINALIZER,
        fieldManager = Marks.FIELD_MANAGER,
        generationAwareEventProcessing = false,
        informer = @Informer(onUpdateFilter = WakeOnChange.class),
        retry = EndlessRetry.class)
public class UserPoolClientReconciler implements Reconciler<UserPoolClient>, Cleaner<UserPoolClient> {

    /** The controller's name in metrics, logs and health. */
    public static final String NAME = "userpoolclient";

    /** Held until the app client is gone. */
    public static final String FINALIZER = "cognito.appclients.dev/app-client";

    private final ClientParts parts;

    /** @param parts the steps of a pass, put together */
    public UserPoolClientReconciler(ClientParts parts) {
        this.parts = parts;
    }

    @Override
    public UpdateControl<UserPoolClient> reconcile(UserPoolClient resource, Context<UserPoolClient> context) {
        if (!parts.begin(resource)) {
            return UpdateControl.noUpdate();
        }
        try {
            return reportedPass(resource, context);
        } finally {
            parts.end(resource);
        }
    }

    private UpdateControl<UserPoolClient> reportedPass(UserPoolClient resource, Context<UserPoolClient> context) {
        Progress progress = Progress.from(resource);
        try {
            Conclusion conclusion = pass(resource, context, progress);
            return parts.reporter().report(context, resource, progress, conclusion);
        } catch (Stop stop) {
            return parts.reporter().stopped(context, resource, progress, stop);
        } catch (PassDeferred deferred) {
            return UpdateControl.noUpdate();
        } catch (FailedCall failed) {
            return parts.reporter().failed(context, resource, progress, failed.failure());
        } catch (PoolUnread unread) {
            return parts.reporter().poolUnread(context, resource, progress, unread);
        } catch (CallNoLongerWanted changedMeanwhile) {
            return parts.reporter().overtaken(context, resource, progress);
        } catch (SecretChanged conflict) {
            return parts.reporter().secretChanged(context, resource, progress, conflict);
        } catch (KubernetesClientException unavailable) {
            return parts.reporter().unavailable(context, resource, progress, unavailable);
        } catch (RuntimeException | Error unexpected) {
            // An Error too: the framework never reconciles an object again whose pass ended with one.
            return parts.reporter().unexpected(context, resource, progress, unexpected);
        }
    }

    private Conclusion pass(UserPoolClient resource, Context<UserPoolClient> context, Progress progress) {
        // 1. Guard
        parts.warnings().judge(resource, progress);
        Admission pool = parts.guard().admit(resource, progress);
        // 2. Desire
        Subject subject = Subject.of(resource, context, pool);
        parts.warnings().judgeInPool(subject, progress);
        if (!subject.observes()) {
            parts.guard().limit(subject, subject.desired().settings());
        }
        // 3. Observe
        progress.hint(parts.ownSecrets().recordedClientId(resource).orElse(null));
        parts.observer().recall(subject, progress);
        SecretNeed need = parts.publisher().need(subject, progress);
        if (need != SecretNeed.NOTHING) {
            confirmFacts(subject, progress, progress.settings(subject.desired().settings()), need);
        }
        Observation observed = parts.observer().observe(subject, progress, need);
        // 4. Plan
        Plan plan = Planner.plan(subject.desired(), observed, subject.intention(progress));
        if (plan instanceof Plan.Witness witness) {
            parts.guard().limit(subject, witness.client().settings());
        }
        confirmFacts(subject, progress, plan, need);
        // 5. Record intent, 6. Apply
        if (plan instanceof Plan.Create) {
            parts.publisher().ensurePublishable(subject);
        }
        AppClient client = parts.applier().apply(subject, progress, plan);
        if (client != null) {
            progress.unknownSettings(client.unknownMembers());
        }
        // 7. Publish
        parts.publisher().publish(subject, progress, client);
        // 8. Report
        return parts.reporter().conclude(subject, progress);
    }

    /** Facts that only the pool's status tells are confirmed before they change what status and Secret tell. */
    private void confirmFacts(Subject subject, Progress progress, Plan plan, SecretNeed need) {
        switch (plan) {
            case Plan.Keep keep ->
                confirmFacts(
                        subject, progress, progress.settings(subject.desired().settings()), need);
            case Plan.Confirm(AppClient client) -> confirmFacts(subject, progress, client.settings(), need);
            case Plan.Witness(AppClient client, var differences) ->
                confirmFacts(subject, progress, client.settings(), need);
            case Plan.Update(AppClient client, var differences) ->
                confirmFacts(subject, progress, subject.desired().settingsFor(client.settings()), need);
            // Confirmed when it is known that nothing is in the way of the call.
            case Plan.Create create -> {}
            case Plan.Await await -> {}
            case Plan.Refusal refusal -> {}
        }
    }

    private void confirmFacts(Subject subject, Progress progress, AppClientSettings settings, SecretNeed need) {
        if (!parts.publisher().keepsPublishedFacts(subject, progress, settings, need)) {
            parts.guard().confirmFacts(subject);
        }
    }

    @Override
    public DeleteControl cleanup(UserPoolClient resource, Context<UserPoolClient> context) {
        if (!parts.begin(resource)) {
            return DeleteControl.noFinalizerRemoval();
        }
        try {
            return parts.cleanup().release(resource, context);
        } finally {
            parts.end(resource);
        }
    }

    @Override
    public List<EventSource<?, UserPoolClient>> prepareEventSources(EventSourceContext<UserPoolClient> context) {
        List<EventSource<?, UserPoolClient>> sources =
                new ArrayList<>(parts.informers().eventSources(context));
        sources.add(parts.firstSights());
        return sources;
    }
}
