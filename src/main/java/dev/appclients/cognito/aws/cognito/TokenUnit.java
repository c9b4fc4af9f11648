package dev.appclients.cognito.aws.cognito;

import dev.appclients.cognito.model.TokenValidity;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cognitoidentityprovider.model.TokenValidityUnitsType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserPoolClientType;

/** Cognito's units of token validity. Without a unit, the default differs by token. */
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

    /** The amount in the unit that {@link #units} gives. */
    static int amount(Duration validity) {
        return Math.toIntExact(validity.dividedBy(largestFor(validity).length));
    }

    /** The units of all three tokens: for each, the largest that divides its validity. */
    static TokenValidityUnitsType units(TokenValidity validity) {
        return TokenValidityUnitsType.builder()
                .accessToken(largestFor(validity.access()).apiName)
                .idToken(largestFor(validity.id()).apiName)
                .refreshToken(largestFor(validity.refresh()).apiName)
                .build();
    }

    /** The token validity of a client, with the defaults of members that Cognito omits. */
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
        // For Cognito, a refresh validity of 0 means the default.
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
