package dev.appclients.cognito.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.crash.Call.Api;
import dev.appclients.cognito.crash.Strike.Deed;
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
 * Plays a scenario once for each of its calls and for each trouble that a call can have, all of them at the same time; and
 * what of this must hold however the watches are.
 */
abstract class AtEveryCall extends OnScene {

    static final String SEARCH = "ListUserPoolClients";
    private static final Duration WITHIN_SETTLING = Scene.SETTLES_AFTER.dividedBy(8);
    private static final Duration AFTER_THE_NEXT_ATTEMPT = Duration.ofMillis(1_500);

    /** Does, or checks, something for the object of a name. */
    interface ForOne {
        void accept(String name);
    }

    @TestFactory
    Stream<DynamicTest> aCreateGetsOverEveryTrouble() {
        return getsOverEveryTrouble(Scenario.CREATE);
    }

    @TestFactory
    Stream<DynamicTest> anUpdateGetsOverEveryTrouble() {
        return getsOverEveryTrouble(Scenario.UPDATE);
    }

    @TestFactory
    Stream<DynamicTest> aDeletionGetsOverEveryTrouble() {
        return getsOverEveryTrouble(Scenario.DELETE);
    }

    @TestFactory
    Stream<DynamicTest> anEditOfTheSpecInAnyWindowOfACreateIsNotLost() {
        Map<String, String> edited = Rehearsal.outcomeOf(Scenario.UPDATE, scene, nextName());
        return inEveryWindow(
                Scenario.CREATE, "the spec is edited", name -> Scenario.UPDATE.begin(scene, name), name -> {
                    scene.stage().eventually().untilAsserted(() -> scene.assertRight(name, edited));
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
    Stream<DynamicTest> aStatusThatIsWipedInAnyWindowOfACreateMakesNoSecondClient() {
        return inEveryWindow(
                Scenario.CREATE,
                "the status is wiped",
                name -> scene.stage().wipeStatus(name),
                this::assertRightWithOneCreate);
    }

    Stream<DynamicTest> inEveryWindow(Scenario scenario, String what, ForOne deed, ForOne check) {
        Rehearsal rehearsal = Rehearsal.of(scenario, scene, nextName());
        List<Trouble> troubles = new ArrayList<>();
        for (Moment moment : rehearsal.moments()) {
            // Before the finalizer there is nobody who could be deceived: the object is not ours yet.
            if (isOfTheClient(moment)) {
                troubles.add(new Trouble(
                        moment, what + " right before " + moment, name -> new Deed.First(() -> deed.accept(name))));
                troubles.add(new Trouble(
                        moment, what + " right after " + moment, name -> new Deed.Then(() -> deed.accept(name))));
            }
        }
        return playAll(scenario, troubles, check);
    }

    Stream<DynamicTest> getsOverEveryTrouble(Scenario scenario) {
        Rehearsal rehearsal = Rehearsal.of(scenario, scene, nextName());
        List<Trouble> troubles = rehearsal.moments().stream()
                .filter(AtEveryCall::isOfTheClient)
                .flatMap(AtEveryCall::troubles)
                .toList();
        return playAll(scenario, troubles, name -> scenario.assertDone(scene, name, rehearsal.outcome()));
    }

    private Stream<DynamicTest> playAll(Scenario scenario, List<Trouble> troubles, ForOne check) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < troubles.size(); i++) {
            String name = "web-" + i + "-x";
            names.add(name);
        }
        if (scenario.beginsWithAClientOfItsOwn()) {
            names.forEach(name -> Scenario.CREATE.begin(scene, name));
        }
        names.forEach(name -> scenario.prepare(scene, name));
        scene.calm();
        List<Strike> strikes = new ArrayList<>();
        for (int i = 0; i < troubles.size(); i++) {
            strikes.add(strike(scenario, troubles.get(i), names.get(i)));
        }
        names.forEach(name -> scenario.begin(scene, name));
        return Stream.iterate(0, i -> i < names.size(), i -> i + 1)
                .map(i -> DynamicTest.dynamicTest(
                        scenario + ": " + troubles.get(i).name(), () -> {
                            if (!isWrittenOnce(troubles.get(i).moment())) {
                                strikes.get(i).await();
                            }
                            check.accept(names.get(i));
                        }));
    }

    private Strike strike(Scenario scenario, Trouble trouble, String name) {
        String id = switch (scenario) {
            case CREATE -> name;
            case RECREATE -> Objects.requireNonNull(scene.stage().status(name).clientId());
            default -> scene.clientOf(name).clientId();
        };
        return scene.border()
                .arm(Strike.at(
                        trouble.moment(),
                        request -> request.mentions(name) || request.mentions(id),
                        trouble.deed().apply(name)));
    }

    void assertRightWithOneCreate(String name) {
        scene.stage().eventually().untilAsserted(() -> scene.assertRight(name, scene.settingsOf(name)));
        assertThat(scene.creates(name)).isEqualTo(1);
    }

    /** The pool has passes of its own, and one search is for many clients. */
    private static boolean isOfTheClient(Moment moment) {
        return !moment.call().what().contains("clusteruserpools")
                && !moment.call().what().equals(SEARCH);
    }

    /** An event is not repeated: where a neighbour's broken connection has swallowed it, there is nothing to wait for. */
    private static boolean isWrittenOnce(Moment moment) {
        return moment.call().what().endsWith(" events");
    }

    static Stream<Trouble> troubles(Moment moment) {
        Stream<Trouble> broken = Stream.of(
                new Trouble(moment, "the connection breaks before " + moment, name -> new Deed.Break()),
                new Trouble(moment, "the answer to " + moment + " is lost", name -> new Deed.LoseAnswer()),
                new Trouble(
                        moment,
                        moment + " arrives when it was given up",
                        name -> new Deed.ArriveLate(
                                moment.call().api() == Api.COGNITO ? WITHIN_SETTLING : AFTER_THE_NEXT_ATTEMPT)));
        Stream<Trouble> answered = moment.call().api() == Api.KUBERNETES
                ? Stream.of(409, 429, 500, 503)
                        .map(status -> new Trouble(
                                moment,
                                "the API server answers " + status + " to " + moment,
                                name -> new Deed.Say(kubernetesSays(status))))
                : Stream.concat(
                        Stream.of("InternalErrorException", "TooManyRequestsException", "ExpiredTokenException")
                                .map(type -> new Trouble(
                                        moment,
                                        "Cognito answers " + type + " to " + moment,
                                        name -> new Deed.Say(cognitoSays(type)))),
                        Stream.of(new Trouble(
                                moment,
                                "Cognito does ‘" + moment + "’ and answers InternalErrorException",
                                name -> new Deed.SayAfter(cognitoSays("InternalErrorException")))));
        return Stream.concat(broken, answered);
    }

    private static Message kubernetesSays(int status) {
        String reason = switch (status) {
            case 409 -> "Conflict";
            case 429 -> "TooManyRequests";
            case 500 -> "InternalError";
            default -> "ServiceUnavailable";
        };
        return Message.answer(status, "application/json", """
                {"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"in trouble",\
                "reason":"%s","code":%d}""".formatted(reason, status));
    }

    private static Message cognitoSays(String type) {
        int status = type.equals("InternalErrorException") ? 500 : 400;
        return Message.answer(status, "application/x-amz-json-1.1", """
                {"__type":"%s","message":"in trouble"}""".formatted(type));
    }

    /** One thing that goes wrong at one call; the deed is made for the object of a name. */
    record Trouble(Moment moment, String name, Function<String, Deed> deed) {}
}
