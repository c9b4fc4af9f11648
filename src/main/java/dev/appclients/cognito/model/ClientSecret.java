package dev.appclients.cognito.model;

import java.util.Objects;

/** The secret of an app client. The value leaves this object only through {@link #reveal()}, and only for Secret.data. */
public final class ClientSecret {

    private final String value;

    /** @param value the secret as Cognito returned it, not empty */
    public ClientSecret(String value) {
        this.value = Objects.requireNonNull(value);
    }

    /** The value itself, to be written into {@code Secret.data} and nowhere else. */
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
