package dev.appclients.cognito.plan;

import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The name of an app client in Cognito: readable in front, and at its end ten hex digits of the custom resource's UID. The
 * suffix is what ownership and the recovery of an interrupted create rest on, so it is always recomputed from the UID and
 * never renamed away.
 */
public final class ClientName {

    private static final int MAX_LENGTH = 128;
    private static final int UID_DIGITS = 10;

    private static final Pattern SUFFIX_AT_END = Pattern.compile(".*[.][0-9a-f]{" + UID_DIGITS + "}", Pattern.DOTALL);
    private static final Pattern BLANKS_AT_END = Pattern.compile("[\\s\\p{Z}\\p{C}]+\\z");

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
        return cut(readable, room) + suffix;
    }

    /**
     * The end of a name in Cognito, where the suffix stands in the name of a client of ours. In lower case and without blanks at
     * the end, so that a name which only resembles the name of another object's client is found as well.
     */
    public static String endOf(String nameInCognito) {
        String folded = folded(nameInCognito);
        return folded.substring(Math.max(0, folded.length() - UID_DIGITS - 1));
    }

    /**
     * Whether a name ends, or would end when it is cut, in the form of a suffix. Such a name proves which object owns an app
     * client, so the operator gives it to no client that an object adopts, whether or not an object with such a UID exists.
     */
    public static boolean isReserved(String name) {
        return Stream.of(name, cut(name, MAX_LENGTH), cut(name, MAX_LENGTH - UID_DIGITS - 1))
                .anyMatch(shortened -> SUFFIX_AT_END.matcher(folded(shortened)).matches());
    }

    /** Whether a client with this name belongs to this UID. */
    public static boolean isOurs(String nameInCognito, String uid) {
        return nameInCognito.endsWith(suffix(uid));
    }

    private static String cut(String name, int most) {
        return name.length() > most ? name.substring(0, most) : name;
    }

    private static String folded(String name) {
        return BLANKS_AT_END.matcher(name).replaceFirst("").toLowerCase(Locale.ROOT);
    }
}
