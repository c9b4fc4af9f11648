package dev.appclients.cognito.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What is measured.
 *
 * @param clients in a batch; a pool of Cognito holds at most 1,000
 * @param quotaClients in the batch that keeps to Cognito's quotas, at 5 a second
 * @param outage how long AWS is out, once the part is asked for
 * @param starts how often the operator is started; the median counts
 * @param parts which parts; the others are left out of the report
 * @param jvm more options for the operator's JVM, after those of the file that ships
 */
record Options(int clients, int quotaClients, Duration outage, int starts, Set<Part> parts, List<String> jvm) {

    enum Part {
        START,
        BATCHES,
        LATENCY,
        RESTART,
        QUOTAS,
        BUDGET,
        OUTAGE
    }

    private static final String USAGE = """
            make bench ARGS="[--clients 1000] [--quota-clients 300] [--starts 5] [--outage-seconds 600] [--only start,batches,latency,restart,quotas,budget,outage] [--jvm '-Xmx64m …']\"""";

    /** @throws IllegalArgumentException with the usage, for a person at a terminal */
    static Options parse(String[] words) {
        Options options = new Options(
                1_000, 300, Duration.ofMinutes(10), 5, EnumSet.complementOf(EnumSet.of(Part.OUTAGE)), List.of());
        for (int i = 0; i < words.length; i += 2) {
            if (i + 1 == words.length) {
                throw new IllegalArgumentException(words[i] + " wants a value. " + USAGE);
            }
            options = options.with(words[i], words[i + 1]);
        }
        return options;
    }

    private Options with(String option, String value) {
        return switch (option) {
            case "--clients" -> new Options(within(value, 1_000), quotaClients, outage, starts, parts, jvm);
            case "--quota-clients" -> new Options(clients, within(value, 1_000), outage, starts, parts, jvm);
            case "--outage-seconds" ->
                new Options(clients, quotaClients, Duration.ofSeconds(within(value, 3_600)), starts, parts, jvm);
            case "--starts" -> new Options(clients, quotaClients, outage, within(value, 100), parts, jvm);
            case "--only" -> new Options(clients, quotaClients, outage, starts, parts(value), jvm);
            case "--jvm" -> new Options(clients, quotaClients, outage, starts, parts, List.of(value.split(" +")));
            default -> throw new IllegalArgumentException("There is no " + option + ". " + USAGE);
        };
    }

    private static int within(String value, int most) {
        int number = Integer.parseInt(value);
        if (number < 1 || number > most) {
            throw new IllegalArgumentException(value + " is not between 1 and " + most + ". " + USAGE);
        }
        return number;
    }

    private static Set<Part> parts(String value) {
        List<Part> parts = new ArrayList<>();
        Arrays.stream(value.split(","))
                .map(part -> Part.valueOf(part.toUpperCase(Locale.ROOT)))
                .forEach(parts::add);
        return EnumSet.copyOf(parts);
    }
}
