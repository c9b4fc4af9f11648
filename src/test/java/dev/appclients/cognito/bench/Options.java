package dev.appclients.cognito.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The options of the benchmark.
 *
 * @param asked the number of clients for every part; null for the default of each part
 * @param quotaClients the clients of the batch under Cognito's quotas, at 5 per second
 * @param outage the duration of the outage in the part {@code outage}
 * @param starts the number of starts, of which the median is reported
 * @param memoryLimit of the operator's memory cgroup, in MiB; 0 for none
 * @param parts the measured parts
 * @param floods the floods of the part {@code floods}
 * @param jvm options for the operator's JVM, after the shipped ones
 */
record Options(
        @Nullable Integer asked,
        int quotaClients,
        Duration outage,
        int starts,
        int memoryLimit,
        Set<Part> parts,
        Set<Flood> floods,
        List<String> jvm) {

    enum Part {
        START,
        IMAGE,
        BATCHES,
        LATENCY,
        RESTART,
        QUOTAS,
        BUDGET,
        OUTAGE,
        SCALE,
        SCALE_QUOTAS,
        FLOODS,
        COPIES,
        REACTIONS,
        ROTATION;

        /** The parts that run by default. Longer ones run on request. */
        static final Set<Part> BY_DEFAULT =
                EnumSet.of(START, IMAGE, BATCHES, LATENCY, RESTART, QUOTAS, BUDGET, REACTIONS, ROTATION);
    }

    static final int MOST_CLIENTS = 20_000;

    private static final int SHIPPED_LIMIT = 256;
    private static final String USAGE =
            "make bench ARGS=\"[--clients 1..%d] [--quota-clients 300] [--starts 5]".formatted(MOST_CLIENTS)
                    + " [--outage-seconds 600] [--only " + words(Part.values()) + "] [--floods " + words(Flood.values())
                    + "] [--memory-limit 256] [--jvm '-Xmx64m …']\"";

    /** Clients in a batch of the parts that compare versions. */
    int clients() {
        return asked == null ? 1_000 : asked;
    }

    /** Clients of the parts {@code scale} and {@code scale-quotas}. */
    int scaleClients() {
        return asked == null ? 10_000 : asked;
    }

    /** Clients of the part {@code floods}. */
    int floodClients() {
        return asked == null ? 5_000 : asked;
    }

    /** Namespaces, and clients, of the part {@code copies}. */
    int copies() {
        return asked == null ? 1_000 : asked;
    }

    /** @throws IllegalArgumentException with the usage */
    static Options parse(String[] words) {
        Map<String, String> given = new LinkedHashMap<>();
        for (int i = 0; i < words.length; i += 2) {
            if (i + 1 == words.length) {
                throw new IllegalArgumentException(words[i] + " needs a value. " + USAGE);
            }
            given.put(words[i], words[i + 1]);
        }
        String clients = given.remove("--clients");
        String jvm = given.remove("--jvm");
        Options options = new Options(
                clients == null ? null : within(clients, 1, MOST_CLIENTS),
                within(take(given, "--quota-clients", "300"), 1, 1_000),
                Duration.ofSeconds(within(take(given, "--outage-seconds", "600"), 1, 3_600)),
                within(take(given, "--starts", "5"), 1, 100),
                within(take(given, "--memory-limit", "" + SHIPPED_LIMIT), 0, 65_536),
                given.containsKey("--only")
                        ? enums(take(given, "--only", ""), Part.class, Part::valueOf)
                        : EnumSet.copyOf(Part.BY_DEFAULT),
                given.containsKey("--floods")
                        ? enums(take(given, "--floods", ""), Flood.class, Flood::valueOf)
                        : EnumSet.allOf(Flood.class),
                jvm == null ? List.of() : List.of(jvm.split(" +")));
        if (!given.isEmpty()) {
            throw new IllegalArgumentException("Unknown option " + String.join(", ", given.keySet()) + ". " + USAGE);
        }
        return options;
    }

    private static String take(Map<String, String> given, String option, String otherwise) {
        String value = given.remove(option);
        return value == null ? otherwise : value;
    }

    private static int within(String value, int least, int most) {
        int number;
        try {
            number = Integer.parseInt(value);
        } catch (NumberFormatException notANumber) {
            number = least - 1;
        }
        if (number < least || number > most) {
            throw new IllegalArgumentException(value + " is not a number from " + least + " to " + most + ". " + USAGE);
        }
        return number;
    }

    private static <E extends Enum<E>> Set<E> enums(String value, Class<E> kind, Function<String, E> named) {
        List<E> found = new ArrayList<>();
        for (String word : value.split(",")) {
            try {
                found.add(named.apply(word.strip().toUpperCase(Locale.ROOT).replace('-', '_')));
            } catch (IllegalArgumentException unknown) {
                throw new IllegalArgumentException(
                        "'" + word + "' is not one of " + words(kind.getEnumConstants()) + ". " + USAGE, unknown);
            }
        }
        return EnumSet.copyOf(found);
    }

    /** Returns the spelling on the command line, such as {@code scale-quotas}. */
    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String words(Enum<?>[] constants) {
        return Arrays.stream(constants).map(Options::word).collect(Collectors.joining(","));
    }
}
