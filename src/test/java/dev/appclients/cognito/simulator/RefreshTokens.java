package dev.appclients.cognito.simulator;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The refresh tokens that the token endpoint gave out. A token ends with its lifetime and with its client. */
final class RefreshTokens {

    private record Issued(String clientId, String secretId, long expiresNanos) {}

    private final Map<String, Issued> byToken = new ConcurrentHashMap<>();
    private final SimulatorClock clock;
    private final Switches switches;
    private final Ids ids;

    RefreshTokens(SimulatorClock clock, Switches switches, Ids ids) {
        this.clock = clock;
        this.switches = switches;
        this.ids = ids;
    }

    /** Issues a token to a client that authenticated with this secret. */
    String issue(AppClient client, String secretId) {
        var token = ids.word(64);
        long expires = clock.elapsedNanos() + lifetime(client).toNanos();
        byToken.put(token, new Issued(client.clientId(), secretId, expires));
        return token;
    }

    boolean accepts(String token, AppClient client) {
        var issued = byToken.get(token);
        return issued != null
                && issued.clientId().equals(client.clientId())
                && clock.elapsedNanos() < issued.expiresNanos()
                && (!switches.isOn(Switch.REFRESH_TOKENS_END_WITH_THEIR_SECRET)
                        || !client.confidential()
                        || client.secrets().stream()
                                .anyMatch(secret -> secret.id().equals(issued.secretId())));
    }

    void clear() {
        byToken.clear();
    }

    private static Duration lifetime(AppClient client) {
        long number = client.setting("RefreshTokenValidity")
                .map(value -> value.asLong())
                .orElse(0L);
        var unit = client.setting("TokenValidityUnits")
                .map(units -> units.path("RefreshToken").asText("days"))
                .orElse("days");
        return number == 0 ? Duration.ofDays(30) : TokenRules.of(number, unit);
    }
}
