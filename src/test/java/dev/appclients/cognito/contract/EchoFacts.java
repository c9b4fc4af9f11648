package dev.appclients.cognito.contract;

import static dev.appclients.cognito.contract.Bench.is;

import dev.appclients.cognito.contract.Fact.Answer;
import dev.appclients.cognito.failure.FailureKind;
import dev.appclients.cognito.simulator.Switch;
import java.util.List;
import java.util.TreeSet;
import software.amazon.awssdk.services.cognitoidentityprovider.model.FeatureType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.PreventUserExistenceErrorTypes;
import software.amazon.awssdk.services.cognitoidentityprovider.model.TimeUnitsType;

/** Facts about how settings read back, and about members that an update omits. */
final class EchoFacts {

    private static final String OWN_SECRET = "aSecretThatTheCallerChoseItself0123456789";

    private static final List<String> UNSORTED = List.of("name", "email", "birthdate");

    static final List<Fact> ALL = List.of(
            Fact.seen(
                    "A client that was created without authentication flows reads back with none, not with the flows that"
                            + " it allows.",
                    bench -> is(List.of(), bench.describe(plain(bench)).explicitAuthFlowsAsStrings())),
            Fact.disputed(
                    Switch.EMPTY_LISTS_ABSENT,
                    bench -> bench.describe(plain(bench)).hasCallbackURLs()
                            ? new Answer(false, "[]")
                            : new Answer(true, "absent")),
            Fact.seen(
                    "A refresh validity that was never set reads back as 30, an access validity not at all.", bench -> {
                        var client = bench.describe(plain(bench));
                        return is("30/null", client.refreshTokenValidity() + "/" + client.accessTokenValidity());
                    }),
            Fact.seen(
                    "PreventUserExistenceErrors reads back only after it was set.",
                    bench -> is(null, bench.describe(plain(bench)).preventUserExistenceErrorsAsString())),
            Fact.seen(
                    "Lists are sets: they read back with the entries that were sent.",
                    bench -> is(new TreeSet<>(UNSORTED), new TreeSet<>(readAttributes(bench)))),
            Fact.disputed(
                    Switch.LISTS_SORTED, bench -> is(UNSORTED.stream().sorted().toList(), readAttributes(bench))),
            Fact.disputed(Switch.SHORT_CLIENT_IDS, bench -> {
                String id = plain(bench);
                return new Answer(id.length() == 25, id.length() + " characters");
            }),
            Fact.documented(
                    "A refresh validity of 0 becomes 30 days.",
                    bench -> is(30, bench.create(r -> r.refreshTokenValidity(0)).refreshTokenValidity())),
            Fact.documented(
                    "The generated secret of a client is in the answer to the create and to each description.",
                    bench -> {
                        var created = bench.create(r -> r.generateSecret(true));
                        String shown = bench.describe(created.clientId()).clientSecret();
                        return new Answer(
                                shown != null && shown.equals(created.clientSecret()),
                                shown == null ? "not shown" : "shown");
                    }),
            Fact.disputed(Switch.CUSTOM_SECRET_ECHOED, bench -> {
                var created = bench.create(r -> r.clientSecret(OWN_SECRET));
                boolean shown = bench.describe(created.clientId()).clientSecret() != null;
                return new Answer(shown, shown ? "shown" : "not shown");
            }),
            Fact.documented("Two clients may have one name.", bench -> {
                String name = bench.name();
                bench.create(r -> r.clientName(name));
                return bench.creates(r -> r.clientName(name));
            }),
            Fact.seen("An update replaces all settings: a list that it omits is empty afterwards.", bench -> {
                var created = bench.create(r -> r.readAttributes("email"));
                bench.update(created.clientId(), r -> r.clientName(created.clientName()));
                return is(List.of(), bench.describe(created.clientId()).readAttributes());
            }),
            Fact.seen("A unit that an update omits is reset to the default unit.", bench -> {
                var created = bench.create(
                        r -> r.accessTokenValidity(30).tokenValidityUnits(u -> u.accessToken(TimeUnitsType.MINUTES)));
                return bench.refused(
                        "UpdateUserPoolClient",
                        () -> bench.update(
                                created.clientId(),
                                r -> r.clientName(created.clientName()).accessTokenValidity(30)),
                        FailureKind.INVALID_SETTINGS);
            }),
            Fact.disputed(Switch.SCALARS_KEPT_ON_UPDATE, EchoFacts::scalarsKept),
            Fact.disputed(Switch.NAME_REQUIRED_ON_UPDATE, bench -> {
                var created = bench.create(r -> r);
                return bench.refused(
                        "UpdateUserPoolClient",
                        () -> bench.update(created.clientId(), r -> r.refreshTokenValidity(20)),
                        FailureKind.INVALID_SETTINGS);
            }),
            Fact.disputed(Switch.ROTATION_KEPT_ON_UPDATE, bench -> {
                String id = rotating(bench);
                bench.update(id, r -> r.clientName(bench.name()).explicitAuthFlowsWithStrings("ALLOW_USER_SRP_AUTH"));
                var rotation = bench.describe(id).refreshTokenRotation();
                boolean kept = rotation != null && rotation.feature() == FeatureType.ENABLED;
                return new Answer(kept, kept ? "still on" : "off");
            }),
            Fact.disputed(Switch.USER_EXISTENCE_ERRORS_RESET_TO_ENABLED, bench -> {
                var created = bench.create(r -> r.preventUserExistenceErrors(PreventUserExistenceErrorTypes.LEGACY));
                bench.update(created.clientId(), r -> r.clientName(created.clientName()));
                return is("ENABLED", bench.describe(created.clientId()).preventUserExistenceErrorsAsString());
            }),
            Fact.disputed(Switch.DISABLED_ROTATION_ECHOED, bench -> {
                String id = rotating(bench);
                bench.update(
                        id, r -> r.clientName(bench.name()).refreshTokenRotation(t -> t.feature(FeatureType.DISABLED)));
                var rotation = bench.describe(id).refreshTokenRotation();
                return new Answer(rotation != null, rotation == null ? "absent" : rotation.featureAsString());
            }));

    private EchoFacts() {}

    private static List<String> readAttributes(Bench bench) {
        var created = bench.create(r -> r.readAttributes(UNSORTED));
        return bench.describe(created.clientId()).readAttributes();
    }

    private static String plain(Bench bench) {
        return bench.create(r -> r).clientId();
    }

    private static String rotating(Bench bench) {
        return bench.create(r -> r.explicitAuthFlowsWithStrings("ALLOW_USER_SRP_AUTH")
                        .refreshTokenRotation(
                                t -> t.feature(FeatureType.ENABLED).retryGracePeriodSeconds(10)))
                .clientId();
    }

    private static Answer scalarsKept(Bench bench) {
        var created = bench.create(
                r -> r.refreshTokenValidity(10).enableTokenRevocation(false).authSessionValidity(7));
        bench.update(created.clientId(), r -> r.clientName(created.clientName()));
        var now = bench.describe(created.clientId());
        String said =
                now.refreshTokenValidity() + ", " + now.enableTokenRevocation() + ", " + now.authSessionValidity();
        return new Answer(said.equals("10, false, 7"), said);
    }
}
