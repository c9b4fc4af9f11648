package dev.appclients.cognito.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * A digest of public values, for comparisons. Includes the length of every string and list, so that different values never have the
 * same input. Never add a secret value: the digest has no key, so a reader could test guesses against it.
 */
public final class PublicDigest {

    private static final int BYTES = 16;
    private static final int ABSENT = -1;

    private final MessageDigest digest;

    /** Creates an empty digest. */
    public PublicDigest() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    /** Adds a named string; null differs from every string. */
    public PublicDigest add(String name, @Nullable String value) {
        update(name);
        if (value == null) {
            number(ABSENT);
        } else {
            update(value);
        }
        return this;
    }

    /** Adds named strings. */
    public PublicDigest add(String name, SortedMap<String, String> values) {
        begin(name, values.size());
        values.forEach(this::add);
        return this;
    }

    /** Adds a named list, in order. */
    public PublicDigest add(String name, Collection<String> values) {
        begin(name, values.size());
        values.forEach(this::update);
        return this;
    }

    /** Returns 32 hexadecimal digits. Nothing can be added afterwards. */
    public String hex() {
        return HexFormat.of().formatHex(digest.digest(), 0, BYTES);
    }

    private void begin(String name, int size) {
        update(name);
        number(size);
    }

    private void update(String text) {
        byte[] bytes = text.getBytes(UTF_8);
        number(bytes.length);
        digest.update(bytes);
    }

    private void number(int value) {
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, value));
    }
}
