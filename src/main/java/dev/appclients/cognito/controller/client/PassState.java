package dev.appclients.cognito.controller.client;

import dev.appclients.cognito.api.v1beta1.CopiesStatus;
import dev.appclients.cognito.api.v1beta1.DriftedField;
import dev.appclients.cognito.api.v1beta1.SecretStatus;
import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.controller.reconcile.StopReconciliation;
import dev.appclients.cognito.model.AppClientSettings;
import dev.appclients.cognito.status.LoginPage;
import dev.appclients.cognito.status.Outcome;
import dev.appclients.cognito.status.PublishedEndpoints;
import dev.appclients.cognito.status.RecordedClient;
import dev.appclients.cognito.status.StatusFields;
import dev.appclients.cognito.status.StatusReport;
import dev.appclients.cognito.status.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The state of one reconciliation. It begins with the recorded status and is reported at the end, however the reconciliation ends, so
 * that a failing step does not lose the results of earlier ones. Used by one thread.
 */
final class PassState {

    private final Set<Step> done = EnumSet.noneOf(Step.class);

    private List<String> warnings = List.of();
    private UserPoolClient latest;
    private boolean intentRecorded;
    private RecordedClient client;
    private PublishedEndpoints endpoints;
    private @Nullable SecretStatus secret;
    private @Nullable CopiesStatus copies;
    private @Nullable List<DriftedField> drift;
    private @Nullable AppClientSettings observed;
    private @Nullable String lastHandledReconcileAt;
    private final RotationResult rotation;
    private LoginPage loginPage = LoginPage.NOT_REACHED;
    private @Nullable StopReconciliation deferredStop;
    private @Nullable Duration requeueAfter;
    private @Nullable AdmittedPool admittedPool;
    private @Nullable String leftBehind;
    private final Map<String, InspectedSecret> inspected = new HashMap<>();

    private PassState(UserPoolClient resource, StatusFields recorded) {
        latest = resource;
        client = recorded.client();
        endpoints = recorded.endpoints();
        secret = recorded.secret();
        copies = recorded.copies();
        drift = recorded.drift();
        rotation = new RotationResult(recorded.rotation(), recorded.lastHandledRotateAt());
        lastHandledReconcileAt = recorded.lastHandledReconcileAt();
    }

    static PassState from(UserPoolClient resource) {
        return new PassState(resource, StatusFields.of(resource.getStatus()));
    }

    /** The newest version of the object that this reconciliation read or wrote. */
    UserPoolClient latest() {
        return latest;
    }

    /** The API server has the intent. */
    void intentRecorded(UserPoolClient written) {
        latest = written;
        intentRecorded = true;
    }

    boolean isIntentRecorded() {
        return intentRecorded;
    }

    /** The pool that admitted the client; null before that. */
    @Nullable
    AdmittedPool admittedPool() {
        return admittedPool;
    }

    void admitted(AdmittedPool pool) {
        admittedPool = pool;
    }

    /** The Secret or the ConfigMap at its last inspection; null before the first. */
    @Nullable
    InspectedSecret inspected(String kind) {
        return inspected.get(kind);
    }

    void inspected(String kind, InspectedSecret secret) {
        inspected.put(kind, secret);
    }

    void done(Step step) {
        done.add(step);
    }

    /** A later step found that this one is not done. */
    void undone(Step step) {
        done.remove(step);
    }

    /** Replaces the warnings. */
    void warn(List<String> sentences) {
        warnings = sentences;
    }

    List<String> warnings() {
        return warnings;
    }

    /** Records a problem that does not abort the reconciliation. Later steps still run; then the reconciliation reports this outcome. */
    void deferStop(StopReconciliation stop) {
        deferredStop = stop;
    }

    /** As {@link #deferStop}, but keeps the problem of an earlier step. */
    void deferStopIfNone(StopReconciliation stop) {
        deferredStop = Objects.requireNonNullElse(deferredStop, stop);
    }

    @Nullable
    StopReconciliation deferredStop() {
        return deferredStop;
    }

    /** Sets the delay until the next reconciliation, whatever the outcome. */
    void requeueAfter(Duration delay) {
        requeueAfter = delay;
    }

    @Nullable
    Duration requeueAfter() {
        return requeueAfter;
    }

    @Nullable
    String clientId() {
        return client.clientId();
    }

    @Nullable
    String userPoolARN() {
        return client.userPoolARN();
    }

    @Nullable
    Instant pendingCreateSince() {
        return client.pendingCreateSince();
    }

    @Nullable
    String appliedSettings() {
        return client.appliedSettings();
    }

    @Nullable
    SecretStatus secret() {
        return secret;
    }

    /** A create begins, and replaces any former client. */
    void beginCreate(Instant since, String arn) {
        client = RecordedClient.creating(since, arn);
    }

    /** The create is known to have made no client. */
    void clearIntent() {
        client = client.withoutCreate();
    }

    /** Restores the id that the status lost, from another record of the operator. Like each id it is a hint that needs proof. */
    void restoreClientId(@Nullable String recordedClientId) {
        client = client.orElse(recordedClientId);
    }

    /** Drops the records that the manifest contradicts: of another client than the adopted one, and of drift without Observe. */
    void discardContradicted(@Nullable String adopted, boolean observes) {
        if (adopted != null) {
            client = client.adopting(adopted);
        }
        drift = observes ? drift : null;
    }

    /** Records the fields in which an observed client differs; empty if it equals the manifest. */
    void recordDrift(List<DriftedField> differences) {
        drift = differences;
    }

    /** The fields in which an observed client is known to differ. */
    List<DriftedField> drift() {
        return Objects.requireNonNullElse(drift, List.of());
    }

    /** The settings of an observed client; null if they equal the manifest. */
    void observed(@Nullable AppClientSettings settings) {
        observed = settings;
    }

    /** The settings that the client has: the desired ones, unless it is only observed and differs. */
    AppClientSettings settings(AppClientSettings desired) {
        return observed == null ? desired : observed;
    }

    /** The client exists in this pool. */
    void clientFound(String id, String arn) {
        client = client.found(id, arn);
    }

    /** This app client stays in Cognito when the object is deleted; null if none does. */
    void leaveBehind(@Nullable String id) {
        leftBehind = id;
    }

    @Nullable
    String leftBehind() {
        return leftBehind;
    }

    /** Records the digest of the settings in Cognito; null if they are not known. */
    void applied(@Nullable String digest) {
        client = client.withAppliedSettings(digest);
    }

    /** Records the settings that Cognito shows and that this version does not know. */
    void unknownSettings(Collection<String> names) {
        client = client.withUnknownSettings(List.copyOf(names));
    }

    void endpoints(String issuer, @Nullable String loginURL, LoginPage page) {
        endpoints = new PublishedEndpoints(issuer, loginURL);
        loginPage = page;
    }

    void published(SecretStatus publishedSecret) {
        secret = publishedSecret;
    }

    @Nullable
    CopiesStatus copies() {
        return copies;
    }

    /** Records the number of copies; null without any. */
    void counted(@Nullable CopiesStatus count) {
        copies = count;
    }

    /** Echoes the annotation that requested this reconciliation; null if none did. */
    void handled(@Nullable String reconcileRequestedAt) {
        if (reconcileRequestedAt != null) {
            lastHandledReconcileAt = reconcileRequestedAt;
        }
    }

    /** The rotation of the secret in this pass. */
    RotationResult rotation() {
        return rotation;
    }

    StatusFields fields() {
        return new StatusFields(
                client,
                endpoints,
                secret,
                copies,
                drift,
                rotation.status(),
                lastHandledReconcileAt,
                rotation.lastHandledRotateAt());
    }

    StatusReport report(long generation, Outcome outcome) {
        return new StatusReport(
                generation, outcome, Set.copyOf(done), fields(), loginPage, warnings, rotation.report());
    }
}
