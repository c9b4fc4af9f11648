package dev.appclients.cognito.secret;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.SortedMap;

/**
 * A digest over public values, to see whether they are still the same. It is not keyed, so nothing secret may go in: who can
 * read it could test guesses against it.
 */
final class PublicDigest {

    private static final int BYTES = 16;

    private final MessageDigest digest;

    PublicDigest() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    PublicDigest add(String name, String value) {
        update(name);
        update(value);
        return this;
    }

    PublicDigest add(String name, SortedMap<String, String> values) {
        begin(name, values.size());
        values.forEach(this::add);
        return this;
    }

    PublicDigest add(String name, Collection<String> values) {
        begin(name, values.size());
        values.forEach(this::update);
        return this;
    }

    /** 32 characters. */
    String hex() {
        return HexFormat.of().formatHex(digest.digest(), 0, BYTES);
    }

    private void begin(String name, int size) {
        update(name);
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, size));
    }

    /** With its length, so that two lists of texts never read the same. */
    private void update(String text) {
        byte[] bytes = text.getBytes(UTF_8);
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, bytes.length));
        digest.update(bytes);
    }
}
