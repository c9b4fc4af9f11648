package dev.appclients.cognito.threats;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;

import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds the traces of values: a part of a value in plain text or base64, as text or in memory, in Latin-1 or UTF-16. A part is found too,
 * because a buffer may be overwritten in part, and a log may break a value into lines.
 */
final class Traces {

    /** Too long for a match by chance: 36^15 values. */
    private static final int PART = 15;

    private static final int BASE64_GROUP = 3;

    private final Set<String> parts = new TreeSet<>();
    private final Map<Integer, List<byte[]>> encodedByStart = new HashMap<>();

    /** @param values each at least 15 characters long */
    Traces(String... values) {
        for (String value : values) {
            byte[] bytes = value.getBytes(ISO_8859_1);
            for (int from = 0; from + PART <= bytes.length; from++) {
                if (from % PART == 0) {
                    parts.add(value.substring(from, from + PART));
                }
                if (from % PART < BASE64_GROUP) {
                    // The value may begin at any byte of a group of base64.
                    parts.add(Base64.getEncoder().encodeToString(Arrays.copyOfRange(bytes, from, from + PART)));
                }
            }
        }
        for (Charset encoding : List.of(ISO_8859_1, UTF_16BE, UTF_16LE)) {
            for (String part : parts) {
                byte[] encoded = part.getBytes(encoding);
                encodedByStart
                        .computeIfAbsent(start(encoded[0], encoded[1]), start -> new ArrayList<>())
                        .add(encoded);
            }
        }
    }

    /** Whether the text contains a part of a value. */
    boolean isIn(String text) {
        return parts.stream().anyMatch(text::contains);
    }

    /** The positions of all parts in the file. */
    List<Long> positionsIn(MappedFile file) {
        List<Long> found = new ArrayList<>();
        byte before = file.at(0);
        for (long position = 1; position < file.size(); position++) {
            byte now = file.at(position);
            List<byte[]> candidates = encodedByStart.get(start(before, now));
            if (candidates != null) {
                for (byte[] candidate : candidates) {
                    if (file.hasAt(position - 1, candidate)) {
                        found.add(position - 1);
                    }
                }
            }
            before = now;
        }
        return found;
    }

    private static int start(byte first, byte second) {
        return (first & 0xff) << 8 | second & 0xff;
    }
}
