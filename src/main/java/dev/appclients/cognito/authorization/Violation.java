package dev.appclients.cognito.authorization;

import dev.appclients.cognito.model.Excerpt;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A field of a manifest that exceeds a limit of its pool.
 *
 * @param field path in the spec of the client, such as {@code callbackURLs}
 * @param fault the field with its own value; never an entry of the limit
 * @param limit path in the spec of the ClusterUserPool, such as {@code allow.callbackURLs}
 */
record Violation(String field, String fault, String limit) {

    /** Takes the place of the limit's path where no ClusterUserPool can permit the value. */
    static final String OF_EVERY_POOL = "no ClusterUserPool can, because other controllers act on it";

    private static final int MAX_FIELDS = 5;
    private static final int MAX_VALUES = 3;
    private static final int MAX_CHARACTERS = 120;

    /** A field that has values which the limit does not contain. */
    static Violation of(String field, Collection<String> values, String limit) {
        String shown = values.stream()
                .limit(MAX_VALUES)
                .map(value -> "'" + Excerpt.of(value, MAX_CHARACTERS) + "'")
                .collect(Collectors.joining(", "));
        int more = values.size() - MAX_VALUES;
        return new Violation(field, field + " " + shown + (more > 0 ? " and " + more + " more" : ""), limit);
    }

    /** The decision on all violations of one manifest. */
    static Decision decide(PoolSnapshot pool, List<Violation> violations) {
        if (violations.isEmpty()) {
            return new Decision.Allowed();
        }
        String faults = violations.stream()
                .limit(MAX_FIELDS)
                .map(violation -> violation.fault + " (" + violation.limit + ")")
                .collect(Collectors.joining(", "));
        int more = violations.size() - MAX_FIELDS;
        boolean isFinal = violations.stream().allMatch(violation -> violation.limit.equals(OF_EVERY_POOL));
        String remedy = isFinal
                ? "Change the manifest."
                : "Change the manifest, or ask the platform team to permit it in the ClusterUserPool.";
        return new Decision.Denied(
                "spec." + violations.getFirst().field,
                "ClusterUserPool '" + pool.name() + "' does not permit " + faults
                        + (more > 0 ? " and " + more + " more" : "") + ". " + remedy);
    }
}
