package dev.appclients.cognito.soak;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Builds the manifest of an object. The slot determines the immutable fields, and the variant the others. */
final class Manifest {

    static final String SOMETIMES_MISSING_SCOPE = "stock/read";
    static final String SOMETIMES_MISSING_PROVIDER = "Google";
    static final String UNKNOWN_ATTRIBUTE = "shoe_size";

    private static final List<String> TYPES = List.of("Confidential", "Public", "Confidential", "MachineToMachine");

    private Manifest() {}

    static boolean hasSecret(int slot) {
        return TYPES.get(slot % TYPES.size()).equals("Confidential");
    }

    static String name(int slot) {
        return "c-%03d".formatted(slot);
    }

    /** The name of the Secret in some variants. */
    static String otherSecret(int slot) {
        return name(slot) + "-oidc";
    }

    /** @param variant determines all mutable fields */
    static Map<String, Object> spec(int slot, String pool, int variant) {
        Random random = new Random(31L * variant + slot);
        String type = TYPES.get(slot % TYPES.size());
        Map<String, Object> spec = new LinkedHashMap<>();
        spec.put("userPoolRef", Map.of("name", pool));
        spec.put("appType", type);
        if (type.equals("MachineToMachine")) {
            spec.put("allowedOAuthScopes", scopes(random, new ArrayList<>(List.of("orders/read", "orders/write"))));
        } else {
            person(random, slot, spec);
        }
        settings(random, spec);
        operation(random, slot, type, spec);
        return spec;
    }

    private static void person(Random random, int slot, Map<String, Object> spec) {
        if (chance(random, 70)) {
            spec.put("allowedOAuthFlows", chance(random, 80) ? List.of("code") : List.of("implicit", "code"));
            spec.put("allowedOAuthScopes", scopes(random, new ArrayList<>(List.of("openid", "email", "orders/read"))));
            spec.put("callbackURLs", urls(random, slot, "callback"));
            spec.put("logoutURLs", urls(random, slot, "bye"));
        }
        if (chance(random, 15)) {
            spec.put("refreshTokenRotation", Map.of("feature", "ENABLED", "retryGracePeriod", "20s"));
        }
        if (chance(random, 60)) {
            List<String> providers = new ArrayList<>(List.of("COGNITO"));
            if (chance(random, 15)) {
                providers.addFirst(SOMETIMES_MISSING_PROVIDER);
            }
            spec.put("supportedIdentityProviders", providers);
        }
    }

    private static void settings(Random random, Map<String, Object> spec) {
        maybe(random, spec, "accessTokenValidity", "10m", "1h", "60m", "3600s");
        maybe(random, spec, "idTokenValidity", "5m", "45m", "1h");
        maybe(random, spec, "refreshTokenValidity", "1d", "24h", "30d", "720h");
        maybe(random, spec, "authSessionValidity", "3m", "10m");
        maybe(random, spec, "enableTokenRevocation", true, false);
        maybe(random, spec, "preventUserExistenceErrors", "ENABLED", "LEGACY");
        maybe(random, spec, "readAttributes", List.of("name", "email"), List.of("email", "name", "email"));
        if (chance(random, 4)) {
            spec.put("writeAttributes", List.of("name", UNKNOWN_ATTRIBUTE));
        }
    }

    private static void operation(Random random, int slot, String type, Map<String, Object> spec) {
        if (chance(random, 20)) {
            spec.put("clientName", "Soak " + type + " " + random.nextInt(3));
        }
        maybe(random, spec, "deletionPolicy", "Delete", "Delete", "Retain");
        Map<String, Object> secret = new LinkedHashMap<>();
        if (chance(random, 15)) {
            secret.put("name", otherSecret(slot));
        }
        if (chance(random, 5)) {
            secret.put("onDelete", "Retain");
        }
        if (!secret.isEmpty()) {
            spec.put("secret", secret);
        }
    }

    private static List<String> scopes(Random random, List<String> among) {
        if (chance(random, 12)) {
            among.add(SOMETIMES_MISSING_SCOPE);
        }
        Collections.shuffle(among, random);
        List<String> some = new ArrayList<>(among.subList(0, 1 + random.nextInt(among.size())));
        // The operator warns about other OIDC scopes without openid, which this test does not cover.
        if (some.contains("email") && !some.contains("openid")) {
            some.add("openid");
        }
        return some;
    }

    private static List<String> urls(Random random, int slot, String path) {
        List<String> urls = new ArrayList<>();
        for (int i = 0; i <= random.nextInt(4); i++) {
            urls.add("https://" + name(slot) + "-" + random.nextInt(5) + ".example.com/" + path);
        }
        return urls;
    }

    private static void maybe(Random random, Map<String, Object> spec, String field, Object... values) {
        int drawn = random.nextInt(values.length * 2);
        if (drawn < values.length) {
            spec.put(field, values[drawn]);
        }
    }

    private static boolean chance(Random random, int percent) {
        return random.nextInt(100) < percent;
    }
}
