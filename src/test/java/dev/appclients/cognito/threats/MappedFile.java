package dev.appclients.cognito.threats;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;

/** A file in memory, big-endian. */
final class MappedFile implements AutoCloseable {

    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private final Arena arena = Arena.ofConfined();
    private final MemorySegment bytes;

    MappedFile(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            bytes = channel.map(MapMode.READ_ONLY, 0, channel.size(), arena);
        }
    }

    long size() {
        return bytes.byteSize();
    }

    byte at(long position) {
        return bytes.get(ValueLayout.JAVA_BYTE, position);
    }

    int u2(long position) {
        return (at(position) & 0xff) << 8 | at(position + 1) & 0xff;
    }

    int u4(long position) {
        return bytes.get(INT, position);
    }

    long u8(long position) {
        return bytes.get(LONG, position);
    }

    /** Whether these bytes are at this position. */
    boolean hasAt(long position, byte[] wanted) {
        if (position + wanted.length > size()) {
            return false;
        }
        for (int i = 0; i < wanted.length; i++) {
            if (at(position + i) != wanted[i]) {
                return false;
            }
        }
        return true;
    }

    String text(long position, int length) {
        return new String(
                bytes.asSlice(position, length).toArray(ValueLayout.JAVA_BYTE),
                java.nio.charset.StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        arena.close();
    }
}
