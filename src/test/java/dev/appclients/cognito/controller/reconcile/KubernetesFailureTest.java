package dev.appclients.cognito.controller.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.appclients.cognito.failure.FailureKind.Pace;
import dev.appclients.cognito.model.Reason;
import dev.appclients.cognito.status.Outcome;
import dev.appclients.cognito.status.Step;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** How failures of the API server end a pass, by their recorded messages. */
class KubernetesFailureTest {

    private static final String WHO =
            " is forbidden: User \"system:serviceaccount:cognito-client-operator:cognito-client-operator\" cannot ";

    static Stream<Arguments> missingRights() {
        return Stream.of(
                arguments(
                        "secrets \"web\"" + WHO
                                + "get resource \"secrets\" in API group \"\" in the namespace \"shop\"",
                        "lacks the verb get on secrets in namespace 'shop'."),
                arguments(
                        "secrets" + WHO + "list resource \"secrets\" in API group \"\" at the cluster scope",
                        "lacks the verb list on secrets at the cluster scope."),
                arguments(
                        "userpoolclients.cognito.appclients.dev \"web\"" + WHO
                                + "patch resource \"userpoolclients/status\" in API group"
                                + " \"cognito.appclients.dev\" in the namespace \"shop\"",
                        "lacks the verb patch on userpoolclients/status of API group cognito.appclients.dev in namespace"
                                + " 'shop'."));
    }

    @ParameterizedTest
    @MethodSource("missingRights")
    void aMissingPermissionIsNamedOnReadsAndOnWrites(String words, String said) {
        for (StopReconciliation stop : new StopReconciliation[] {
            KubernetesFailure.unavailable(Step.SECRET, answer(403, words)),
            KubernetesFailure.whileWriting("Secret 'web'", answer(403, words))
        }) {
            assertThat(stop.outcome()).isInstanceOfSatisfying(Outcome.Refused.class, refused -> {
                assertThat(refused.reason()).isEqualTo(Reason.MISSING_PERMISSION);
                assertThat(refused.message())
                        .contains(said, "deploy/kustomize", "retries within five minutes")
                        .doesNotContain("API server");
            });
            assertThat(stop.pace()).isEqualTo(Pace.MINUTES);
        }
    }

    static Stream<Arguments> causes() {
        return Stream.of(
                arguments(new ConnectException("Connection refused"), "Connection refused"),
                arguments(new ClosedChannelException(), "Connection was closed"),
                arguments(new InterruptedException(), "interrupted, because the operator stops"),
                arguments(new TimeoutException(), "no answer in time"),
                arguments(new IOException(new ClosedChannelException()), "java.nio.channels.ClosedChannelException"),
                arguments(new IOException(null, new ClosedChannelException()), "Connection was closed"),
                arguments(new EOFException(), "EOFException"));
    }

    @ParameterizedTest
    @MethodSource("causes")
    void aFailureOfTheNetworkIsDescribedAlsoWithoutAMessage(Exception cause, String said) {
        KubernetesClientException failed = new KubernetesClientException("An error has occurred.", cause);

        assertThat(KubernetesFailure.message(failed)).isEqualTo(said);
    }

    @Test
    void aMissingPermissionToPushIsNamedWithoutTheNamespaceOfAnotherTenant() {
        KubernetesClientException refused = answer(
                403,
                "clientsecretclaims.cognito.appclients.dev" + WHO
                        + "create resource \"clientsecretclaims\" in API group \"cognito.appclients.dev\" in the namespace"
                        + " \"team-c\"");

        assertThat(KubernetesFailure.whilePushing(refused))
                .hasValueSatisfying(stop -> assertThat(stop.outcome())
                        .isEqualTo(new Outcome.Refused(
                                Step.SECRET,
                                Reason.MISSING_PERMISSION,
                                "The operator's RBAC lacks the verb create on clientsecretclaims of API group"
                                        + " cognito.appclients.dev in a namespace that spec.sharing.push reaches. Grant it as"
                                        + " deploy/kustomize of this release does. The operator retries within five"
                                        + " minutes.")));
        assertThat(KubernetesFailure.whilePushing(answer(403, "clientsecretclaims is forbidden: exceeded quota")))
                .isEmpty();
        assertThat(KubernetesFailure.whilePushing(answer(503, "unavailable"))).isEmpty();
    }

    @Test
    void aRejectionByAdmissionIsNotAMissingPermission() {
        StopReconciliation stop = KubernetesFailure.whileWriting(
                "Secret 'web'", answer(403, "secrets \"web\" is forbidden: exceeded quota"));

        assertThat(stop.outcome())
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Reason.SECRET_REFUSED));
    }

    @Test
    void aWebhookThatDoesNotAnswerIsARejectionThatIsRetriedSlowly() {
        StopReconciliation stop = KubernetesFailure.whileWriting(
                "Secret 'web'",
                answer(
                        500,
                        "Internal error occurred: failed calling webhook \"x.example.com\": context deadline exceeded"));

        assertThat(stop.outcome())
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Reason.SECRET_REFUSED));
        assertThat(stop.pace()).isEqualTo(Pace.MINUTES);
    }

    @Test
    void aChangedReplacedOrDeletedObjectIsStale() {
        assertThat(Stream.of(
                        answer(409, "the object has been modified"),
                        answer(409, "secrets \"web\" already exists"),
                        answer(404, "secrets \"web\" not found"),
                        answer(422, "Secret \"web\" is invalid: metadata.uid: field is immutable")))
                .allMatch(KubernetesFailure::isStale);
        assertThat(Stream.of(
                        answer(
                                422,
                                "Secret \"web\" is invalid: data: Forbidden: field is immutable when `immutable` is set"),
                        answer(403, "forbidden"),
                        answer(500, "etcdserver: request timed out")))
                .noneMatch(KubernetesFailure::isStale);
    }

    private static KubernetesClientException answer(int code, String words) {
        return new KubernetesClientException(
                "Failure executing: " + words,
                code,
                new StatusBuilder().withCode(code).withMessage(words).build());
    }
}
