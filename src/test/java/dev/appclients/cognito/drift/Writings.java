package dev.appclients.cognito.drift;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Other spellings of the same spec. */
public final class Writings {

    /** The list whose items may have blanks around them. */
    private static final String PROVIDERS = "supportedIdentityProviders";

    private static final List<String> LISTS = List.of(
            "explicitAuthFlows",
            "allowedOAuthFlows",
            "allowedOAuthScopes",
            "callbackURLs",
            "logoutURLs",
            PROVIDERS,
            "readAttributes",
            "writeAttributes");
    private static final List<String> DURATIONS =
            List.of("authSessionValidity", "accessTokenValidity", "idTokenValidity", "refreshTokenValidity");
    private static final Map<String, Object> DEFAULTS = Map.of(
            "authSessionValidity", "3m",
            "accessTokenValidity", "1h",
            "idTokenValidity", "1h",
            "refreshTokenValidity", "30d",
            "enableTokenRevocation", true,
            "preventUserExistenceErrors", "ENABLED",
            "enablePropagateAdditionalUserContextData", false);
    private static final Map<String, Integer> UNITS = new LinkedHashMap<>();

    static {
        UNITS.put("s", 1);
        UNITS.put("m", 60);
        UNITS.put("h", 3600);
        UNITS.put("d", 86_400);
    }

    private Writings() {}

    /** Every spelling of a duration. */
    static List<String> ofDuration(int seconds) {
        return UNITS.entrySet().stream()
                .filter(unit -> seconds % unit.getValue() == 0)
                .map(unit -> seconds / unit.getValue() + unit.getKey())
                .toList();
    }

    /**
     * Returns another spelling: lists in another order, with other duplicates, empty or absent; blanks around items; durations in other
     * units; defaults written or omitted.
     */
    public static Map<String, Object> another(Map<String, Object> spec, Random random) {
        Map<String, Object> other = new LinkedHashMap<>(spec);
        // The defaults of the type come first, so that their lists are respelled too.
        writeOrOmitDefaults(other, random);
        LISTS.forEach(field -> put(other, field, list(strings(other.get(field)), random)));
        put(other, PROVIDERS, spaced(strings(other.get(PROVIDERS)), random));
        DURATIONS.forEach(field -> put(other, field, duration(other.get(field), random)));
        return other;
    }

    private static void writeOrOmitDefaults(Map<String, Object> spec, Random random) {
        DEFAULTS.forEach((field, value) -> {
            if (!spec.containsKey(field) && random.nextBoolean()) {
                spec.put(field, value);
            } else if (value.equals(spec.get(field)) && random.nextBoolean()) {
                spec.remove(field);
            }
        });
        if (strings(spec.get("explicitAuthFlows")).isEmpty() && random.nextBoolean()) {
            put(spec, "explicitAuthFlows", filledFlows(spec));
        }
        if (strings(spec.get("allowedOAuthFlows")).isEmpty()
                && "MachineToMachine".equals(spec.get("appType"))
                && random.nextBoolean()) {
            spec.put("allowedOAuthFlows", List.of("client_credentials"));
        }
        boolean hasFlows =
                !strings(spec.get("allowedOAuthFlows")).isEmpty() || "MachineToMachine".equals(spec.get("appType"));
        if (!spec.containsKey("allowedOAuthFlowsUserPoolClient")
                || spec.get("allowedOAuthFlowsUserPoolClient").equals(hasFlows)) {
            put(spec, "allowedOAuthFlowsUserPoolClient", random.nextBoolean() ? hasFlows : null);
        }
        if (!rotates(spec)) {
            put(spec, "refreshTokenRotation", disabled(random));
        }
        if (spec.get("analyticsConfiguration") instanceof Map<?, ?> analytics
                && !Boolean.TRUE.equals(analytics.get("userDataShared"))) {
            spec.put("analyticsConfiguration", unshared(analytics, random));
        }
        if ("Other".equals(spec.get("appType")) && !Boolean.TRUE.equals(spec.get("generateSecret"))) {
            put(spec, "generateSecret", random.nextBoolean() ? false : null);
        }
    }

    /** The defaults of the type, as in the table of the user page. */
    private static List<String> filledFlows(Map<String, Object> spec) {
        return switch ((String) spec.get("appType")) {
            case "Public", "Confidential" ->
                rotates(spec)
                        ? List.of("ALLOW_USER_SRP_AUTH")
                        : List.of("ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH");
            case "MachineToMachine" -> List.of("ALLOW_REFRESH_TOKEN_AUTH");
            default -> List.of();
        };
    }

    private static boolean rotates(Map<String, Object> spec) {
        return spec.get("refreshTokenRotation") instanceof Map<?, ?> rotation
                && "ENABLED".equals(rotation.get("feature"));
    }

    private static @Nullable Map<String, Object> disabled(Random random) {
        return switch (random.nextInt(3)) {
            case 0 -> null;
            case 1 -> Map.of("feature", "DISABLED");
            default -> Map.of("feature", "DISABLED", "retryGracePeriod", "30s");
        };
    }

    private static Map<Object, Object> unshared(Map<?, ?> analytics, Random random) {
        Map<Object, Object> written = new LinkedHashMap<>(analytics);
        written.remove("userDataShared");
        if (random.nextBoolean()) {
            written.put("userDataShared", false);
        }
        return written;
    }

    private static @Nullable List<String> spaced(List<String> values, Random random) {
        return values.isEmpty()
                ? null
                : values.stream()
                        .map(value -> random.nextInt(4) == 0 ? " " + value + " " : value)
                        .toList();
    }

    private static @Nullable List<String> list(List<String> values, Random random) {
        if (values.isEmpty()) {
            return random.nextBoolean() ? List.of() : null;
        }
        List<String> written = new ArrayList<>(values.stream().distinct().toList());
        if (written.size() < 50) {
            values.stream().distinct().filter(value -> random.nextInt(4) == 0).forEach(written::add);
        }
        Collections.shuffle(written, random);
        return written;
    }

    private static @Nullable Object duration(@Nullable Object written, Random random) {
        if (!(written instanceof String text)) {
            return written;
        }
        int seconds =
                Integer.parseInt(text.substring(0, text.length() - 1)) * UNITS.get(text.substring(text.length() - 1));
        List<String> writings = ofDuration(seconds);
        return writings.get(random.nextInt(writings.size()));
    }

    private static List<String> strings(@Nullable Object list) {
        return list instanceof List<?> values
                ? values.stream().map(String.class::cast).toList()
                : List.of();
    }

    private static void put(Map<String, Object> spec, String field, @Nullable Object value) {
        if (value == null) {
            spec.remove(field);
        } else {
            spec.put(field, value);
        }
    }
}
