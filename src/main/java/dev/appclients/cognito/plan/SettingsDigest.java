package dev.appclients.cognito.plan;

import dev.appclients.cognito.model.Analytics;
import dev.appclients.cognito.model.PublicDigest;
import dev.appclients.cognito.model.RefreshTokenRotation;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The digest of the desired settings in the status: {@code v2:} and 32 hexadecimal digits. Equal settings have equal digests in
 * every process of one version.
 */
public final class SettingsDigest {

    /** Must change when the digest of unchanged settings changes, so that an upgrade does not describe every client at once. */
    static final String VERSION = "v2";

    private static final String OBSERVED = "observed-";

    /** Digests of the first version have no version prefix. */
    private static final Pattern STORED = Pattern.compile("(" + OBSERVED + ")?(?:(v[0-9]{1,4}):)?[0-9a-f]{16,64}");

    private SettingsDigest() {}

    /**
     * The digest of every setting. It includes no secret value.
     *
     * @param observes whether the mode is Observe; the digest of compared settings must differ from that of written settings
     */
    public static String of(DesiredClient desired, boolean observes) {
        PublicDigest digest = new PublicDigest();
        new TreeMap<>(Drift.settings()).forEach((field, read) -> add(digest, field, read.apply(desired.settings())));
        digest.add("generateSecret", Boolean.toString(desired.confidential()));
        return (observes ? OBSERVED : "") + VERSION + ":" + digest.hex();
    }

    /**
     * Whether another version made the stored digest for the same mode, so that it cannot be compared.
     *
     * @param stored the value in the status; false for a text that is no digest
     */
    public static boolean isOfAnotherVersion(@Nullable String stored, boolean observes) {
        Matcher parts = STORED.matcher(stored == null ? "" : stored);
        return parts.matches() && (parts.group(1) != null) == observes && !VERSION.equals(parts.group(2));
    }

    private static void add(PublicDigest digest, String field, @Nullable Object value) {
        switch (value) {
            case SortedSet<?> list ->
                digest.add(field, list.stream().map(String::valueOf).toList());
            case Analytics analytics ->
                digest.add(field + ".applicationArn", analytics.applicationArn())
                        .add(field + ".applicationId", analytics.applicationId())
                        .add(field + ".externalId", analytics.externalId())
                        .add(field + ".roleArn", analytics.roleArn())
                        .add(field + ".userDataShared", Boolean.toString(analytics.userDataShared()));
            case RefreshTokenRotation rotation ->
                digest.add(field + ".enabled", Boolean.toString(rotation.enabled()))
                        .add(
                                field + ".retryGracePeriod",
                                rotation.retryGracePeriod().toString());
            case null -> digest.add(field, (String) null);
            default -> digest.add(field, value.toString());
        }
    }
}
