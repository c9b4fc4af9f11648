package dev.appclients.cognito.status;

import java.util.List;

/**
 * What is said about settings that Cognito shows and this version of the operator does not know. An update carries the whole
 * state, and what it does not name Cognito resets.
 */
public final class UnknownSettings {

    private UnknownSettings() {}

    /**
     * They are there, and will not last.
     *
     * @param names as in the API, not empty
     */
    public static String warning(List<String> names) {
        return "Cognito shows settings of this client that this version of the operator does not know, and that an update"
                + " by it would reset: " + String.join(", ", names)
                + "; upgrade to a version that knows them before you change this object";
    }

    /**
     * They were there, and an update has reset them.
     *
     * @param names as in the API, not empty
     */
    public static String reset(List<String> names) {
        return "The update reset settings that this version of the operator does not know: " + String.join(", ", names)
                + "; whoever needs them sets them again, and upgrades the operator to a version that knows them";
    }
}
