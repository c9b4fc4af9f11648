package dev.appclients.cognito.rotation;

import dev.appclients.cognito.model.ClientSecret;
import java.security.SecureRandom;

/** Makes the value of a new client secret: 48 characters of {@code A-Z a-z 0-9}, about 285 bits. Cognito accepts 24 to 64. */
public final class NewSecretValue {

    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final int LENGTH = 48;

    private NewSecretValue() {}

    /**
     * Makes a value.
     *
     * @param random the source of all characters
     */
    public static ClientSecret from(SecureRandom random) {
        StringBuilder value = new StringBuilder(LENGTH);
        for (int i = 0; i < LENGTH; i++) {
            value.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return new ClientSecret(value.toString());
    }
}
