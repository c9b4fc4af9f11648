package dev.appclients.cognito.plan;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A short, stable fingerprint of desired settings: equal settings, equal digest, across restarts and versions. */
public final class SettingsDigest {

    private static final int BYTES = 8;

    private SettingsDigest() {}

    /** Sixteen hex digits over every setting; no secret goes in. */
    public static String of(DesiredClient desired) {
        StringBuilder text = new StringBuilder();
        Drift.settings()
                .forEach((field, read) -> text.append(field)
                        .append('=')
                        .append(read.apply(desired.settings()))
                        .append('\n'));
        text.append("generateSecret=").append(desired.confidential()).append('\n');
        return HexFormat.of().formatHex(sha256(text.toString()), 0, BYTES);
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
