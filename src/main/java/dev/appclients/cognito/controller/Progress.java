package dev.appclients.cognito.controller;

import dev.appclients.cognito.api.v1beta1.DriftedField;
import dev.appclients.cognito.api.v1beta1.SecretStatus;
import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.api.v1beta1.UserPoolClientStatus;
import dev.appclients.cognito.model.AppClientSettings;
import dev.appclients.cognito.status.ClientStatus;
import dev.appclients.cognito.status.Conclusion;
import dev.appclients.cognito.status.Learned;
import dev.appclients.cognito.status.LoginPage;
import dev.appclients.cognito.status.PassReport;
import dev.appclients.cognito.status.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a pass has learned so far. It begins with what the status says and is reported at the end, however the pass ends, so
 * that no result is lost when a later step fails. Lives within one pass, on one thread.
 */
final class Progress {

    private final Set<Step> done = EnumSet.noneOf(Step.class);

    private List<String> warnings = List.of();
    private UserPoolClient latest;
    private boolean intentRecorded;
    private @Nullable String clientId;
    private @Nullable String userPoolARN;
    private @Nullable Instant pendingCreateSince;
    private @Nullable String appliedSettings;
    private List<String> unknownSettings = List.of();
    private @Nullable String issuer;
    private @Nullable String loginURL;
    private @Nullable SecretStatus secret;
    private @Nullable List<DriftedField> drift;
    private @Nullable AppClientSettings observed;
    private @Nullable String lastHandledReconcileAt;
    private LoginPage loginPage = LoginPage.NOT_REACHED;
    private @Nullable Stop flaw;
    private @Nullable Duration lookAgainAfter;
    private @Nullable Admission admission;
    private @Nullable String leftBehind;
    private @Nullable InspectedSecret inspectedSecret;

    private Progress(UserPoolClient resource) {
        latest = resource;
    }

    static Progress from(UserPoolClient resource) {
        Progress progress = new Progress(resource);
        UserPoolClientStatus status = resource.getStatus();
        if (status != null) {
            progress.clientId = StatusValues.clientId(status.clientId());
            progress.userPoolARN = StatusValues.poolArn(status.userPoolARN());
            progress.pendingCreateSince = status.pendingCreate() == null
                    ? null
                    : StatusValues.time(status.pendingCreate().since());
            progress.appliedSettings = status.appliedSettings();
            progress.unknownSettings =
                    status.unknownSettings() == null ? List.of() : List.copyOf(status.unknownSettings());
            progress.issuer = status.issuer();
            progress.loginURL = status.loginURL();
            progress.secret = status.secret();
            progress.drift = ClientStatus.drift(status);
            progress.lastHandledReconcileAt = status.lastHandledReconcileAt();
        }
        return progress;
    }

    /** The object as it was last read or written in this pass. */
    UserPoolClient latest() {
        return latest;
    }

    /** The intent stands on the API server. */
    void intentRecorded(UserPoolClient written) {
        latest = written;
        intentRecorded = true;
    }

    boolean isIntentRecorded() {
        return intentRecorded;
    }

    /** The pool that let the client in, once one has. */
    @Nullable
    Admission admission() {
        return admission;
    }

    void admitted(Admission pool) {
        admission = pool;
    }

    /** The Secret as it was last inspected in this pass. */
    @Nullable
    InspectedSecret inspectedSecret() {
        return inspectedSecret;
    }

    void inspected(InspectedSecret secret) {
        inspectedSecret = secret;
    }

    void done(Step step) {
        done.add(step);
    }

    /** All that is doubtful, as far as it is known; replaces what was known before. */
    void warn(List<String> sentences) {
        warnings = sentences;
    }

    List<String> warnings() {
        return warnings;
    }

    /** Everything was done, and yet something is not right: the pass goes on, and ends as this would have ended it. */
    void flaw(Stop end) {
        flaw = end;
    }

    @Nullable
    Stop flaw() {
        return flaw;
    }

    /** Whatever the pass comes to, the next one is wanted after this time. */
    void lookAgainAfter(Duration delay) {
        lookAgainAfter = delay;
    }

    @Nullable
    Duration lookAgainAfter() {
        return lookAgainAfter;
    }

    @Nullable
    String clientId() {
        return clientId;
    }

    @Nullable
    String userPoolARN() {
        return userPoolARN;
    }

    @Nullable
    Instant pendingCreateSince() {
        return pendingCreateSince;
    }

    @Nullable
    String appliedSettings() {
        return appliedSettings;
    }

    @Nullable
    SecretStatus secret() {
        return secret;
    }

    @Nullable
    String lastHandledReconcileAt() {
        return lastHandledReconcileAt;
    }

    /** A create is about to begin; a client that was there before is given up. */
    void intend(Instant since, String arn) {
        clientId = null;
        appliedSettings = null;
        unknownSettings = List.of();
        userPoolARN = arn;
        pendingCreateSince = since;
    }

    /** The create is known to have come to nothing. */
    void clearIntent() {
        pendingCreateSince = null;
        userPoolARN = null;
    }

    /** The status has lost the id, and something that we wrote still knows it: a hint, to be proved like every other. */
    void hint(@Nullable String recordedClientId) {
        if (clientId == null && pendingCreateSince == null) {
            clientId = StatusValues.clientId(recordedClientId);
        }
    }

    /** An object that adopts has that client or none, and one that does not observe knows of no drift, whatever its status says. */
    void heed(@Nullable String adopted, boolean observes) {
        if (adopted != null) {
            pendingCreateSince = null;
            if (!adopted.equals(clientId)) {
                clientId = null;
                appliedSettings = null;
                userPoolARN = null;
            }
        }
        drift = observes ? drift : null;
    }

    /** The client was compared with the manifest, and is not to be changed. */
    void compared(List<DriftedField> differences) {
        drift = differences;
    }

    /** What an observed client differs in, as far as it is known. */
    List<DriftedField> drift() {
        return drift == null ? List.of() : drift;
    }

    /** What an observed client has, if it is not what the manifest says. */
    void observed(@Nullable AppClientSettings settings) {
        observed = settings;
    }

    /** What the client is known to have: the desired settings, unless it is only observed and differs. */
    AppClientSettings settings(AppClientSettings desired) {
        return observed == null ? desired : observed;
    }

    /** The client exists. */
    void found(String id, String arn) {
        clientId = id;
        userPoolARN = arn;
        pendingCreateSince = null;
    }

    /** This app client stays in Cognito when the object goes; null when none does. */
    void leaveBehind(@Nullable String id) {
        leftBehind = id;
    }

    @Nullable
    String leftBehind() {
        return leftBehind;
    }

    /** Cognito has these settings; null when it has none that we know. */
    void applied(@Nullable String digest) {
        appliedSettings = digest;
    }

    /** Cognito was asked, and showed these beside the settings that we know. */
    void unknownSettings(Collection<String> names) {
        unknownSettings = List.copyOf(names);
    }

    void endpoints(String issuerOfPool, @Nullable String loginURLOfClient, LoginPage page) {
        issuer = issuerOfPool;
        loginURL = loginURLOfClient;
        loginPage = page;
    }

    void published(SecretStatus publishedSecret) {
        secret = publishedSecret;
    }

    void handled(@Nullable String reconcileRequestedAt) {
        if (reconcileRequestedAt != null) {
            lastHandledReconcileAt = reconcileRequestedAt;
        }
    }

    Learned learned() {
        return new Learned(
                clientId,
                userPoolARN,
                pendingCreateSince == null ? null : pendingCreateSince.toString(),
                appliedSettings,
                unknownSettings,
                issuer,
                loginURL,
                secret,
                drift,
                lastHandledReconcileAt);
    }

    PassReport report(long generation, Conclusion conclusion) {
        return new PassReport(generation, conclusion, Set.copyOf(done), learned(), loginPage, warnings);
    }
}
