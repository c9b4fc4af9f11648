package dev.appclients.cognito.aws;

import dev.appclients.cognito.model.TokenValidity;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cognitoidentityprovider.model.TokenValidityUnitsType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserPoolClientType;

/** The units in which Cognito counts how long tokens live. A number without its unit means something else each time. */
enum TokenUnit {
    DAYS("days", Duration.ofDays(1)),
    HOURS("hours", Duration.ofHours(1)),
    MINUTES("minutes", Duration.ofMinutes(1)),
    SECONDS("seconds", Duration.ofSeconds(1));

    private final String apiName;
    private final Duration length;

    TokenUnit(String apiName, Duration length) {
        this.apiName = apiName;
        this.length = length;
    }

    /** The number that goes with {@link #units}. */
    static int amount(Duration validity) {
        return Math.toIntExact(validity.dividedBy(largestFor(validity).length));
    }

    /** All three units, each the largest that counts its validity without a rest. */
    static TokenValidityUnitsType units(TokenValidity validity) {
        return TokenValidityUnitsType.builder()
                .accessToken(largestFor(validity.access()).apiName)
                .idToken(largestFor(validity.id()).apiName)
                .refreshToken(largestFor(validity.refresh()).apiName)
                .build();
    }

    /** What a client's tokens really live, whatever Cognito leaves out. */
    static TokenValidity validity(UserPoolClientType client) {
        TokenValidityUnitsType units = client.tokenValidityUnits() == null
                ? TokenValidityUnitsType.builder().build()
                : client.tokenValidityUnits();
        TokenValidity missing = TokenValidity.COGNITO_DEFAULT;
        return new TokenValidity(
                duration(client.accessTokenValidity(), units.accessTokenAsString(), HOURS, missing.access()),
                duration(client.idTokenValidity(), units.idTokenAsString(), HOURS, missing.id()),
                duration(client.refreshTokenValidity(), units.refreshTokenAsString(), DAYS, missing.refresh()));
    }

    private static Duration duration(
            @Nullable Integer amount, @Nullable String unit, TokenUnit defaultUnit, Duration missing) {
        // Cognito takes a refresh validity of 0 for its default.
        if (amount == null || amount <= 0) {
            return missing;
        }
        for (TokenUnit candidate : values()) {
            if (candidate.apiName.equals(unit)) {
                return candidate.length.multipliedBy(amount);
            }
        }
        return defaultUnit.length.multipliedBy(amount);
    }

    private static TokenUnit largestFor(Duration validity) {
        for (TokenUnit unit : values()) {
            if (validity.toSeconds() % unit.length.toSeconds() == 0 && validity.compareTo(unit.length) >= 0) {
                return unit;
            }
        }
        return SECONDS;
    }
}
