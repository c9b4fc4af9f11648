package dev.appclients.cognito.drift;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Generates a spec that a user may write. Each setting is present or not, at its bounds or between them, in any combination that
 * the CRD accepts. Lists have any order and duplicates. A seed always gives the same spec.
 */
public final class RandomSpec {

    private static final int MINUTE = 60;
    private static final int HOUR = 60 * MINUTE;
    private static final int DAY = 24 * HOUR;
    private static final List<String> SIGN_IN_FLOWS = List.of(
            "ALLOW_ADMIN_USER_PASSWORD_AUTH",
            "ALLOW_CUSTOM_AUTH",
            "ALLOW_USER_PASSWORD_AUTH",
            "ALLOW_USER_SRP_AUTH",
            "ALLOW_USER_AUTH");
    private static final List<String> LEGACY_FLOWS =
            List.of("ADMIN_NO_SRP_AUTH", "CUSTOM_AUTH_FLOW_ONLY", "USER_PASSWORD_AUTH");
    private static final List<String> OIDC_SCOPES =
            List.of("openid", "email", "profile", "phone", "aws.cognito.signin.user.admin", "orders/read");
    private static final List<String> URLS = List.of(
            "https://shop.example.com/callback",
            "https://shop.example.com/callback/",
            "https://shop.example.com:8443/a?b=c&d=%20",
            "HTTPS://Shop.Example.com/Callback",
            "https://bücher.example/rückkehr",
            "https://bu\u0308cher.example/zerlegt",
            "https://例え.テスト/コールバック",
            "https://shop.example.com/😀",
            "http://localhost:8080/",
            "http://127.0.0.1/callback",
            "http://[::1]:3000/",
            "myapp://callback",
            "com.example.shop:/signin");
    private static final List<String> READABLE =
            List.of("email", "email_verified", "name", "phone_number", "phone_number_verified", "custom:tenant");
    private static final List<String> WRITABLE = List.of("email", "name", "phone_number", "custom:tenant");

    private final Random random;
    private final Map<String, Object> spec = new LinkedHashMap<>();
    private final String appType;
    private boolean confidential;

    private RandomSpec(long seed) {
        random = Seeds.random(seed);
        appType = one("Public", "Confidential", "MachineToMachine", "Other");
    }

    /** The fields of {@code spec}, without {@code userPoolRef}. */
    public static Map<String, Object> of(long seed) {
        RandomSpec one = new RandomSpec(seed);
        one.identity();
        one.authentication();
        one.tokens();
        one.switches();
        one.oauth();
        one.attributes();
        one.analytics();
        return one.spec;
    }

    private void identity() {
        spec.put("appType", appType);
        confidential = appType.equals("Confidential") || appType.equals("MachineToMachine");
        if (appType.equals("Other") && chance(70)) {
            confidential = random.nextBoolean();
            spec.put("generateSecret", confidential);
        }
        if (chance(40)) {
            spec.put("clientName", one("Web shop", "a", "x".repeat(117), "shop+web=1,a.b@c-d", "two  spaces"));
        }
    }

    private void authentication() {
        boolean rotates = !appType.equals("MachineToMachine") && chance(25);
        if (rotates || chance(15)) {
            Map<String, Object> rotation = new LinkedHashMap<>();
            rotation.put("feature", rotates ? "ENABLED" : "DISABLED");
            if (chance(60)) {
                rotation.put("retryGracePeriod", one("0s", "0d", "1s", "10s", "60s", "1m"));
            }
            spec.put("refreshTokenRotation", rotation);
        }
        if (chance(30)) {
            return;
        }
        if (chance(10)) {
            spec.put("explicitAuthFlows", List.of());
        } else if (confidential && chance(5)) {
            spec.put("explicitAuthFlows", List.of("ALLOW_CLIENT_TOKEN_AUTH"));
        } else if (chance(10)) {
            spec.put("explicitAuthFlows", some(LEGACY_FLOWS, 1));
        } else {
            List<String> flows = new ArrayList<>(some(SIGN_IN_FLOWS, 1));
            if (!rotates && chance(90)) {
                flows.add("ALLOW_REFRESH_TOKEN_AUTH");
            }
            spec.put("explicitAuthFlows", withDuplicates(flows));
        }
    }

    private void tokens() {
        int access = maybe("accessTokenValidity", HOUR, 5 * MINUTE, DAY);
        int id = maybe("idTokenValidity", HOUR, 5 * MINUTE, DAY);
        maybe("refreshTokenValidity", 30 * DAY, Math.max(HOUR, Math.max(access, id)), 3650 * DAY);
        if (chance(40)) {
            int minutes = random.nextInt(3, 16);
            spec.put("authSessionValidity", random.nextBoolean() ? minutes + "m" : minutes * MINUTE + "s");
        }
    }

    /** Sets a validity, at a bound or between, in any unit that divides it. Returns the effective seconds. */
    private int maybe(String field, int absent, int least, int most) {
        if (chance(40)) {
            return absent;
        }
        int seconds = switch (random.nextInt(5)) {
            case 0 -> least;
            case 1 -> most;
            case 2 -> random.nextInt(least, most) + 1;
            case 3 -> Math.max(least, random.nextInt(most / HOUR) * HOUR);
            default -> Math.max(least, random.nextInt(most / MINUTE) * MINUTE);
        };
        List<String> writings = Writings.ofDuration(seconds);
        spec.put(field, writings.get(random.nextInt(writings.size())));
        return seconds;
    }

    private void switches() {
        if (chance(40)) {
            spec.put("enableTokenRevocation", random.nextBoolean());
        }
        if (chance(40)) {
            spec.put("preventUserExistenceErrors", one("ENABLED", "LEGACY"));
        }
        if (chance(30)) {
            spec.put("enablePropagateAdditionalUserContextData", confidential && random.nextBoolean());
        }
        if (chance(50)) {
            spec.put("supportedIdentityProviders", some(List.of("COGNITO", "Google", "Firma Ä"), 0));
        }
    }

    private void oauth() {
        if (appType.equals("MachineToMachine") || (confidential && chance(20))) {
            spec.put("allowedOAuthScopes", some(List.of("orders/read", "orders/write"), 1));
            if (!appType.equals("MachineToMachine") || chance(50)) {
                spec.put("allowedOAuthFlows", List.of("client_credentials"));
            }
        } else if (chance(70)) {
            List<String> scopes = new ArrayList<>(some(OIDC_SCOPES, 1));
            if (chance(90)) {
                scopes.add("openid");
            }
            spec.put("allowedOAuthScopes", withDuplicates(scopes));
            spec.put("allowedOAuthFlows", some(List.of("code", "implicit"), 1));
            redirects();
        } else {
            return;
        }
        if (chance(30)) {
            spec.put("allowedOAuthFlowsUserPoolClient", chance(85));
        }
    }

    private void redirects() {
        List<String> callbacks = chance(4)
                ? IntStream.range(0, 100)
                        .mapToObj(i ->
                                ("https://shop.example.com/%03d/".formatted(i) + "x".repeat(1024)).substring(0, 1024))
                        .toList()
                : some(URLS, 1);
        spec.put("callbackURLs", callbacks);
        if (chance(40)) {
            spec.put("defaultRedirectURI", callbacks.get(random.nextInt(callbacks.size())));
        }
        if (chance(50)) {
            spec.put("logoutURLs", some(URLS, 0));
        }
    }

    private void attributes() {
        if (chance(40)) {
            spec.put("readAttributes", some(READABLE, 0));
        }
        if (chance(40)) {
            spec.put("writeAttributes", some(WRITABLE, 0));
        }
    }

    private void analytics() {
        if (!chance(25)) {
            return;
        }
        Map<String, Object> analytics = new LinkedHashMap<>();
        if (random.nextBoolean()) {
            analytics.put("applicationARN", "arn:aws:mobiletargeting:eu-west-1:111122223333:apps/0a1b2c3d");
        } else {
            analytics.put("applicationId", one("0a1b2c3d", "FF"));
            analytics.put("externalId", "shop");
            analytics.put("roleARN", "arn:aws:iam::111122223333:role/analytics");
        }
        if (chance(50)) {
            analytics.put("userDataShared", random.nextBoolean());
        }
        spec.put("analyticsConfiguration", analytics);
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    private String one(String... of) {
        return of[random.nextInt(of.length)];
    }

    private List<String> some(List<String> of, int least) {
        List<String> shuffled = new ArrayList<>(of);
        Collections.shuffle(shuffled, random);
        return withDuplicates(shuffled.subList(0, random.nextInt(least, of.size() + 1)));
    }

    /** Returns the values in any order, some of them twice. */
    private List<String> withDuplicates(List<String> values) {
        List<String> twice = values.stream().filter(value -> chance(15)).toList();
        List<String> written =
                new ArrayList<>(Stream.concat(values.stream(), twice.stream()).toList());
        Collections.shuffle(written, random);
        return written;
    }
}
