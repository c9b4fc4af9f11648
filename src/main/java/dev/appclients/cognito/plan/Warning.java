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
 * A warning about settings that Cognito may accept, but that probably do not do what the author of the manifest wants.
 *
 * @param field the field of the manifest that the warning is about
 * @param sentence the fault and the remedy, the same for every client
 * @param source the evidence for the warning
 * @param lead the text between the sentence and the names that {@code finding} returns
 * @param finding returns the names to add for one client, possibly none; empty when the warning does not apply
 */
public record Warning(
        String field,
        String sentence,
        RuleSource source,
        String lead,
        Function<ClientInPool, Optional<List<String>>> finding) {

    /** Bounds the warning, which goes into a condition and an event. */
    private static final int MAX_NAMES = 10;

    private static final int MAX_CHARACTERS = 300;

    /**
     * The input of a warning.
     *
     * @param client the effective settings
     * @param attributes the attributes of the pool that the client's namespace may read; null when unknown
     */
    public record ClientInPool(
            DesiredClient client, @Nullable PoolAttributes attributes) {}

    /** A warning with the same text for every client. */
    static Warning when(String field, String sentence, RuleSource source, Predicate<DesiredClient> applies) {
        return new Warning(
                field,
                sentence,
                source,
                "",
                input -> applies.test(input.client()) ? Optional.of(List.of()) : Optional.empty());
    }

    /** A warning that lists the names it found. It does not apply when there are none. */
    static Warning naming(
            String field,
            String sentence,
            RuleSource source,
            String lead,
            Function<ClientInPool, ? extends Collection<String>> names) {
        return new Warning(
                field,
                sentence,
                source,
                lead,
                input -> Optional.of(List.<String>copyOf(names.apply(input))).filter(found -> !found.isEmpty()));
    }

    /** The warning about this client, at most about 3,500 characters; empty when it does not apply. */
    public Optional<String> about(ClientInPool input) {
        return finding.apply(input).map(names -> names.isEmpty() ? sentence : sentence + lead + list(names));
    }

    private static String list(List<String> names) {
        String listed = names.stream().limit(MAX_NAMES).map(Warning::cut).collect(Collectors.joining(", "));
        return names.size() > MAX_NAMES ? listed + " and " + (names.size() - MAX_NAMES) + " more" : listed;
    }

    private static String cut(String name) {
        return name.length() > MAX_CHARACTERS ? name.substring(0, MAX_CHARACTERS - 1) + "…" : name;
    }
}
