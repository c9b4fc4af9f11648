package dev.appclients.cognito.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads which machine an executable or a library is for and which libraries it needs. Supports 64-bit little-endian files. */
record ElfFile(int machine, List<String> needed) {

    static final int X86_64 = 62;
    static final int AARCH64 = 183;

    private static final int MAGIC = 0x464c457f;
    private static final int SECTION_DYNAMIC = 6;
    private static final int TAG_NEEDED = 1;

    /** Empty if the file is not of this format. */
    static Optional<ElfFile> read(Path file) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        if (bytes.capacity() < 64 || bytes.getInt(0) != MAGIC) {
            return Optional.empty();
        }
        List<String> needed = new ArrayList<>();
        int sections = (int) bytes.getLong(40);
        int size = bytes.getShort(58);
        for (int i = 0; i < bytes.getShort(60); i++) {
            int section = sections + i * size;
            if (bytes.getInt(section + 4) == SECTION_DYNAMIC) {
                int strings = (int) bytes.getLong(sections + bytes.getInt(section + 40) * size + 24);
                int from = (int) bytes.getLong(section + 24);
                int until = from + (int) bytes.getLong(section + 32);
                for (int entry = from; entry < until; entry += 16) {
                    if (bytes.getLong(entry) == TAG_NEEDED) {
                        needed.add(text(bytes, strings + (int) bytes.getLong(entry + 8)));
                    }
                }
            }
        }
        return Optional.of(new ElfFile(bytes.getShort(18), needed));
    }

    private static String text(ByteBuffer bytes, int at) {
        int end = at;
        while (bytes.get(end) != 0) {
            end++;
        }
        return new String(bytes.array(), at, end - at, StandardCharsets.US_ASCII);
    }
}
