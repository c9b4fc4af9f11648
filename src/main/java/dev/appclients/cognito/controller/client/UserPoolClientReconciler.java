package dev.appclients.cognito.controller.client;

import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.aws.CallCancelled;
import dev.appclients.cognito.controller.claim.ClientCopies;
import dev.appclients.cognito.controller.cluster.ConfigMaps;
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
import org.jspecify.annotations.Nullable;

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
    private final ClientRotation rotation;
    private final ClientCopies copies;
    private final Reporter reporter;
    private final ClientCleanup cleanup;
    private final Informers informers;
    private final ConfigMaps configMaps;
    private final FirstSeenEventSource firstSeen;

    UserPoolClientReconciler(
            PassScope<UserPoolClient> passes,
            Warnings warnings,
            Guard guard,
            OwnSecrets ownSecrets,
            ClientObserver observer,
            ClientApplier applier,
            SecretPublisher publisher,
            ClientRotation rotation,
            ClientCopies copies,
            Reporter reporter,
            ClientCleanup cleanup,
            Informers informers,
            ConfigMaps configMaps,
            FirstSeenEventSource firstSeen) {
        this.passes = passes;
        this.warnings = warnings;
        this.guard = guard;
        this.ownSecrets = ownSecrets;
        this.observer = observer;
        this.applier = applier;
        this.publisher = publisher;
        this.rotation = rotation;
        this.copies = copies;
        this.reporter = reporter;
        this.cleanup = cleanup;
        this.informers = informers;
        this.configMaps = configMaps;
        this.firstSeen = firstSeen;
    }

    @Override
    public UpdateControl<UserPoolClient> reconcile(UserPoolClient resource, Context<UserPoolClient> context) {
        return passes.run(resource, UpdateControl.noUpdate(), () -> reportedPass(resource, context));
    }

    private UpdateControl<UserPoolClient> reportedPass(UserPoolClient resource, Context<UserPoolClient> context) {
        PassState pass = PassState.from(resource);
        try {
            return ended(resource, context, pass);
        } catch (RuntimeException | Error unexpected) {
            // Errors too: the framework never reconciles an object again after an Error.
            return reporter.unexpected(context, resource, pass, unexpected);
        }
    }

    /** Runs the steps and reports their end. An error of the report is unexpected too. */
    private UpdateControl<UserPoolClient> ended(
            UserPoolClient resource, Context<UserPoolClient> context, PassState pass) {
        try {
            // Copies are counted for a client that cannot be reconciled too.
            pass.counted(copies.count(resource, pass.copies()));
            Outcome outcome = runSteps(resource, context, pass);
            return reporter.report(context, resource, pass, outcome);
        } catch (StopReconciliation stop) {
            return reporter.stopped(context, resource, pass, stop);
        } catch (PassDeferred deferred) {
            return UpdateControl.noUpdate();
        } catch (AwsCallException failed) {
            return reporter.failed(context, resource, pass, failed.failure());
        } catch (PoolUnread unread) {
            return reporter.poolUnread(context, resource, pass, unread);
        } catch (CallCancelled changedMeanwhile) {
            return reporter.overtaken(context, resource, pass);
        } catch (SecretChanged conflict) {
            return reporter.secretChanged(context, resource, pass, conflict);
        } catch (KubernetesClientException unavailable) {
            return reporter.unavailable(context, resource, pass, unavailable);
        }
    }

    private Outcome runSteps(UserPoolClient resource, Context<UserPoolClient> context, PassState pass) {
        // 1. Guard
        warnings.judge(resource, pass);
        AdmittedPool pool = guard.admit(resource, pass);
        // 2. Desire
        ReconcileInput input = ReconcileInput.of(resource, context, pool);
        warnings.judgeInPool(input, pass);
        SecretPublisher.requireValidForms(input);
        // 3. Observe
        pass.restoreClientId(ownSecrets.recordedClientId(resource).orElse(null));
        observer.adjustToManifest(input, pass);
        if (input.observes() && observer.knowsSettings(input, pass)) {
            guard.requireAllowedObservation(
                    input, pass, pass.settings(input.desired().settings()));
        }
        rotation.begin(input, pass);
        SecretNeed need = rotation.need(input, pass);
        if (need != SecretNeed.NOTHING) {
            confirmFacts(input, pass, pass.settings(input.desired().settings()), need);
        }
        Observation observed = observer.observe(input, pass, need);
        // 4. Plan
        Plan plan = Planner.plan(input.desired(), observed, input.planContext(pass));
        confirmFacts(input, pass, plan, need);
        // 5. Record intent, 6. Apply
        if (plan instanceof Plan.Create) {
            publisher.ensurePublishable(input);
        }
        AppClient client = applier.apply(input, pass, plan);
        applied(input, pass, plan, client);
        // 7. Publish
        rotation.publish(input, pass, client, need);
        if (pass.clientId() != null) {
            copies.push(resource).ifPresent(pass::deferStopIfNone);
        }
        // 8. Report
        return reporter.conclude(input, pass);
    }

    /** Judges an observed client after the comparison, so that the status shows its drift. */
    private void applied(ReconcileInput input, PassState pass, Plan plan, @Nullable AppClient client) {
        if (client != null) {
            pass.unknownSettings(client.unknownMembers());
        }
        if (plan instanceof Plan.Create) {
            informers.foundRoom(input.resource());
        }
        if (input.observes()) {
            AppClientSettings known = pass.settings(input.desired().settings());
            guard.requireAllowedObservation(input, pass, client == null ? known : client.settings());
        }
    }

    /** Makes sure that unconfirmed facts of the pool change neither the client's status nor its Secret. */
    private void confirmFacts(ReconcileInput input, PassState pass, Plan plan, SecretNeed need) {
        switch (plan) {
            case Plan.NoOp noOp ->
                confirmFacts(input, pass, pass.settings(input.desired().settings()), need);
            case Plan.UpToDate(AppClient client) -> confirmFacts(input, pass, client.settings(), need);
            case Plan.ObserveOnly(AppClient client, var differences) ->
                confirmFacts(input, pass, client.settings(), need);
            case Plan.Update(AppClient client, var differences) ->
                confirmFacts(input, pass, input.desired().settingsFor(client.settings()), need);
            // The applier confirms the facts once it knows that nothing blocks the call.
            case Plan.Create create -> {}
            case Plan.WaitForSettlement wait -> {}
            case Plan.Refusal refusal -> {}
        }
    }

    private void confirmFacts(ReconcileInput input, PassState pass, AppClientSettings settings, SecretNeed need) {
        if (!publisher.keepsPublishedFacts(input, pass, settings, need)) {
            guard.requireConfirmedFacts(input);
        }
    }

    @Override
    public DeleteControl cleanup(UserPoolClient resource, Context<UserPoolClient> context) {
        return passes.run(resource, DeleteControl.noFinalizerRemoval(), () -> cleanup.release(resource, context));
    }

    @Override
    public List<EventSource<?, UserPoolClient>> prepareEventSources(EventSourceContext<UserPoolClient> context) {
        List<EventSource<?, UserPoolClient>> sources = new ArrayList<>(informers.eventSources(context));
        sources.add(configMaps.eventSource(context));
        sources.add(firstSeen);
        return sources;
    }

    /** How many entries the operator keeps about UserPoolClients, apart from its caches. */
    public int remembered() {
        return passes.remembered();
    }
}
