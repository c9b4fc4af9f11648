package dev.appclients.cognito.runtime;

import io.quarkus.runtime.configuration.DurationConverter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Parses the configuration and checks the bounds of every value. A value out of its bounds would break a promise: one leader at a time,
 * no client created twice, or the quotas kept.
 */
final class ConfigCheck {

    private static final String PREFIX = "COGNITO_CLIENT_OPERATOR_";

    /** Each namespace has watches of its own. More would cost the API server more than one watch of the whole cluster. */
    private static final int MOST_NAMESPACES = 50;

    private static final Pattern NAMESPACE = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
    private static final Pattern IDENTITY = Pattern.compile("[\\x21-\\x7e]{1,253}");
    private static final Pattern TAG_VALUE = Pattern.compile("[\\p{L}\\p{Z}\\p{N}_.:/=+@-]{1,100}");

    private final List<String> violations = new ArrayList<>();
    private final BoundedConfig config;

    private ConfigCheck(OperatorConfig written) {
        config = new BoundedConfig(
                flag("LEADER_ELECTION", written.leaderElection()),
                // A shorter lease would make the timeout of a call too short for AWS.
                duration("LEASE_DURATION", written.leaseDuration(), "6s", "5m"),
                text("NAMESPACE", written.namespace(), NAMESPACE, "the name of a Namespace"),
                text("IDENTITY", written.identity(), IDENTITY, "1 to 253 printable ASCII characters without blanks"),
                text(
                        "CLUSTER_NAME",
                        written.clusterName(),
                        TAG_VALUE,
                        "1 to 100 letters, digits, blanks and characters of _.:/=+-@"),
                duration("DRIFT_CHECK_INTERVAL", written.driftCheckInterval(), "10m", "7d"),
                duration("POOL_INTERVAL", written.poolInterval(), "10s", "24h"),
                // Longer than the longest call, because the operator waits for its outcome.
                duration("CREATE_SETTLES_AFTER", written.createSettlesAfter(), "10s", "1h"),
                duration("STOP_TIMEOUT", written.stopTimeout(), "1s", "10m"),
                share(written.quotaShare()),
                flag("QUOTAS", written.quotas()),
                namespaces(written.watchNamespaces()),
                // With fewer, a list of ten thousand takes a thousand requests. With more, a page fills the heap.
                number("LIST_PAGE_SIZE", written.listPageSize(), 10, 5000));
    }

    static ConfigCheck of(OperatorConfig written) {
        return new ConfigCheck(written);
    }

    /** One line for each invalid value, with the variable, the value and the bounds. */
    List<String> violations() {
        return List.copyOf(violations);
    }

    /** The configuration; empty when a value is invalid. */
    Optional<BoundedConfig> config() {
        return violations.isEmpty() ? Optional.of(config) : Optional.empty();
    }

    private Duration duration(String name, Optional<String> written, String least, String most) {
        try {
            Duration value = DurationConverter.parseDuration(written.orElse(""));
            if (value != null
                    && value.compareTo(DurationConverter.parseDuration(least)) >= 0
                    && value.compareTo(DurationConverter.parseDuration(most)) <= 0) {
                return value;
            }
        } catch (IllegalArgumentException unreadable) {
            // Reported below, like a value out of its bounds.
        }
        violate(name, written, "a duration from " + least + " to " + most);
        return DurationConverter.parseDuration(least);
    }

    private int number(String name, Optional<String> written, int least, int most) {
        try {
            int value = Integer.parseInt(written.orElse(""));
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException unreadable) {
            // Reported below, like a value out of its bounds.
        }
        violate(name, written, "a whole number from " + least + " to " + most);
        return least;
    }

    private double share(Optional<String> written) {
        try {
            double value = Double.parseDouble(written.orElse(""));
            if (value > 0 && value <= 1) {
                return value;
            }
        } catch (NumberFormatException unreadable) {
            // Reported below, like a value out of its bounds.
        }
        violate("QUOTA_SHARE", written, "a number above 0 and at most 1");
        return 1;
    }

    private boolean flag(String name, Optional<String> written) {
        String value = written.orElse("").toLowerCase(Locale.ROOT);
        if (!value.equals("true") && !value.equals("false")) {
            violate(name, written, "true or false");
        }
        return value.equals("true");
    }

    private Optional<String> text(String name, Optional<String> written, Pattern form, String meaning) {
        if (written.isPresent() && !form.matcher(written.get()).matches()) {
            violate(name, written, meaning);
        }
        return written;
    }

    /** Names separated by commas; absent and empty mean all namespaces. */
    private Set<String> namespaces(Optional<String> written) {
        Set<String> names =
                Stream.of(written.orElse("").split(",", -1)).map(String::strip).collect(Collectors.toUnmodifiableSet());
        if (names.equals(Set.of(""))) {
            return Set.of();
        }
        if (!names.stream().allMatch(name -> NAMESPACE.matcher(name).matches())) {
            violate("WATCH_NAMESPACES", written, "names of Namespaces, separated by commas");
        } else if (names.size() > MOST_NAMESPACES) {
            violations.add(PREFIX + "WATCH_NAMESPACES has " + names.size() + " names. It must have at most "
                    + MOST_NAMESPACES + ". Serve the whole cluster instead, or split the list between operators.");
        }
        return names;
    }

    private void violate(String name, Optional<String> written, String bounds) {
        String value = written.orElse("").replaceAll("\\p{Cntrl}", "?");
        violations.add(PREFIX + name + " is '" + value + "'. It must be " + bounds + ".");
    }
}
