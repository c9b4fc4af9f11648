package dev.appclients.cognito.status;

import java.util.List;

/**
 * The texts about settings that Cognito shows and this version of the operator does not know. An update replaces all settings, so
 * Cognito resets those that it does not name.
 */
public final class UnknownSettings {

    private UnknownSettings() {}

    /**
     * The settings exist, and the next update would reset them.
     *
     * @param names as in the API, not empty
     */
    public static String warning(List<String> names) {
        return "Cognito shows settings of this client that this version of the operator does not know: "
                + String.join(", ", names)
                + ". An update by the operator would reset them. Upgrade the operator to a version that knows them before"
                + " you change this object";
    }

    /**
     * An update reset the settings.
     *
     * @param names as in the API, not empty
     */
    public static String reset(List<String> names) {
        return "The update reset settings that this version of the operator does not know: " + String.join(", ", names)
                + ". Upgrade the operator to a version that knows them, and set them again";
    }
}
