package dev.appclients.cognito.model;

import java.util.Objects;

/** The secret of an app client. Only {@link #reveal()} returns the value, and only for {@code Secret.data}. */
public final class ClientSecret {

    private final String value;

    /** @param value the secret from Cognito; not empty */
    public ClientSecret(String value) {
        this.value = Objects.requireNonNull(value);
    }

    /** The value. Write it only to {@code Secret.data}. */
    public String reveal() {
        return value;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ClientSecret secret && secret.value.equals(value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return "(redacted)";
    }
}
