package dev.appclients.cognito.controller.claim;

import dev.appclients.cognito.api.v1beta1.ClientSecretClaim;
import dev.appclients.cognito.controller.cluster.Informers;
import dev.appclients.cognito.controller.cluster.WakeOnChange;
import dev.appclients.cognito.controller.reconcile.ControllerNames;
import dev.appclients.cognito.controller.reconcile.KubernetesFailure;
import dev.appclients.cognito.controller.reconcile.PassScope;
import dev.appclients.cognito.controller.reconcile.StopReconciliation;
import dev.appclients.cognito.controller.secret.SecretChanged;
import dev.appclients.cognito.controller.secret.SecretContested;
import dev.appclients.cognito.controller.workarounds.EndlessRetry;
import dev.appclients.cognito.distribution.ClaimDecision;
import dev.appclients.cognito.distribution.ClaimDecision.Cause;
import dev.appclients.cognito.model.Marks;
import dev.appclients.cognito.model.Reason;
import dev.appclients.cognito.status.ClaimOutcome;
import dev.appclients.cognito.status.Outcome;
import dev.appclients.cognito.status.Step;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one copy of a client's Secret in line with one ClientSecretClaim. A claim has no finalizer: Kubernetes deletes the copy with its
 * claim, by the owner reference.
 */
@ControllerConfiguration(
        name = ControllerNames.CLAIMS,
        fieldManager = Marks.FIELD_MANAGER,
        generationAwareEventProcessing = false,
        informer = @Informer(onUpdateFilter = WakeOnChange.class),
        retry = EndlessRetry.class)
public class ClientSecretClaimReconciler implements Reconciler<ClientSecretClaim> {

    /** Retries while the caches are not synced. */
    private static final Duration STARTING = Duration.ofMillis(200);

    private static final Logger LOG = LoggerFactory.getLogger(ClientSecretClaimReconciler.class);

    private final PassScope<ClientSecretClaim> passes;
    private final ClaimJudge judge;
    private final Withdrawal withdrawal;
    private final Copies copies;
    private final CopyPublisher publisher;
    private final SourceReads reads;
    private final ClaimReports reports;
    private final Informers informers;

    ClientSecretClaimReconciler(
            PassScope<ClientSecretClaim> passes,
            ClaimJudge judge,
            Withdrawal withdrawal,
            Copies copies,
            CopyPublisher publisher,
            SourceReads reads,
            ClaimReports reports,
            Informers informers) {
        this.passes = passes;
        this.judge = judge;
        this.withdrawal = withdrawal;
        this.copies = copies;
        this.publisher = publisher;
        this.reads = reads;
        this.reports = reports;
        this.informers = informers;
    }

    @Override
    public UpdateControl<ClientSecretClaim> reconcile(ClientSecretClaim claim, Context<ClientSecretClaim> context) {
        return passes.run(claim, UpdateControl.noUpdate(), () -> reportedPass(claim, context));
    }

    private UpdateControl<ClientSecretClaim> reportedPass(ClientSecretClaim claim, Context<ClientSecretClaim> context) {
        if (!informers.haveClaims()) {
            return after(STARTING);
        }
        try {
            return ended(claim, context);
        } catch (RuntimeException | Error unexpected) {
            // Errors too: the framework never reconciles an object again after an Error.
            return after(reports.unexpected(context, claim, unexpected));
        } finally {
            reads.passEnded(ResourceID.fromResource(claim));
        }
    }

    /** Runs one pass and reports its end. An error of the report is unexpected too. */
    private UpdateControl<ClientSecretClaim> ended(ClientSecretClaim claim, Context<ClientSecretClaim> context) {
        try {
            return pass(claim)
                    .map(result -> after(reports.report(context, claim, result)))
                    .orElseGet(UpdateControl::noUpdate);
        } catch (SecretContested contested) {
            return after(reports.stopped(context, claim, contested.stop(), contested.retryAfter()));
        } catch (StopReconciliation stop) {
            return stopped(claim, context, stop);
        } catch (SecretChanged | CacheBehind conflict) {
            LOG.debug("{}", conflict.getMessage());
            return after(reports.conflict(claim));
        } catch (KubernetesClientException unavailable) {
            return KubernetesFailure.isConflict(unavailable)
                    ? after(reports.conflict(claim))
                    : stopped(claim, context, KubernetesFailure.unavailable(Step.SECRET, unavailable));
        }
    }

    /** Runs one pass; empty if it has nothing to report: the claim goes, or the operator must not touch it. */
    private Optional<ClaimResult> pass(ClientSecretClaim claim) {
        if (claim.isMarkedForDeletion()) {
            return Optional.empty();
        }
        Judgement judged = judge.judge(claim);
        if (withdrawal.isUnwantedPush(claim, judged)) {
            return withdrawal.withdrawPush(claim, judged);
        }
        return switch (judged.decision()) {
            case ClaimDecision.Ignored() -> Optional.empty();
            case ClaimDecision.Deny deny -> withdrawal.withdraw(claim, judged);
            case ClaimDecision.SourceReplaced() -> withdrawal.withdraw(claim, judged);
            case ClaimDecision.Paused() -> Optional.of(paused(claim, judged));
            case ClaimDecision.Hold(Cause cause) -> Optional.of(held(claim, judged, cause));
            case ClaimDecision.Copy() -> Optional.of(publisher.publish(claim, judged));
        };
    }

    private ClaimResult paused(ClientSecretClaim claim, Judgement judged) {
        ClaimOutcome paused = new ClaimOutcome.Paused();
        return copies.deleteOfOthers(claim, Objects.requireNonNull(judged.client()))
                ? ClaimResult.withoutCopy(claim, paused)
                : copies.kept(claim, paused);
    }

    private ClaimResult held(ClientSecretClaim claim, Judgement judged, Cause cause) {
        LOG.debug("The operator does not change the copy: {}", cause);
        boolean isOfAnother = copies.deleteOfOthers(claim, Objects.requireNonNull(judged.client()));
        if (!isOfAnother && !copies.of(claim).isEmpty()) {
            return copies.kept(claim, new ClaimOutcome.Held());
        }
        // An offer that this version cannot read must not reveal that the client exists.
        return ClaimResult.withoutCopy(
                claim,
                cause == Cause.UNKNOWN_SELECTION
                        ? new ClaimOutcome.NotAvailable(false)
                        : new ClaimOutcome.SourceNotReady());
    }

    /** A namespace that is being deleted refuses every write, so nothing is reported. */
    private UpdateControl<ClientSecretClaim> stopped(
            ClientSecretClaim claim, Context<ClientSecretClaim> context, StopReconciliation stop) {
        boolean terminates = stop.outcome() instanceof Outcome.Waiting(var step, Reason reason, var message)
                && reason == Reason.NAMESPACE_TERMINATING;
        return terminates ? UpdateControl.noUpdate() : after(reports.stopped(context, claim, stop, null));
    }

    private static UpdateControl<ClientSecretClaim> after(Duration delay) {
        return UpdateControl.<ClientSecretClaim>noUpdate().rescheduleAfter(delay);
    }

    @Override
    public List<EventSource<?, ClientSecretClaim>> prepareEventSources(EventSourceContext<ClientSecretClaim> context) {
        return informers.claimEventSources(context);
    }

    /** How many entries the operator keeps about claims, apart from its caches. */
    public int remembered() {
        return passes.remembered() + reads.size();
    }
}
