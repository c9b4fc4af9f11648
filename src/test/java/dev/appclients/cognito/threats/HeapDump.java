package dev.appclients.cognito.threats;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Reads a heap dump in the format of {@code jcmd GC.heap_dump} (hprof 1.0.2), and names the objects that hold a position in it. A failed test
 * then says which class keeps a value.
 */
final class HeapDump implements AutoCloseable {

    private static final int ID = 8;
    private static final int HOPS = 14;
    private static final int OBJECT = 2;
    private static final int[] SIZES = {0, 0, ID, 0, 1, 2, 4, 8, 1, 2, 4, 8};

    private final MappedFile file;
    private final Map<Long, String> names = new HashMap<>();
    private final Map<Long, String> classNames = new HashMap<>();
    private final Map<Long, Type> types = new HashMap<>();
    private final Set<Long> roots = new HashSet<>();

    private record Field(String name, int type) {}

    private record Type(String name, long parent, List<Field> fields) {}

    /** An object that holds another one, and the field that does. */
    private record Holder(long id, String field) {}

    /** Called for each reference, and for each array of primitive values. */
    private interface Visitor {
        default void reference(long from, long to, String field) {}

        default void array(long id, long begin, long end, int type) {}
    }

    HeapDump(Path dump) throws IOException {
        file = new MappedFile(dump);
        walk(new Visitor() {});
    }

    MappedFile file() {
        return file;
    }

    /** For each position that is in an array: the classes and fields on the way to a root of the garbage collector. */
    Set<String> holders(List<Long> positions) {
        TreeMap<Long, Long> arrays = new TreeMap<>();
        walk(new Visitor() {
            @Override
            public void array(long id, long begin, long end, int type) {
                if (positions.stream().anyMatch(position -> position >= begin && position < end)) {
                    arrays.put(id, end - begin);
                }
            }
        });
        Map<Long, String> paths = new LinkedHashMap<>();
        arrays.forEach((id, length) -> paths.put(id, "array of " + length + " bytes"));
        Set<String> complete = new HashSet<>();
        for (int hop = 0; hop < HOPS && !paths.isEmpty(); hop++) {
            paths.entrySet()
                    .removeIf(path -> roots.contains(path.getKey()) && complete.add(path.getValue() + " (root)"));
            Map<Long, Holder> holders = holdersOf(paths.keySet());
            Map<Long, String> longer = new LinkedHashMap<>();
            paths.forEach((id, path) -> {
                Holder holder = holders.get(id);
                if (holder == null) {
                    complete.add(path);
                } else {
                    longer.putIfAbsent(holder.id(), path + " < " + holder.field());
                }
            });
            paths.clear();
            paths.putAll(longer);
        }
        complete.addAll(paths.values());
        return complete;
    }

    private Map<Long, Holder> holdersOf(Set<Long> ids) {
        Map<Long, Holder> holders = new HashMap<>();
        walk(new Visitor() {
            @Override
            public void reference(long from, long to, String field) {
                if (from != to && ids.contains(to) && !isWeak(field)) {
                    holders.putIfAbsent(to, new Holder(from, field));
                }
            }
        });
        return holders;
    }

    private static boolean isWeak(String field) {
        return field.endsWith(".discovered")
                || field.endsWith(".referent") && !field.equals("java.lang.ref.SoftReference.referent");
    }

    private void walk(Visitor visitor) {
        long at = 0;
        while (file.at(at) != 0) {
            at++;
        }
        at += 1 + 4 + 8;
        while (at < file.size()) {
            int tag = file.at(at);
            long length = Integer.toUnsignedLong(file.u4(at + 5));
            long body = at + 9;
            switch (tag) {
                case 0x01 -> names.computeIfAbsent(file.u8(body), id -> file.text(body + ID, (int) length - ID));
                case 0x02 -> classNames.put(file.u8(body + 4), names.getOrDefault(file.u8(body + 16), "?"));
                case 0x0c, 0x1c -> segment(body, body + length, visitor);
                default -> {}
            }
            at = body + length;
        }
    }

    private void segment(long begin, long end, Visitor visitor) {
        long at = begin;
        while (at < end) {
            int tag = file.at(at) & 0xff;
            long id = file.u8(at + 1);
            at += 1 + ID;
            switch (tag) {
                case 0xff, 0x05, 0x07 -> roots.add(id);
                case 0x01 -> at += root(id, ID);
                case 0x02, 0x03, 0x08 -> at += root(id, 8);
                case 0x04, 0x06 -> at += root(id, 4);
                case 0x20 -> at = classDump(id, at, visitor);
                case 0x21 -> {
                    instance(id, file.u8(at + 4), at + 4 + ID + 4, visitor);
                    at += 4 + ID + 4 + file.u4(at + 4 + ID);
                }
                case 0x22 -> {
                    int length = file.u4(at + 4);
                    String type = classNames.getOrDefault(file.u8(at + 8), "Object[]");
                    at += 8 + ID;
                    for (int i = 0; i < length; i++, at += ID) {
                        visitor.reference(id, file.u8(at), type + "[]");
                    }
                }
                case 0x23 -> {
                    int type = file.at(at + 8);
                    long from = at + 9;
                    at = from + (long) file.u4(at + 4) * SIZES[type];
                    visitor.array(id, from, at, type);
                }
                default -> throw new IllegalStateException("unknown record " + tag + " at " + at);
            }
        }
    }

    private int root(long id, int rest) {
        roots.add(id);
        return rest;
    }

    private long classDump(long id, long begin, Visitor visitor) {
        String name = classNames.getOrDefault(id, "?").replace('/', '.');
        long parent = file.u8(begin + 4);
        long at = begin + 4 + 6 * ID + 4;
        int constants = file.u2(at);
        at += 2;
        for (int i = 0; i < constants; i++) {
            at += 3 + SIZES[file.at(at + 2)];
        }
        int statics = file.u2(at);
        at += 2;
        for (int i = 0; i < statics; i++) {
            int type = file.at(at + ID);
            if (type == OBJECT) {
                visitor.reference(id, file.u8(at + ID + 1), "static " + name + "." + names.get(file.u8(at)));
            }
            at += ID + 1 + SIZES[type];
        }
        int count = file.u2(at);
        at += 2;
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < count; i++, at += ID + 1) {
            fields.add(new Field(names.getOrDefault(file.u8(at), "?"), file.at(at + ID)));
        }
        types.putIfAbsent(id, new Type(name, parent, fields));
        return at;
    }

    private void instance(long id, long type, long begin, Visitor visitor) {
        long at = begin;
        for (Type now = types.get(type); now != null; now = types.get(now.parent())) {
            for (Field field : now.fields()) {
                if (field.type() == OBJECT) {
                    Type own = types.get(type);
                    visitor.reference(id, file.u8(at), own.name() + "." + field.name());
                }
                at += SIZES[field.type()];
            }
        }
    }

    @Override
    public void close() {
        file.close();
    }
}
