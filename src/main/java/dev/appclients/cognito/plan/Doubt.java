package dev.appclients.cognito.plan;

import dev.appclients.cognito.model.PoolAttributes;
import dev.appclients.cognito.model.RuleSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A warning: something that Cognito may accept and that hardly does what the manifest's author wants.
 *
 * @param field the field of the manifest that it is about
 * @param sentence the fault and the remedy, the same for every client
 * @param source how it is known
 * @param lead stands between the sentence and the names that {@code finding} gives
 * @param finding the names that the warning adds for one client, which may be none; empty when the client gives no reason to warn
 */
public record Doubt(
        String field,
        String sentence,
        RuleSource source,
        String lead,
        Function<InPool, Optional<List<String>>> finding) {

    /** A warning stands in a condition and in an event, so it lists this many names at most. */
    private static final int MOST_NAMES = 10;

    private static final int MOST_CHARACTERS = 300;

    /**
     * What a warning is judged on.
     *
     * @param client the effective settings
     * @param attributes the attributes of the pool, as far as the client's namespace may read of them; null when not known
     */
    public record InPool(DesiredClient client, @Nullable PoolAttributes attributes) {}

    /** A warning that says the same of every client. */
    static Doubt when(String field, String sentence, RuleSource source, Predicate<DesiredClient> applies) {
        return new Doubt(
                field,
                sentence,
                source,
                "",
                judged -> applies.test(judged.client()) ? Optional.of(List.of()) : Optional.empty());
    }

    /** A warning that names what it found; no name, no warning. */
    static Doubt naming(
            String field,
            String sentence,
            RuleSource source,
            String lead,
            Function<InPool, ? extends Collection<String>> names) {
        return new Doubt(
                field,
                sentence,
                source,
                lead,
                judged -> Optional.of(List.<String>copyOf(names.apply(judged))).filter(found -> !found.isEmpty()));
    }

    /** The warning about this client, at most some 3,500 characters; empty when there is no reason to warn. */
    public Optional<String> about(InPool judged) {
        return finding.apply(judged).map(names -> names.isEmpty() ? sentence : sentence + lead + list(names));
    }

    private static String list(List<String> names) {
        String listed = names.stream().limit(MOST_NAMES).map(Doubt::cut).collect(Collectors.joining(", "));
        return names.size() > MOST_NAMES ? listed + " and " + (names.size() - MOST_NAMES) + " more" : listed;
    }

    private static String cut(String name) {
        return name.length() > MOST_CHARACTERS ? name.substring(0, MOST_CHARACTERS - 1) + "…" : name;
    }
}
