package dev.appclients.cognito.controller.client;

import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.aws.CallCancelled;
import dev.appclients.cognito.controller.cluster.Informers;
import dev.appclients.cognito.controller.cluster.PoolUnread;
import dev.appclients.cognito.controller.cluster.WakeOnChange;
import dev.appclients.cognito.controller.reconcile.ControllerNames;
import dev.appclients.cognito.controller.reconcile.PassDeferred;
import dev.appclients.cognito.controller.reconcile.PassScope;
import dev.appclients.cognito.controller.reconcile.StopReconciliation;
import dev.appclients.cognito.controller.secret.SecretChanged;
import dev.appclients.cognito.controller.workarounds.EndlessRetry;
import dev.appclients.cognito.failure.AwsCallException;
import dev.appclients.cognito.model.AppClient;
import dev.appclients.cognito.model.AppClientSettings;
import dev.appclients.cognito.model.Marks;
import dev.appclients.cognito.plan.Observation;
import dev.appclients.cognito.plan.Plan;
import dev.appclients.cognito.plan.Planner;
import dev.appclients.cognito.status.Outcome;
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

/**
 * Keeps one app client and its Secret in line with one UserPoolClient. {@link #reconcile} runs eight steps: Guard, Desire, Observe,
 * Plan, Record intent, Apply, Publish, Report.
 */
@ControllerConfiguration(
        name = ControllerNames.CLIENTS,
        finalizerName = ControllerNames.CLIENT_FINALIZER,
        fieldManager = Marks.FIELD_MANAGER,
        generationAwareEventProcessing = false,
        informer = @Informer(onUpdateFilter = WakeOnChange.class),
        retry = EndlessRetry.class)
public class UserPoolClientReconciler implements Reconciler<UserPoolClient>, Cleaner<UserPoolClient> {

    private final PassScope<UserPoolClient> passes;
    private final Warnings warnings;
    private final Guard guard;
    private final OwnSecrets ownSecrets;
    private final ClientObserver observer;
    private final ClientApplier applier;
    private final SecretPublisher publisher;
    private final Reporter reporter;
    private final ClientCleanup cleanup;
    private final Informers informers;
    private final FirstSeenEventSource firstSights;

    UserPoolClientReconciler(
            PassScope<UserPoolClient> passes,
            Warnings warnings,
            Guard guard,
            OwnSecrets ownSecrets,
            ClientObserver observer,
            ClientApplier applier,
            SecretPublisher publisher,
            Reporter reporter,
            ClientCleanup cleanup,
            Informers informers,
            FirstSeenEventSource firstSights) {
        this.passes = passes;
        this.warnings = warnings;
        this.guard = guard;
        this.ownSecrets = ownSecrets;
        this.observer = observer;
        this.applier = applier;
        this.publisher = publisher;
        this.reporter = reporter;
        this.cleanup = cleanup;
        this.informers = informers;
        this.firstSights = firstSights;
    }

    @Override
    public UpdateControl<UserPoolClient> reconcile(UserPoolClient resource, Context<UserPoolClient> context) {
        return passes.run(resource, UpdateControl.noUpdate(), () -> reportedPass(resource, context));
    }

    private UpdateControl<UserPoolClient> reportedPass(UserPoolClient resource, Context<UserPoolClient> context) {
        PassState progress = PassState.from(resource);
        try {
            Outcome conclusion = pass(resource, context, progress);
            return reporter.report(context, resource, progress, conclusion);
        } catch (StopReconciliation stop) {
            return reporter.stopped(context, resource, progress, stop);
        } catch (PassDeferred deferred) {
            return UpdateControl.noUpdate();
        } catch (AwsCallException failed) {
            return reporter.failed(context, resource, progress, failed.failure());
        } catch (PoolUnread unread) {
            return reporter.poolUnread(context, resource, progress, unread);
        } catch (CallCancelled changedMeanwhile) {
            return reporter.overtaken(context, resource, progress);
        } catch (SecretChanged conflict) {
            return reporter.secretChanged(context, resource, progress, conflict);
        } catch (KubernetesClientException unavailable) {
            return reporter.unavailable(context, resource, progress, unavailable);
        } catch (RuntimeException | Error unexpected) {
            // Errors too: the framework never reconciles an object again after an Error.
            return reporter.unexpected(context, resource, progress, unexpected);
        }
    }

    private Outcome pass(UserPoolClient resource, Context<UserPoolClient> context, PassState progress) {
        // 1. Guard
        warnings.judge(resource, progress);
        AdmittedPool pool = guard.admit(resource, progress);
        // 2. Desire
        ReconcileInput subject = ReconcileInput.of(resource, context, pool);
        warnings.judgeInPool(subject, progress);
        if (!subject.observes()) {
            guard.requireAllowedSettings(subject, subject.desired().settings());
        }
        // 3. Observe
        progress.restoreClientId(ownSecrets.recordedClientId(resource).orElse(null));
        observer.adjustToManifest(subject, progress);
        SecretNeed need = publisher.need(subject, progress);
        if (need != SecretNeed.NOTHING) {
            confirmFacts(subject, progress, progress.settings(subject.desired().settings()), need);
        }
        Observation observed = observer.observe(subject, progress, need);
        // 4. Plan
        Plan plan = Planner.plan(subject.desired(), observed, subject.intention(progress));
        if (plan instanceof Plan.ObserveOnly witness) {
            guard.requireAllowedSettings(subject, witness.client().settings());
        }
        confirmFacts(subject, progress, plan, need);
        // 5. Record intent, 6. Apply
        if (plan instanceof Plan.Create) {
            publisher.ensurePublishable(subject);
        }
        AppClient client = applier.apply(subject, progress, plan);
        if (client != null) {
            progress.unknownSettings(client.unknownMembers());
        }
        // 7. Publish
        publisher.publish(subject, progress, client);
        // 8. Report
        return reporter.conclude(subject, progress);
    }

    /** Makes sure that unconfirmed facts of the pool change neither the client's status nor its Secret. */
    private void confirmFacts(ReconcileInput subject, PassState progress, Plan plan, SecretNeed need) {
        switch (plan) {
            case Plan.NoOp keep ->
                confirmFacts(
                        subject, progress, progress.settings(subject.desired().settings()), need);
            case Plan.UpToDate(AppClient client) -> confirmFacts(subject, progress, client.settings(), need);
            case Plan.ObserveOnly(AppClient client, var differences) ->
                confirmFacts(subject, progress, client.settings(), need);
            case Plan.Update(AppClient client, var differences) ->
                confirmFacts(subject, progress, subject.desired().settingsFor(client.settings()), need);
            // The applier confirms the facts once it knows that nothing blocks the call.
            case Plan.Create create -> {}
            case Plan.WaitForSettlement await -> {}
            case Plan.Refusal refusal -> {}
        }
    }

    private void confirmFacts(ReconcileInput subject, PassState progress, AppClientSettings settings, SecretNeed need) {
        if (!publisher.keepsPublishedFacts(subject, progress, settings, need)) {
            guard.requireConfirmedFacts(subject);
        }
    }

    @Override
    public DeleteControl cleanup(UserPoolClient resource, Context<UserPoolClient> context) {
        return passes.run(resource, DeleteControl.noFinalizerRemoval(), () -> cleanup.release(resource, context));
    }

    @Override
    public List<EventSource<?, UserPoolClient>> prepareEventSources(EventSourceContext<UserPoolClient> context) {
        List<EventSource<?, UserPoolClient>> sources = new ArrayList<>(informers.eventSources(context));
        sources.add(firstSights);
        return sources;
    }

    /** How many entries the operator keeps about UserPoolClients, apart from its caches. */
    public int remembered() {
        return passes.remembered();
    }
}
