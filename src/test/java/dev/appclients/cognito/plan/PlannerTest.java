package dev.appclients.cognito.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.appclients.cognito.model.AppClient;
import dev.appclients.cognito.model.AppClientSettings;
import dev.appclients.cognito.model.PoolId;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PlannerTest {

    private static final DesiredClient DESIRED = Specs.desired("appType: Confidential");
    private static final Instant LATER = Instant.parse("2026-01-01T00:00:00Z");

    @ParameterizedTest(name = "{0}")
    @MethodSource("table")
    void oneObservationIsOnePlan(String sentence, Observation observed, String recreate, Plan plan) {
        assertThat(Planner.plan(DESIRED, observed, Specs.UID, recreate)).isEqualTo(plan);
    }

    static Stream<Arguments> table() {
        AppClient equal = client(DESIRED.settings());
        AppClient drifted = client(
                Specs.desired("appType: Confidential\naccessTokenValidity: 5m").settings());
        AppClient renamed = client(DesiredClient.of(
                        Specs.spec("appType: Confidential"), "shop", "web", "11111111-1111-1111-1111-111111111111")
                .settings());
        return Stream.of(
                arguments(
                        "known to be right: nothing to do", new Observation.Confirmed("id"), null, new Plan.Keep("id")),
                arguments("there never was one: create", new Observation.Never(), null, new Plan.Create()),
                arguments(
                        "an earlier create came to nothing: create",
                        new Observation.NotCreated(),
                        null,
                        new Plan.Create()),
                arguments(
                        "an earlier create may still turn up: wait",
                        new Observation.Unresolved(LATER),
                        null,
                        new Plan.Await(LATER)),
                arguments("as it should be: confirm", new Observation.Present(equal), null, new Plan.Confirm(equal)),
                arguments(
                        "not as it should be: update what differs",
                        new Observation.Present(drifted),
                        null,
                        new Plan.Update(drifted, List.of(new FieldDifference("accessTokenValidity", "1h", "5m")))),
                arguments(
                        "without our name: hands off",
                        new Observation.Present(renamed),
                        null,
                        new Plan.RefuseNotOurs("id")),
                arguments("gone: ask first", new Observation.Lost("id"), null, new Plan.RefuseLost("id")),
                arguments("gone, and asked for: create", new Observation.Lost("id"), "id", new Plan.Create()),
                arguments(
                        "gone, and asked for another: ask first",
                        new Observation.Lost("id"),
                        "an older id",
                        new Plan.RefuseLost("id")),
                arguments(
                        "several with our name: a human must say which",
                        new Observation.Several(List.of("a", "b")),
                        "a",
                        new Plan.RefuseSeveral(List.of("a", "b"))));
    }

    @Test
    void everyObservationStandsInTheTable() {
        Set<Class<?>> inTheTable = table().map(row -> row.get()[1].getClass()).collect(Collectors.toSet());

        assertThat(inTheTable).isEqualTo(Set.of(Observation.class.getPermittedSubclasses()));
    }

    private static AppClient client(AppClientSettings settings) {
        return new AppClient(new PoolId("eu-west-1_Shop"), "id", settings, null);
    }
}
