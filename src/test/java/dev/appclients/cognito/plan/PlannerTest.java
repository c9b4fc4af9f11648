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
        assertThat(Planner.plan(DESIRED, observed, new PlanContext(false, false, false, recreate)))
                .isEqualTo(plan);
    }

    static Stream<Arguments> table() {
        AppClient equal = client(DESIRED.settings());
        AppClient drifted = client(
                Specs.desired("appType: Confidential\naccessTokenValidity: 5m").settings());
        return Stream.of(
                arguments("confirmed earlier: no call", new Observation.Confirmed("id"), null, new Plan.NoOp("id")),
                arguments("never created: create", new Observation.NeverCreated(), null, new Plan.Create()),
                arguments("an earlier create failed: create", new Observation.NotCreated(), null, new Plan.Create()),
                arguments(
                        "the outcome of an earlier create is unknown: wait",
                        new Observation.CreateOutcomeUnknown(LATER),
                        null,
                        new Plan.WaitForSettlement(LATER)),
                arguments(
                        "equal: up to date",
                        new Observation.Present(equal, Ownership.OWN, true),
                        null,
                        new Plan.UpToDate(equal)),
                arguments(
                        "different: update",
                        new Observation.Present(drifted, Ownership.OWN, true),
                        null,
                        new Plan.Update(drifted, List.of(new FieldDifference("accessTokenValidity", "1h", "5m")))),
                arguments(
                        "without the suffix: refuse",
                        new Observation.Present(equal, Ownership.FOREIGN, true),
                        null,
                        new Plan.RefuseNotOurs("id")),
                arguments(
                        "the suffix, but evidence against it: refuse",
                        new Observation.Unproven("It is another's."),
                        "id",
                        new Plan.RefuseUnproven("It is another's.")),
                arguments("lost: refuse", new Observation.Lost("id"), null, new Plan.RefuseLost("id")),
                arguments("lost, and recreate requested: create", new Observation.Lost("id"), "id", new Plan.Create()),
                arguments(
                        "lost, and recreate requested for another id: refuse",
                        new Observation.Lost("id"),
                        "an older id",
                        new Plan.RefuseLost("id")),
                arguments(
                        "several with the suffix: refuse",
                        new Observation.Several(List.of("a", "b")),
                        "a",
                        new Plan.RefuseSeveral(List.of("a", "b"))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("adoptions")
    void anAdoptedClientIsNeverCreatedAndNeverTakenFromAnotherObject(
            String sentence, DesiredClient desired, Observation observed, boolean hasClient, Plan plan) {
        // An annotation that names the lost client does not replace an adopted one.
        assertThat(Planner.plan(desired, observed, new PlanContext(false, true, hasClient, "id")))
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
                        "equal, with any name: up to date",
                        adopting,
                        new Observation.Present(secret, Ownership.ADOPTED, true),
                        false,
                        new Plan.UpToDate(secret)),
                arguments(
                        "clientName is set: exactly that name",
                        named,
                        new Observation.Present(secret, Ownership.ADOPTED, true),
                        false,
                        new Plan.Update(secret, List.of(new FieldDifference("clientName", "Web shop", "by hand")))),
                arguments(
                        "a name that proves the ownership of another object: refuse",
                        forged,
                        new Observation.Present(secret, Ownership.ADOPTED, true),
                        false,
                        new Plan.RefuseReservedName("x.0123456789")),
                arguments(
                        "the client has such a name already: up to date",
                        forged,
                        new Observation.Present(bearing, Ownership.ADOPTED, true),
                        false,
                        new Plan.UpToDate(bearing)),
                arguments(
                        "owned by another object: refuse",
                        adopting,
                        new Observation.Present(secret, Ownership.OWNED_BY_OTHER, true),
                        true,
                        new Plan.RefuseOwnedByOther("id")),
                arguments(
                        "public, but the type has a secret: refuse",
                        adopting,
                        new Observation.Present(without, Ownership.ADOPTED, false),
                        false,
                        new Plan.RefuseType("id", false)),
                arguments(
                        "a secret that Cognito does not describe: up to date",
                        adopting,
                        new Observation.Present(without, Ownership.ADOPTED, true),
                        false,
                        new Plan.UpToDate(without)),
                arguments(
                        "a secret that Cognito does not describe, but the type has none: refuse",
                        open,
                        new Observation.Present(without, Ownership.ADOPTED, true),
                        false,
                        new Plan.RefuseType("id", true)),
                arguments(
                        "a secret, but the type has none: refuse",
                        open,
                        new Observation.Present(secret, Ownership.ADOPTED, true),
                        true,
                        new Plan.RefuseType("id", true)),
                arguments(
                        "never found: refuse",
                        adopting,
                        new Observation.Lost("id"),
                        false,
                        new Plan.RefuseMissing("id", false)),
                arguments(
                        "lost: refuse, and never create another",
                        adopting,
                        new Observation.Lost("id"),
                        true,
                        new Plan.RefuseMissing("id", true)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("observations")
    void inModeObserveNothingIsWritten(String sentence, Observation observed, Plan plan) {
        assertThat(Planner.plan(DESIRED, observed, new PlanContext(true, false, true, "id")))
                .isEqualTo(plan);
    }

    static Stream<Arguments> observations() {
        AppClient drifted = client(
                Specs.desired("appType: Confidential\naccessTokenValidity: 5m").settings());
        return Stream.of(
                arguments(
                        "present: report the differences",
                        new Observation.Present(drifted, Ownership.OWN, true),
                        new Plan.ObserveOnly(drifted, List.of(new FieldDifference("accessTokenValidity", "1h", "5m")))),
                arguments(
                        "lost, and recreate requested: refuse", new Observation.Lost("id"), new Plan.RefuseLost("id")),
                arguments("never created: refuse", new Observation.NeverCreated(), new Plan.RefuseNothingToObserve()),
                arguments(
                        "an earlier create failed: refuse",
                        new Observation.NotCreated(),
                        new Plan.RefuseNothingToObserve()));
    }

    @Test
    void theTableHasEveryObservation() {
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
    void aReservedNameIsOnlyComparedInModeObserve() {
        DesiredClient forged = Specs.desired("appType: Confidential\nadopt: {clientId: id}\nclientName: x.0123456789");
        AppClient found = confidential(forged.settings().withClientName("by hand"));

        assertThat(Planner.plan(
                        forged,
                        new Observation.Present(found, Ownership.ADOPTED, true),
                        new PlanContext(true, true, true, null)))
                .isEqualTo(new Plan.ObserveOnly(
                        found, List.of(new FieldDifference("clientName", "x.0123456789", "by hand"))));
    }
}
