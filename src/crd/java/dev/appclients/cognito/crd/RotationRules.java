package dev.appclients.cognito.crd;

import static dev.appclients.cognito.crd.Cel.between;
import static dev.appclients.cognito.crd.Cel.matches;
import static dev.appclients.cognito.crd.Cel.seconds;
import static dev.appclients.cognito.crd.Rule.across;
import static dev.appclients.cognito.crd.Rule.on;

import dev.appclients.cognito.api.v1beta1.Patterns;
import java.util.List;
import java.util.stream.Stream;

/** The CEL rules of {@code rotation}, and the names of Secrets that its records use. */
final class RotationRules {
    private static final String AT = "spec.rotation";

    private static final int DEFAULT_OVERLAP = 604_800;
    private static final int DEFAULT_MAX_OVERLAP = 1_209_600;

    private RotationRules() {}

    /** Every rule of a client, in the order of display. {@code hasSecret} is whether {@code self}, a spec, has a client secret. */
    static List<Rule> of(String hasSecret) {
        return List.of(
                across(
                        "spec",
                        "rotation",
                        "!has(self.rotation) || " + hasSecret,
                        "rotation is only valid for a client with a secret, not with appType: Public or Other without generateSecret: true. Remove rotation"),
                across(
                        "spec",
                        "rotation",
                        "!has(self.rotation) || !has(self.mode) || self.mode != 'Observe'",
                        "rotation is not valid with mode: Observe, because the operator then never writes to Cognito. Remove rotation, or set mode: Manage"),
                on(AT + ".every", between(0, 315_360_000, 1), "rotation.every must be at most 3650d"),
                on(AT + ".overlap", between(600, 2_592_000, 1), "rotation.overlap must be from 10m to 30d"),
                on(AT + ".maxOverlap", between(600, 5_184_000, 1), "rotation.maxOverlap must be from 10m to 60d"),
                across(
                        AT,
                        "overlap",
                        compared(duration("overlap", DEFAULT_OVERLAP) + " <= "
                                + duration("maxOverlap", DEFAULT_MAX_OVERLAP)),
                        "rotation.overlap must not be longer than rotation.maxOverlap. An absent overlap is 7d, an absent maxOverlap 14d. Shorten overlap, or lengthen maxOverlap"),
                across(
                        AT,
                        "every",
                        compared("!has(self.every) || " + duration("every", 0) + " > "
                                + duration("maxOverlap", DEFAULT_MAX_OVERLAP)),
                        "rotation.every must be longer than rotation.maxOverlap, because Cognito keeps at most two secrets. An absent maxOverlap is 14d. Lengthen every, or shorten maxOverlap"));
    }

    /** The rule of the name of a Secret in a field of {@code spec}. */
    static Rule notARecord(String field) {
        return on(
                "spec." + field + ".name",
                "!" + matches("self", Patterns.ROTATION_RECORD),
                field
                        + ".name must not be rotation- and ten hexadecimal digits, because the operator keeps its records of rotations under such names. Write another name");
    }

    /** True where a field is not a duration: the rule of its pattern refuses it. */
    private static String compared(String comparison) {
        return Stream.of("every", "overlap", "maxOverlap")
                        .map(field -> "(has(self.%s) && !%s) || "
                                .formatted(field, matches("self." + field, Patterns.DURATION)))
                        .reduce("", String::concat)
                + comparison;
    }

    private static String duration(String field, int absent) {
        return "(has(self.%1$s) ? %2$s : %3$d)".formatted(field, seconds("self." + field), absent);
    }
}
