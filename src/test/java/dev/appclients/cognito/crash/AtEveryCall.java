package dev.appclients.cognito.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.crash.Call.Api;
import dev.appclients.cognito.crash.InjectedFault.Effect;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Runs a scenario once for each of its calls and each failure that a call can have, all at the same time. Contains the tests
 * that must pass with any watch behavior.
 */
abstract class AtEveryCall extends OnScene {

    static final String SEARCH = "ListUserPoolClients";
    private static final Duration WITHIN_SETTLING = Scene.SETTLES_AFTER.dividedBy(8);
    private static final Duration AFTER_THE_NEXT_ATTEMPT = Duration.ofMillis(1_500);

    /** An action or a check for the object with this name. */
    interface ForOne {
        void accept(String name);
    }

    @TestFactory
    Stream<DynamicTest> aCreateRecoversFromEveryFailure() {
        return recoversFromEveryFailure(Scenario.CREATE);
    }

    @TestFactory
    Stream<DynamicTest> anUpdateRecoversFromEveryFailure() {
        return recoversFromEveryFailure(Scenario.UPDATE);
    }

    @TestFactory
    Stream<DynamicTest> aDeletionRecoversFromEveryFailure() {
        return recoversFromEveryFailure(Scenario.DELETE);
    }

    @TestFactory
    Stream<DynamicTest> anEditOfTheSpecInAnyWindowOfACreateIsNotLost() {
        Map<String, String> edited = ReferenceRun.outcomeOf(Scenario.UPDATE, scene, nextName());
        return inEveryWindow(
                Scenario.CREATE, "the spec is edited", name -> Scenario.UPDATE.begin(scene, name), name -> {
                    scene.stage().eventually().untilAsserted(() -> scene.assertSynced(name, edited));
                    assertThat(scene.creates(name)).isEqualTo(1);
                });
    }

    @TestFactory
    Stream<DynamicTest> aDeletionInAnyWindowOfACreateLeavesNothing() {
        return inEveryWindow(
                Scenario.CREATE,
                "the object is deleted",
                name -> scene.stage().delete(name),
                name -> Scenario.DELETE.assertDone(scene, name, Map.of()));
    }

    @TestFactory
    Stream<DynamicTest> aStatusThatIsWipedInAnyWindowOfACreateCausesNoSecondClient() {
        return inEveryWindow(
                Scenario.CREATE,
                "the status is wiped",
                name -> scene.stage().wipeStatus(name),
                this::assertSyncedWithOneCreate);
    }

    Stream<DynamicTest> inEveryWindow(Scenario scenario, String what, ForOne action, ForOne check) {
        ReferenceRun reference = ReferenceRun.of(scenario, scene, nextName());
        List<Failure> failures = new ArrayList<>();
        for (NthCall nthCall : reference.calls()) {
            // The operator does not own the object before the finalizer is set.
            if (isOfTheClient(nthCall)) {
                failures.add(new Failure(
                        nthCall,
                        what + " right before " + nthCall,
                        name -> new Effect.RunBefore(() -> action.accept(name))));
                failures.add(new Failure(
                        nthCall,
                        what + " right after " + nthCall,
                        name -> new Effect.RunAfter(() -> action.accept(name))));
            }
        }
        return runAll(scenario, failures, check);
    }

    Stream<DynamicTest> recoversFromEveryFailure(Scenario scenario) {
        ReferenceRun reference = ReferenceRun.of(scenario, scene, nextName());
        List<Failure> failures = reference.calls().stream()
                .filter(AtEveryCall::isOfTheClient)
                .flatMap(AtEveryCall::failures)
                .toList();
        return runAll(scenario, failures, name -> scenario.assertDone(scene, name, reference.outcome()));
    }

    private Stream<DynamicTest> runAll(Scenario scenario, List<Failure> failures, ForOne check) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < failures.size(); i++) {
            String name = "web-" + i + "-x";
            names.add(name);
        }
        if (scenario.startsWithOwnClient()) {
            names.forEach(name -> scenario.start(scene, name));
        }
        names.forEach(name -> scenario.prepare(scene, name));
        scene.settle();
        List<InjectedFault> faults = new ArrayList<>();
        for (int i = 0; i < failures.size(); i++) {
            faults.add(fault(scenario, failures.get(i), names.get(i)));
        }
        names.forEach(name -> scenario.begin(scene, name));
        return Stream.iterate(0, i -> i < names.size(), i -> i + 1)
                .map(i -> DynamicTest.dynamicTest(
                        scenario + ": " + failures.get(i).name(), () -> {
                            NthCall nthCall = failures.get(i).nthCall();
                            if (!isWrittenOnce(nthCall) && !scenario.mayOmit(nthCall)) {
                                faults.get(i).await();
                            }
                            check.accept(names.get(i));
                        }));
    }

    private InjectedFault fault(Scenario scenario, Failure failure, String name) {
        String id = switch (scenario) {
            case CREATE -> name;
            case RECREATE -> Objects.requireNonNull(scene.stage().status(name).clientId());
            default -> scene.clientOf(name).clientId();
        };
        UserPoolClient object = scene.stage()
                .admin()
                .resources(UserPoolClient.class)
                .inNamespace(scene.stage().namespace())
                .withName(name)
                .get();
        String uid = object == null ? name : object.getMetadata().getUid();
        String rotationRecord = object == null ? name : SceneRotation.recordName(scene.stage(), name);
        return scene.proxy()
                .arm(InjectedFault.at(
                        failure.nthCall(),
                        request -> request.mentions(name, id, rotationRecord, uid),
                        failure.effect().apply(name)));
    }

    void assertSyncedWithOneCreate(String name) {
        scene.stage().eventually().untilAsserted(() -> scene.assertSynced(name, scene.settingsOf(name)));
        assertThat(scene.creates(name)).isEqualTo(1);
    }

    /** The pool has its own reconciliations, and one listing serves many clients. */
    private static boolean isOfTheClient(NthCall nthCall) {
        return !nthCall.call().operation().contains("clusteruserpools")
                && !nthCall.call().operation().equals(SEARCH);
    }

    /** An event is written once. If the broken connection of another client loses it, there is nothing to wait for. */
    private static boolean isWrittenOnce(NthCall nthCall) {
        return nthCall.call().operation().endsWith(" events");
    }

    static Stream<Failure> failures(NthCall nthCall) {
        Stream<Failure> broken = Stream.of(
                new Failure(nthCall, "the connection breaks before " + nthCall, name -> new Effect.BreakConnection()),
                new Failure(nthCall, "the answer to " + nthCall + " is lost", name -> new Effect.LoseAnswer()),
                new Failure(
                        nthCall,
                        nthCall + " arrives after the operator has timed out",
                        name -> new Effect.DeliverLate(
                                nthCall.call().api() == Api.COGNITO ? WITHIN_SETTLING : AFTER_THE_NEXT_ATTEMPT)));
        Stream<Failure> answered = nthCall.call().api() == Api.KUBERNETES
                // The operator treats 500 and 503 alike, so each call gets one of them.
                ? Stream.of(409, 429, nthCall.toString().hashCode() % 2 == 0 ? 500 : 503)
                        .map(status -> new Failure(
                                nthCall,
                                "the API server answers " + status + " to " + nthCall,
                                name -> new Effect.Answer(kubernetesError(status))))
                : Stream.concat(
                        Stream.of("InternalErrorException", "TooManyRequestsException", "ExpiredTokenException")
                                .map(type -> new Failure(
                                        nthCall,
                                        "Cognito answers " + type + " to " + nthCall,
                                        name -> new Effect.Answer(cognitoError(type)))),
                        Stream.of(new Failure(
                                nthCall,
                                "Cognito executes " + nthCall + " and answers InternalErrorException",
                                name -> new Effect.AnswerAfter(cognitoError("InternalErrorException")))));
        return Stream.concat(broken, answered);
    }

    private static Message kubernetesError(int status) {
        String reason = switch (status) {
            case 409 -> "Conflict";
            case 429 -> "TooManyRequests";
            case 500 -> "InternalError";
            default -> "ServiceUnavailable";
        };
        return Message.answer(status, "application/json", """
                {"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"injected",\
                "reason":"%s","code":%d}""".formatted(reason, status));
    }

    private static Message cognitoError(String type) {
        int status = type.equals("InternalErrorException") ? 500 : 400;
        return Message.answer(status, "application/x-amz-json-1.1", """
                {"__type":"%s","message":"injected"}""".formatted(type));
    }

    /** A failure of one call. Its effect is built for the object with this name. */
    record Failure(NthCall nthCall, String name, Function<String, Effect> effect) {}
}
