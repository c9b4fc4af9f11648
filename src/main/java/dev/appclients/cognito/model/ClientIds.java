package dev.appclients.cognito.model;

import java.util.regex.Pattern;

/** The form of an app client's id, as the Cognito API declares it. */
public final class ClientIds {

    private static final Pattern FORM = Pattern.compile("[\\w+]{1,128}");

    private ClientIds() {}

    /** Whether the text can be the id of an app client: 1 to 128 characters of {@code [\w+]}. */
    public static boolean isPossible(String text) {
        return FORM.matcher(text).matches();
    }
}
