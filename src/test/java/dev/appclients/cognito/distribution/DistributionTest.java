package dev.appclients.cognito.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.api.v1beta1.AwsAccess;
import dev.appclients.cognito.api.v1beta1.AwsIdentity;
import dev.appclients.cognito.api.v1beta1.ClaimSource;
import dev.appclients.cognito.api.v1beta1.ClientSharing;
import dev.appclients.cognito.api.v1beta1.ClusterUserPoolSpec;
import dev.appclients.cognito.api.v1beta1.NamespaceSelection;
import dev.appclients.cognito.api.v1beta1.NamespaceSelector;
import dev.appclients.cognito.api.v1beta1.NamespacesFrom;
import dev.appclients.cognito.api.v1beta1.PoolSharing;
import dev.appclients.cognito.api.v1beta1.Tenancy;
import dev.appclients.cognito.model.NamespaceSnapshot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Compares the decision on every combination of facts with a table. The first row that matches a combination decides. */
class DistributionTest {

    private static final List<String> COLUMNS =
            List.of("target", "place", "source", "client", "offer", "pool", "ceiling", "pin", "claim");

    private static final List<List<String>> VALUES = List.of(
            List.of("there", "unknown", "terminating", "unserved"),
            List.of("elsewhere", "own"),
            List.of("there", "unknown", "unserved"),
            List.of("fine", "absent", "terminating", "paused", "stalled"),
            List.of("all", "named", "labelled", "none", "others", "otherLabel", "newer"),
            List.of("fine", "absent", "terminating", "duplicate", "notAdmitting", "newer"),
            List.of("all", "named", "labelled", "none", "others", "otherLabel", "newer"),
            List.of("none", "same", "replaced", "elsewhere"),
            List.of("active", "paused"));

    private static final String TABLE = """
            target      | place     | source   | client      | offer      | pool         | ceiling    | pin      | claim  -> decision
            unserved    | *         | *        | *           | *          | *            | *          | *        | *      -> Ignored
            terminating | *         | *        | *           | *          | *            | *          | *        | *      -> Ignored
            *           | *         | unserved | *           | *          | *            | *          | *        | *      -> Deny
            *           | *         | *        | absent      | *          | *            | *          | *        | *      -> Deny CLIENT
            *           | elsewhere | *        | *           | none       | *            | *          | *        | *      -> Deny CLIENT
            unknown     | elsewhere | *        | *           | !newer     | *            | *          | *        | *      -> Deny TARGET_NAMESPACE
            *           | elsewhere | *        | *           | others     | *            | *          | *        | *      -> Deny CLIENT
            *           | elsewhere | *        | *           | otherLabel | *            | *          | *        | *      -> Deny CLIENT TARGET_NAMESPACE
            *           | elsewhere | *        | *           | *          | !absent      | none       | *        | *      -> Deny POOL
            unknown     | elsewhere | *        | *           | *          | !absent      | !newer     | *        | *      -> Deny TARGET_NAMESPACE
            *           | elsewhere | *        | *           | *          | !absent      | others     | *        | *      -> Deny POOL
            *           | elsewhere | *        | *           | *          | !absent      | otherLabel | *        | *      -> Deny POOL TARGET_NAMESPACE
            *           | *         | there    | *           | *          | *            | *          | replaced | *      -> SourceReplaced
            *           | *         | *        | *           | *          | *            | *          | *        | paused -> Paused
            *           | elsewhere | *        | *           | newer      | *            | *          | *        | *      -> Hold UNKNOWN_SELECTION
            *           | *         | *        | *           | *          | absent       | *          | *        | *      -> Hold POOL_MISSING
            *           | elsewhere | *        | *           | *          | *            | newer      | *        | *      -> Hold UNKNOWN_SELECTION
            *           | *         | *        | terminating | *          | *            | *          | *        | *      -> Hold CLIENT_TERMINATING
            *           | *         | *        | paused      | *          | *            | *          | *        | *      -> Hold CLIENT_PAUSED
            *           | *         | *        | *           | *          | terminating  | *          | *        | *      -> Hold POOL_TERMINATING
            *           | *         | *        | *           | *          | duplicate    | *          | *        | *      -> Hold POOL_DUPLICATE
            *           | *         | *        | *           | *          | notAdmitting | *          | *        | *      -> Hold CLIENT_NOT_ADMITTED
            *           | *         | *        | *           | *          | newer        | *          | *        | *      -> Hold CLIENT_NOT_ADMITTED
            *           | *         | unknown  | *           | *          | *            | *          | *        | *      -> Hold CLIENT_NOT_ADMITTED
            *           | *         | *        | stalled     | *          | *            | *          | *        | *      -> Hold CLIENT_STALLED
            *           | *         | *        | fine        | *          | fine         | *          | *        | *      -> Copy
            """;

    private record Row(List<String> patterns, String decision) {

        boolean matches(List<String> facts) {
            for (int i = 0; i < facts.size(); i++) {
                if (!matches(patterns.get(i), facts.get(i))) {
                    return false;
                }
            }
            return true;
        }

        private static boolean matches(String pattern, String fact) {
            return pattern.equals("*")
                    || pattern.equals(fact)
                    || (pattern.startsWith("!") && !pattern.substring(1).equals(fact));
        }
    }

    private static List<Row> rows() {
        List<List<String>> lines = TABLE.lines()
                .map(line ->
                        Arrays.stream(line.split("\\||->")).map(String::strip).toList())
                .toList();
        assertThat(lines.getFirst().subList(0, COLUMNS.size())).isEqualTo(COLUMNS);
        return lines.stream()
                .skip(1)
                .map(cells -> new Row(cells.subList(0, COLUMNS.size()), cells.getLast()))
                .toList();
    }

    @Test
    void everyCombinationIsDecidedByTheFirstRowThatMatchesIt() {
        List<Row> rows = rows();
        Set<Row> used = new HashSet<>();
        for (List<String> facts : combinations()) {
            Row row = rows.stream()
                    .filter(candidate -> candidate.matches(facts))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no row for " + facts));
            used.add(row);
            assertThat(text(decide(facts))).as("%s", facts).isEqualTo(row.decision());
        }
        assertThat(used).as("rows that decide a combination").containsExactlyInAnyOrderElementsOf(rows);
    }

    @ParameterizedTest
    @CsvSource({
        "fine, fine, all, active, true",
        "fine, fine, all, paused, true",
        "paused, fine, all, active, true",
        "stalled, terminating, all, active, true",
        "fine, fine, newer, active, false",
        "fine, fine, none, active, false",
        "absent, fine, all, active, false"
    })
    void aClientCountsTheClaimsThatOfferAndCeilingPermit(
            String client, String pool, String ceiling, String claim, boolean counts) {
        ClaimDecision decision =
                decide(List.of("there", "elsewhere", "there", client, "all", pool, ceiling, "none", claim));

        assertThat(decision.isPermitted()).isEqualTo(counts);
    }

    private static List<List<String>> combinations() {
        List<List<String>> all = List.of(List.of());
        for (List<String> values : VALUES) {
            List<List<String>> longer = new ArrayList<>();
            for (List<String> begun : all) {
                for (String value : values) {
                    List<String> facts = new ArrayList<>(begun);
                    facts.add(value);
                    longer.add(facts);
                }
            }
            all = longer;
        }
        return all;
    }

    private static ClaimDecision decide(List<String> facts) {
        boolean own = facts.get(1).equals("own");
        String targetName = own ? "shop" : "team-c";
        NamespaceFacts target = namespace(targetName, facts.get(0));
        // In the own namespace both are one Namespace, but each column is tried by itself.
        NamespaceFacts source = namespace("shop", facts.get(2));
        return Distribution.decide(
                new ClaimFacts(facts.get(8).equals("paused"), pin(facts.get(7))),
                client(facts.get(3), selection(facts.get(4), targetName)),
                pool(facts.get(5), selection(facts.get(6), targetName)),
                target,
                source);
    }

    private static NamespaceFacts namespace(String name, String state) {
        boolean known = !state.equals("unknown");
        return new NamespaceFacts(
                new NamespaceSnapshot(name, known ? Map.of("oidc", "yes") : null),
                known ? "uid-of-" + name : null,
                state.equals("terminating"),
                !state.equals("unserved"));
    }

    private static @Nullable ClaimSource pin(String pin) {
        return switch (pin) {
            case "same" -> new ClaimSource("shop", "uid-of-shop");
            case "replaced" -> new ClaimSource("shop", "uid-of-a-former-shop");
            case "elsewhere" -> new ClaimSource("platform", "uid-of-platform");
            default -> null;
        };
    }

    private static @Nullable ClientFacts client(String state, @Nullable NamespaceSelection offer) {
        return state.equals("absent")
                ? null
                : new ClientFacts(
                        offer == null ? null : new ClientSharing(offer, null),
                        state.equals("paused"),
                        state.equals("terminating"),
                        state.equals("stalled"));
    }

    private static @Nullable PoolState pool(String state, @Nullable NamespaceSelection ceiling) {
        if (state.equals("absent")) {
            return null;
        }
        String admitted = state.equals("notAdmitting") ? "others" : "all";
        ClusterUserPoolSpec spec = new ClusterUserPoolSpec(
                "eu-west-1_AbCdEf123",
                new AwsAccess(AwsIdentity.OPERATOR, null, null),
                state.equals("newer") ? Tenancy.UNKNOWN : Tenancy.TRUSTED,
                selection(admitted, "shop"),
                null,
                null,
                ceiling == null ? null : new PoolSharing(ceiling, null),
                null,
                null);
        return new PoolState(spec, state.equals("terminating"), state.equals("duplicate"));
    }

    private static @Nullable NamespaceSelection selection(String form, String target) {
        return switch (form) {
            case "all" -> new NamespaceSelection(NamespacesFrom.ALL, null, null);
            case "named" -> new NamespaceSelection(NamespacesFrom.NAMES, List.of("x", target), null);
            case "others" -> new NamespaceSelection(NamespacesFrom.NAMES, List.of("x"), null);
            case "labelled" -> labelled("yes");
            case "otherLabel" -> labelled("no");
            case "newer" -> new NamespaceSelection(NamespacesFrom.UNKNOWN, null, null);
            default -> null;
        };
    }

    private static NamespaceSelection labelled(String value) {
        return new NamespaceSelection(
                NamespacesFrom.SELECTOR, null, new NamespaceSelector(Map.of("oidc", value), null));
    }

    private static String text(ClaimDecision decision) {
        return switch (decision) {
            case ClaimDecision.Deny(var by) ->
                ("Deny " + String.join(" ", by.stream().map(Enum::name).sorted().toList())).strip();
            case ClaimDecision.Hold(var cause) -> "Hold " + cause;
            default -> decision.getClass().getSimpleName();
        };
    }
}
