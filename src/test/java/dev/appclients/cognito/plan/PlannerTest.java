package dev.appclients.cognito.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.appclients.cognito.model.AppClient;
import dev.appclients.cognito.model.AppClientSettings;
import dev.appclients.cognito.model.ClientSecret;
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
        assertThat(Planner.plan(DESIRED, observed, Intention.manage(recreate))).isEqualTo(plan);
    }

    static Stream<Arguments> table() {
        AppClient equal = client(DESIRED.settings());
        AppClient drifted = client(
                Specs.desired("appType: Confidential\naccessTokenValidity: 5m").settings());
        return Stream.of(
                arguments(
                        "known to be right: nothing to do", new Observation.Confirmed("id"), null, new Plan.NoOp("id")),
                arguments("there never was one: create", new Observation.NeverCreated(), null, new Plan.Create()),
                arguments(
                        "an earlier create came to nothing: create",
                        new Observation.NotCreated(),
                        null,
                        new Plan.Create()),
                arguments(
                        "an earlier create may still turn up: wait",
                        new Observation.CreateOutcomeUnknown(LATER),
                        null,
                        new Plan.WaitForSettlement(LATER)),
                arguments(
                        "as it should be: confirm",
                        new Observation.Present(equal, Whose.OURS),
                        null,
                        new Plan.UpToDate(equal)),
                arguments(
                        "not as it should be: update what differs",
                        new Observation.Present(drifted, Whose.OURS),
                        null,
                        new Plan.Update(drifted, List.of(new FieldDifference("accessTokenValidity", "1h", "5m")))),
                arguments(
                        "without our name: hands off",
                        new Observation.Present(equal, Whose.FOREIGN),
                        null,
                        new Plan.RefuseNotOurs("id")),
                arguments(
                        "our name, and something speaks against it: hands off",
                        new Observation.Unproven("It is another's."),
                        "id",
                        new Plan.RefuseUnproven("It is another's.")),
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

    @ParameterizedTest(name = "{0}")
    @MethodSource("adoptions")
    void whatIsAdoptedIsNeverCreatedAndNeverTakenFromAnother(
            String sentence, DesiredClient desired, Observation observed, boolean hasClient, Plan plan) {
        // An annotation that names the lost client does not replace an adopted one.
        assertThat(Planner.plan(desired, observed, new Intention(false, true, hasClient, "id")))
                .isEqualTo(plan);
    }

    static Stream<Arguments> adoptions() {
        DesiredClient adopting = Specs.desired("appType: Confidential\nadopt: {clientId: id}");
        DesiredClient named = Specs.desired("appType: Confidential\nadopt: {clientId: id}\nclientName: Web shop");
        DesiredClient open = Specs.desired("appType: Public\nadopt: {clientId: id}");
        AppClient secret = confidential(adopting.settings().withClientName("by hand"));
        AppClient without = client(adopting.settings().withClientName("by hand"));
        DesiredClient forged = Specs.desired("appType: Confidential\nadopt: {clientId: id}\nclientName: x.0123456789");
        AppClient bearing = confidential(adopting.settings().withClientName("x.0123456789"));
        return Stream.of(
                arguments(
                        "as it should be, whatever its name: confirm",
                        adopting,
                        new Observation.Present(secret, Whose.ADOPTED),
                        false,
                        new Plan.UpToDate(secret)),
                arguments(
                        "with a name that is written: exactly that name",
                        named,
                        new Observation.Present(secret, Whose.ADOPTED),
                        false,
                        new Plan.Update(secret, List.of(new FieldDifference("clientName", "Web shop", "by hand")))),
                arguments(
                        "with a name that proves another's ownership: refuse",
                        forged,
                        new Observation.Present(secret, Whose.ADOPTED),
                        false,
                        new Plan.RefuseReservedName("x.0123456789")),
                arguments(
                        "with such a name that it has already: confirm",
                        forged,
                        new Observation.Present(bearing, Whose.ADOPTED),
                        false,
                        new Plan.UpToDate(bearing)),
                arguments(
                        "another's: hands off",
                        adopting,
                        new Observation.Present(secret, Whose.ANOTHERS),
                        true,
                        new Plan.RefuseOwnedByOther("id")),
                arguments(
                        "no secret where there should be one: refuse",
                        adopting,
                        new Observation.Present(without, Whose.ADOPTED),
                        false,
                        new Plan.RefuseType("id", false)),
                arguments(
                        "no secret any more: the Secret's concern",
                        adopting,
                        new Observation.Present(without, Whose.ADOPTED),
                        true,
                        new Plan.UpToDate(without)),
                arguments(
                        "a secret where there should be none: refuse",
                        open,
                        new Observation.Present(secret, Whose.ADOPTED),
                        true,
                        new Plan.RefuseType("id", true)),
                arguments(
                        "never there: say so",
                        adopting,
                        new Observation.Lost("id"),
                        false,
                        new Plan.RefuseMissing("id", false)),
                arguments(
                        "gone: say so, and never create another",
                        adopting,
                        new Observation.Lost("id"),
                        true,
                        new Plan.RefuseMissing("id", true)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("looks")
    void whoOnlyObservesWritesNothing(String sentence, Observation observed, Plan plan) {
        assertThat(Planner.plan(DESIRED, observed, new Intention(true, false, true, "id")))
                .isEqualTo(plan);
    }

    static Stream<Arguments> looks() {
        AppClient drifted = client(
                Specs.desired("appType: Confidential\naccessTokenValidity: 5m").settings());
        return Stream.of(
                arguments(
                        "there: say what differs",
                        new Observation.Present(drifted, Whose.OURS),
                        new Plan.ObserveOnly(drifted, List.of(new FieldDifference("accessTokenValidity", "1h", "5m")))),
                arguments(
                        "gone, and a new one asked for: not here",
                        new Observation.Lost("id"),
                        new Plan.RefuseLost("id")),
                arguments("never there: refuse", new Observation.NeverCreated(), new Plan.RefuseNothingToObserve()),
                arguments(
                        "a create that came to nothing: refuse",
                        new Observation.NotCreated(),
                        new Plan.RefuseNothingToObserve()));
    }

    @Test
    void everyObservationStandsInTheTable() {
        Set<Class<?>> inTheTable = table().map(row -> row.get()[1].getClass()).collect(Collectors.toSet());

        assertThat(inTheTable).isEqualTo(Set.of(Observation.class.getPermittedSubclasses()));
    }

    private static AppClient confidential(AppClientSettings settings) {
        return new AppClient(new PoolId("eu-west-1_Shop"), "id", settings, new ClientSecret("its-secret"));
    }

    private static AppClient client(AppClientSettings settings) {
        return new AppClient(new PoolId("eu-west-1_Shop"), "id", settings, null);
    }

    @Test
    void aReservedNameIsOnlyComparedWhereNothingIsWritten() {
        DesiredClient forged = Specs.desired("appType: Confidential\nadopt: {clientId: id}\nclientName: x.0123456789");
        AppClient found = confidential(forged.settings().withClientName("by hand"));

        assertThat(Planner.plan(
                        forged, new Observation.Present(found, Whose.ADOPTED), new Intention(true, true, true, null)))
                .isEqualTo(new Plan.ObserveOnly(
                        found, List.of(new FieldDifference("clientName", "x.0123456789", "by hand"))));
    }
}
