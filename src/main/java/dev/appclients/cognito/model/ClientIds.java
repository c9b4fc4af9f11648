package dev.appclients.cognito.model;

import java.util.regex.Pattern;

/** The format of the id of an app client in the Cognito API. */
public final class ClientIds {

    private static final Pattern FORM = Pattern.compile("[\\w+]{1,128}");

    private ClientIds() {}

    /** Whether a string can be the id of an app client: 1 to 128 characters of {@code [\w+]}. */
    public static boolean isPossible(String text) {
        return FORM.matcher(text).matches();
    }
}
