package dev.appclients.cognito.crash;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP/1.1 request or response, forwarded byte for byte.
 *
 * @param start the first line
 * @param headers by their names in lower case
 * @param raw the whole message as it was read
 */
record Message(String start, Map<String, String> headers, byte[] raw) {

    /** Reads the next message with its body. Returns null at the end of the connection. */
    static @Nullable Message read(InputStream in) throws IOException {
        return read(in, true);
    }

    /** Reads a message without a body, such as a switch of protocols. */
    static @Nullable Message readHead(InputStream in) throws IOException {
        return read(in, false);
    }

    private static @Nullable Message read(InputStream in, boolean hasBody) throws IOException {
        var raw = new ByteArrayOutputStream(1024);
        String start = line(in, raw);
        if (start == null) {
            return null;
        }
        Map<String, String> headers = new HashMap<>();
        for (String line = line(in, raw); line != null && !line.isEmpty(); line = line(in, raw)) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).trim());
        }
        if (hasBody) {
            body(in, raw, headers);
        }
        return new Message(start, Map.copyOf(headers), raw.toByteArray());
    }

    static Message answer(int status, String contentType, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        var raw = new ByteArrayOutputStream(bytes.length + 128);
        String start = "HTTP/1.1 " + status + " Injected";
        raw.writeBytes((start + "\r\nContent-Type: " + contentType + "\r\nContent-Length: " + bytes.length + "\r\n\r\n")
                .getBytes(StandardCharsets.ISO_8859_1));
        raw.writeBytes(bytes);
        return new Message(start, Map.of(), raw.toByteArray());
    }

    /** Returns a word of the first line: method or target of a request, version or status of a response. */
    String word(int index) {
        return start.split(" ")[index];
    }

    /** The body of a message that is not chunked. */
    String body() {
        String all = new String(raw, StandardCharsets.UTF_8);
        return all.substring(all.indexOf("\r\n\r\n") + 4);
    }

    /** Whether the message contains one of these texts. */
    boolean mentions(String... texts) {
        String all = new String(raw, StandardCharsets.UTF_8);
        return Stream.of(texts).anyMatch(all::contains);
    }

    void writeTo(OutputStream out) throws IOException {
        out.write(raw);
        out.flush();
    }

    private static void body(InputStream in, ByteArrayOutputStream raw, Map<String, String> headers)
            throws IOException {
        if (!"chunked".equalsIgnoreCase(headers.get("transfer-encoding"))) {
            exactly(in, raw, Integer.parseInt(headers.getOrDefault("content-length", "0")));
            return;
        }
        int length;
        do {
            String size = line(in, raw);
            if (size == null) {
                throw new IOException("The body ended early.");
            }
            length = Integer.parseInt(size.split(";")[0].trim(), 16);
            exactly(in, raw, length + 2);
        } while (length > 0);
    }

    private static void exactly(InputStream in, ByteArrayOutputStream raw, int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new IOException("The body ended early.");
        }
        raw.writeBytes(bytes);
    }

    private static @Nullable String line(InputStream in, ByteArrayOutputStream raw) throws IOException {
        var line = new StringBuilder(64);
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                return null;
            }
            raw.write(c);
            if (c != '\r') {
                line.append((char) c);
            }
        }
        raw.write('\n');
        return line.toString();
    }
}
