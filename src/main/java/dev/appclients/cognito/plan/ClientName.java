package dev.appclients.cognito.plan;

import org.jspecify.annotations.Nullable;

/**
 * The name of an app client in Cognito: readable in front, and at its end ten hex digits of the custom resource's UID. The
 * suffix is what ownership and the recovery of an interrupted create rest on, so it is always recomputed from the UID and
 * never renamed away.
 */
public final class ClientName {

    private static final int MAX_LENGTH = 128;
    private static final int UID_DIGITS = 10;

    private ClientName() {}

    /**
     * The end of the name of the one client that belongs to this UID, with its leading dot.
     *
     * @param uid {@code metadata.uid} of the UserPoolClient
     */
    public static String suffix(String uid) {
        return "." + uid.replace("-", "").substring(0, UID_DIGITS);
    }

    /**
     * The whole name: {@code <clientName or namespace.name, cut to 117>.<10 hex of the UID>}, at most 128 characters.
     *
     * @param clientName {@code spec.clientName}, or null
     */
    public static String of(@Nullable String clientName, String namespace, String name, String uid) {
        String readable = clientName == null ? namespace + "." + name : clientName;
        String suffix = suffix(uid);
        int room = MAX_LENGTH - suffix.length();
        return (readable.length() > room ? readable.substring(0, room) : readable) + suffix;
    }

    /** The end of a name in Cognito, where the suffix stands in the name of a client of ours. */
    public static String endOf(String nameInCognito) {
        return nameInCognito.substring(Math.max(0, nameInCognito.length() - UID_DIGITS - 1));
    }

    /** Whether a client with this name belongs to this UID. */
    public static boolean isOurs(String nameInCognito, String uid) {
        return nameInCognito.endsWith(suffix(uid));
    }
}
