package dev.appclients.cognito.controller.secret;

import dev.appclients.cognito.model.ClientSecret;

/** Counts how often a write asks for the client secret. */
final class CountingValue implements SecretValue {

    int calls;

    private final ClientSecret value;

    CountingValue(ClientSecret value) {
        this.value = value;
    }

    @Override
    public ClientSecret get() {
        calls++;
        return value;
    }

    @Override
    public boolean isAtHand() {
        return false;
    }
}
