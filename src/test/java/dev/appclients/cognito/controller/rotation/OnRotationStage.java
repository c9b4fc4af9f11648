package dev.appclients.cognito.controller.rotation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.api.v1beta1.RotationStatus;
import dev.appclients.cognito.api.v1beta1.UserPoolClientStatus;
import dev.appclients.cognito.controller.OnClaimStage;
import dev.appclients.cognito.controller.Stage;
import dev.appclients.cognito.controller.cluster.Annotations;
import dev.appclients.cognito.model.Marks;
import dev.appclients.cognito.simulator.Fault;
import dev.appclients.cognito.simulator.LiveSecret;
import dev.appclients.cognito.status.Conditions;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Base of the tests of rotations: a client {@code web}, and a clock that the operator and Cognito share. */
public abstract class OnRotationStage extends OnClaimStage {

    public static final String ROTATE = "cognito.appclients.dev/rotate-requested-at";
    public static final String RETIRE = "cognito.appclients.dev/retire-secret";

    public static final String ADD = "AddUserPoolClientSecret";
    public static final String LIST = "ListUserPoolClientSecrets";
    public static final String DELETE = "DeleteUserPoolClientSecret";

    /** The shortest overlap. */
    public static final String ROTATED = WEB + "rotation: {overlap: 10m, maxOverlap: 1h}\n";

    public static final String SHARED = ROTATED + "sharing: {namespaces: {from: All}}\n";

    /** Longer than the shortest overlap. */
    public static final Duration PAST_OVERLAP = Duration.ofMinutes(11);

    /** Mounts may still show the previous version of a Secret that was written this long ago. */
    public static final Duration MOUNTS_LAG = Duration.ofSeconds(110);

    /** Together with {@link #MOUNTS_LAG}, the time after which every mount shows a Secret. */
    public static final Duration PAST_MOUNTS = Duration.ofSeconds(20);

    /** Creates the client, and returns its id. */
    public String client(String spec) {
        stage.applyClient("web", spec);
        return stage.awaitReady("web").clientId();
    }

    /** Requests a rotation, and waits until the new secret is published. Returns its id. */
    public String rotate(String request) {
        String before = published();
        stage.annotate("web", ROTATE, request);
        return awaitRotated(before);
    }

    /** Waits until another secret than this one is published. Returns its id. */
    public String awaitRotated(String before) {
        AtomicReference<String> now = new AtomicReference<>();
        stage.eventually().untilAsserted(() -> {
            now.set(published());
            UserPoolClientStatus status = stage.status("web");
            assertThat(now.get()).as("published, with status %s", status).isNotEqualTo(before);
            // The status may still show the overlap of the rotation before.
            assertThat(status.secret().secretId()).as("in status %s", status).isEqualTo(now.get());
            assertThat(status.rotation().phase()).isEqualTo("Overlap");
        });
        return now.get();
    }

    /**
     * Requests a rotation whose first addition fails, and waits for the phase Staged. The next attempt lists the secrets first.
     *
     * @return holds the next attempt until it is released
     */
    public Fault rotateUntilStaged(String request) {
        Fault nextAttempt = stage.simulator().faults().on(LIST).call(2).always().pause();
        stage.annotate("web", ROTATE, request);
        awaitPhase("Staged");
        return nextAttempt;
    }

    /** Creates a client whose secret was rotated once, and whose overlap has ended. Returns the id of its secret. */
    public String steady() {
        client(ROTATED);
        String current = rotate("first");
        endOverlap(current);
        return current;
    }

    /** Lets the overlap end, and waits until only this secret is valid. */
    public void endOverlap(String current) {
        awaitCarried();
        pass(PAST_OVERLAP);
        awaitLive(current);
        awaitPhase("Steady");
    }

    /** Waits until the record says that the client's Secret and all copies have the new secret. */
    public void awaitCarried() {
        stage.eventually().until(this::isCarried);
    }

    /** Waits until the status has the end of the overlap, and returns it. Before, it has the end of the longest one. */
    public String awaitEnd() {
        awaitCarried();
        stage.eventually()
                .until(() -> Duration.between(
                                        Instant.parse(rotation().since()),
                                        Instant.parse(rotation().nextAt()))
                                .compareTo(Duration.ofMinutes(59))
                        < 0);
        return rotation().nextAt();
    }

    public boolean isCarried() {
        return stage.data(recordName()).get("state").contains("carriedAt");
    }

    /** Lets time pass for Cognito and the operator, and has the client reconciled. */
    public void pass(Duration time) {
        stage.simulator().clock().advance(time);
        clock.advance(time);
        stage.wake("web");
    }

    /** Lets time pass for Cognito and the operator while the operator is down. */
    public void passWithoutOperator(Duration time) {
        stage.simulator().clock().advance(time);
        clock.advance(time);
    }

    /** Requests a reconciliation, which decides at once, and waits for its end. */
    public void reconcile() {
        String request = Long.toString(System.nanoTime());
        stage.annotate("web", Annotations.RECONCILE_REQUESTED_AT, request);
        stage.eventually().until(() -> request.equals(stage.status("web").lastHandledReconcileAt()));
    }

    /** The id of the client secret that the client's Secret names; empty for the original. */
    public String published() {
        return secretIdOf(stage.secret("web"));
    }

    /** The id of the client secret that the copy names; empty for the original. */
    public String carried(String claim) {
        return secretIdOf(secretIn(team, claim));
    }

    private static String secretIdOf(@Nullable Secret secret) {
        return Optional.ofNullable(secret)
                .map(found -> found.getMetadata().getAnnotations().get(Marks.CLIENT_SECRET_ID))
                .orElse("");
    }

    /** The secrets in Cognito, oldest first. */
    public List<LiveSecret> live() {
        return stage.simulator()
                .client(Stage.POOL_ID, stage.status("web").clientId())
                .secrets();
    }

    public List<String> liveIds() {
        return live().stream().map(LiveSecret::id).toList();
    }

    /** Waits until exactly these secrets are valid in Cognito. */
    public void awaitLive(String... ids) {
        stage.eventually()
                .untilAsserted(() -> assertThat(liveIds())
                        .as("valid secrets, with status %s", stage.status("web"))
                        .containsExactly(ids));
    }

    /** Adds a secret as another writer, and returns its id. */
    public String addForeign() {
        return stage.simulator()
                .addSecret(Stage.POOL_ID, stage.status("web").clientId(), null)
                .id();
    }

    /** Deletes a secret as another writer. */
    public void deleteForeign(String id) {
        stage.simulator().removeSecret(Stage.POOL_ID, stage.status("web").clientId(), id);
    }

    public RotationStatus rotation() {
        return stage.status("web").rotation();
    }

    public void awaitPhase(String phase) {
        stage.eventually()
                .untilAsserted(() -> assertThat(rotation().phase())
                        .as("phase in %s", stage.status("web"))
                        .isEqualTo(phase));
    }

    /** Waits until the condition RotationPending has this reason, and returns it. */
    public Condition awaitPending(String reason) {
        return stage.awaitCondition("web", Conditions.ROTATION_PENDING, "True", reason);
    }

    public void awaitNotPending() {
        stage.eventually()
                .untilAsserted(() -> assertThat(stage.condition("web", Conditions.ROTATION_PENDING))
                        .isEmpty());
    }

    public void assertReady() {
        assertThat(stage.condition("web", "Ready").orElseThrow().getStatus()).isEqualTo("True");
    }

    /** Fails every call of this operation from now on as IAM does. */
    public Fault deny(String operation) {
        return stage.simulator()
                .faults()
                .on(operation)
                .always()
                .failBeforeCommit("AccessDeniedException", 400, "not authorized to perform: cognito-idp:" + operation);
    }

    /** The calls about clients and their secrets. */
    public List<String> clientCalls() {
        return stage.calls().stream()
                .filter(operation -> operation.contains("UserPoolClient"))
                .toList();
    }

    /** The ids that calls have deleted. */
    public List<String> deletedIds() {
        return stage.simulator().journal().of(DELETE).stream()
                .map(entry -> entry.secretId())
                .toList();
    }

    /** The record of the rotation. */
    public Secret record() {
        return stage.secret(recordName());
    }

    public String recordName() {
        String uid = stage.client("web").getMetadata().getUid();
        return "rotation-" + uid.replace("-", "").substring(0, 10);
    }

    /** Whether the value in the Secret authenticates. */
    public boolean authenticates(String secretName) {
        return stage.simulator()
                .authenticate(
                        stage.status("web").clientId(), stage.data(secretName).get("client-secret"));
    }

    /** Claims a copy in the namespace of the team, and waits until it is written. */
    public void copy(String name) {
        claim(team, name);
        awaitCopy(team, name);
    }

    /** Keeps the operator from writing the copy, as a user does by mistake. */
    public void lock(String claim) {
        editSecretIn(team, claim, secret -> secret.setImmutable(true));
    }

    /** Deletes the locked copy, so that the operator writes it again. */
    public void unlock(String claim) {
        stage.admin().secrets().inNamespace(team).withName(claim).delete();
    }
}
