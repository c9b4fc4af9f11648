package dev.appclients.cognito.plan;

import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The name of an app client in Cognito: a readable part, a dot, and ten hexadecimal digits of the custom resource's UID. The suffix
 * proves ownership and finds the client of an interrupted create. It is always computed from the UID, and no rename removes it.
 */
public final class ClientName {

    private static final int MAX_LENGTH = 128;
    private static final int UID_DIGITS = 10;

    private static final Pattern SUFFIX_AT_END = Pattern.compile(".*[.][0-9a-f]{" + UID_DIGITS + "}", Pattern.DOTALL);
    private static final Pattern BLANKS_AT_END = Pattern.compile("[\\s\\p{Z}\\p{C}]+\\z");

    private ClientName() {}

    /**
     * The suffix of the client that belongs to this UID, with its leading dot.
     *
     * @param uid {@code metadata.uid} of the UserPoolClient
     */
    public static String suffix(String uid) {
        return "." + uid.replace("-", "").substring(0, UID_DIGITS);
    }

    /**
     * The complete name: {@code <clientName or namespace.name, cut to 117>.<10 hex digits of the UID>}, at most 128 characters.
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
     * The last characters of a name in Cognito, as many as a suffix has. In lower case and without trailing blanks, so that a name
     * that only resembles the name of another object's client matches too.
     */
    public static String endOf(String nameInCognito) {
        String folded = folded(nameInCognito);
        return folded.substring(Math.max(0, folded.length() - UID_DIGITS - 1));
    }

    /**
     * Whether a name ends in the form of a suffix, also after it is cut. Such a name proves which object owns an app client. The
     * operator gives it to no adopted client, whether or not an object with that UID exists.
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
