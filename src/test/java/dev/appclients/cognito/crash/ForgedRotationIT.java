package dev.appclients.cognito.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.api.v1beta1.UserPoolClientStatus;
import dev.appclients.cognito.controller.Stage;
import dev.appclients.cognito.controller.reconcile.OperatorSettings;
import dev.appclients.cognito.controller.rotation.OnRotationStage;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A user who may write the status forges what it shows of a rotation, in each of its states. The record decides: the operator changes
 * neither a Secret nor Cognito, and shows the true state again.
 */
class ForgedRotationIT extends OnRotationStage {

    private static final List<String> FORGERIES = List.of(
            "\"rotation\":null",
            "\"rotation\":{\"phase\":\"Steady\"}",
            "\"rotation\":{\"phase\":\"Staged\",\"since\":\"2020-01-01T00:00:00Z\",\"summary\":\"Staged\"}",
            "\"rotation\":{\"phase\":\"Overlap\",\"since\":\"2020-01-01T00:00:00Z\",\"nextAt\":\"2020-01-08T00:00:00Z\"}",
            "\"rotation\":{\"phase\":\"Blocked\",\"summary\":\"Blocked\"}",
            "\"lastHandledRotateAt\":\"never\"",
            "\"lastHandledRotateAt\":null",
            "\"secret\":{\"name\":\"web\",\"keys\":[\"client-secret\"],\"revision\":1,\"source\":\"Original\"}",
            "\"secret\":{\"name\":\"web\",\"keys\":[\"client-secret\"],\"revision\":99,\"source\":\"Rotated\","
                    + "\"secretId\":\"forged--1\"}",
            "\"conditions\":[{\"type\":\"RotationPending\",\"status\":\"True\",\"reason\":\"RetirementRefused\","
                    + "\"message\":\"forged\",\"lastTransitionTime\":\"2020-01-01T00:00:00Z\"}]");

    /** The states of a rotation. */
    enum State {
        ORIGINAL {
            @Override
            void reach(ForgedRotationIT test) {
                test.client(ROTATED);
            }
        },
        STAGED {
            @Override
            void reach(ForgedRotationIT test) {
                test.client(ROTATED);
                test.stage
                        .simulator()
                        .faults()
                        .on("AddUserPoolClientSecret")
                        .always()
                        .failBeforeCommit("InternalErrorException", 500, "injected");
                test.stage.annotate("web", ROTATE, "1");
                test.stage
                        .eventually()
                        .until(() -> test.stage.calls().stream()
                                        .filter("AddUserPoolClientSecret"::equals)
                                        .count()
                                == 1);
                test.awaitPhase("Staged");
            }
        },
        OVERLAP {
            @Override
            void reach(ForgedRotationIT test) {
                test.client(ROTATED);
                test.rotate("1");
                // The status shows another end until all copies carry the new secret.
                test.awaitEnd();
            }
        },
        BLOCKED {
            @Override
            void reach(ForgedRotationIT test) {
                String clientId = test.client(ROTATED);
                test.stage.simulator().addSecret(Stage.POOL_ID, clientId, null);
                test.stage.annotate("web", ROTATE, "1");
                test.awaitPhase("Blocked");
            }
        },
        STEADY {
            @Override
            void reach(ForgedRotationIT test) {
                OVERLAP.reach(test);
                test.pass(Duration.ofMinutes(11));
                test.awaitPhase("Steady");
            }
        };

        abstract void reach(ForgedRotationIT test);
    }

    /** The outcome of an attempt to add a secret stays unknown during a test. */
    @Override
    public OperatorSettings settings() {
        return Stage.SETTINGS.withCreateSettlesAfter(Duration.ofMinutes(10));
    }

    @ParameterizedTest
    @EnumSource(State.class)
    void aForgedStatusChangesNothing(State state) {
        state.reach(this);
        stage.wake("web");
        UserPoolClientStatus before = stage.status("web");
        String secrets = secrets();
        List<String> live = liveIds();
        stage.forgetCalls();

        boolean hasRecord = stage.secret(recordName()) != null;
        for (String forgery : FORGERIES) {
            // Without a record, nothing shows which request was handled, and the operator does not read this field.
            // While a
            // rotation is staged, its request is not handled yet.
            if ((!hasRecord || state == State.STAGED) && forgery.contains("lastHandledRotateAt")) {
                continue;
            }
            forge("{\"status\":{" + forgery + "}}");
            stage.wake("web");
            assertShown(before);
        }

        assertThat(stage.calls()).isEmpty();
        assertThat(secrets()).isEqualTo(secrets);
        assertThat(liveIds()).isEqualTo(live);
    }

    @ParameterizedTest
    @EnumSource(State.class)
    void aWipedStatusIsRestoredFromTheRecordAlsoByAnotherProcess(State state) {
        state.reach(this);
        stage.wake("web");
        UserPoolClientStatus before = stage.status("web");
        String secrets = secrets();
        List<String> live = liveIds();
        stage.stopOperator();
        stage.wipeStatus("web");
        stage.simulator().faults().clear();
        stage.simulator().faults().on("AddUserPoolClientSecret").always().throttle();
        stage.forgetCalls();

        stage.startOperator();

        stage.eventually().untilAsserted(() -> {
            assertThat(stage.status("web").clientId()).isEqualTo(before.clientId());
            assertThat(rotation()).usingRecursiveComparison().isEqualTo(before.rotation());
            assertThat(stage.status("web").secret()).isEqualTo(before.secret());
        });
        assertThat(Stream.of("CreateUserPoolClient", "UpdateUserPoolClient", "DeleteUserPoolClientSecret"))
                .noneMatch(stage.calls()::contains);
        assertThat(stage.calls()).doesNotContain("AddUserPoolClientSecret");
        assertThat(secrets()).isEqualTo(secrets);
        assertThat(liveIds()).isEqualTo(live);
    }

    private void forge(String patch) {
        stage.admin()
                .resources(UserPoolClient.class)
                .inNamespace(stage.namespace())
                .withName("web")
                .subresource("status")
                .patch(PatchContext.of(PatchType.JSON_MERGE), patch);
    }

    private void assertShown(UserPoolClientStatus expected) {
        stage.eventually()
                .untilAsserted(() -> assertThat(stage.status("web"))
                        .usingRecursiveComparison()
                        // A forged condition removes the others, and with them their transition times.
                        .ignoringFieldsMatchingRegexes("conditions.*lastTransitionTime")
                        .isEqualTo(expected));
    }

    /** The versions of the client's Secret and of the record. */
    private String secrets() {
        return Stream.of("web", recordName())
                .map(stage::secret)
                .map(secret -> secret == null
                        ? "absent"
                        : secret.getMetadata().getUid() + " "
                                + secret.getMetadata().getResourceVersion())
                .toList()
                .toString();
    }
}
