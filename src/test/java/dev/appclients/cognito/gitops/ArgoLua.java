package dev.appclients.cognito.gitops;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import org.luaj.vm2.Globals;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.lib.jse.JsePlatform;

/** Runs a script as Argo CD runs the scripts of {@code argocd-cm}: with the same libraries, and with the same treatment of its result. */
public final class ArgoLua {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** Libraries that Argo CD does not open for a script of {@code argocd-cm}. */
    private static final List<String> CLOSED =
            List.of("string", "io", "debug", "math", "coroutine", "luajava", "bit32", "os");

    private ArgoLua() {}

    /** Runs a script that computes the health or the actions of an object. */
    public static JsonNode run(Path script, JsonNode object) {
        Globals lua = JsePlatform.standardGlobals();
        LuaTable os = new LuaTable();
        os.set("time", lua.get("os").get("time"));
        os.set("date", lua.get("os").get("date"));
        CLOSED.forEach(library -> lua.set(library, LuaValue.NIL));
        lua.get("package").get("loaded").set("os", os);
        lua.set("obj", toLua(object));
        return toJson(lua.loadfile(script.toString()).call());
    }

    /** Runs the script of an action, and returns the object that Argo CD then writes. */
    public static JsonNode act(Path script, JsonNode object) {
        return cleaned(run(script, object), object);
    }

    /** The JSON merge patch from one object to another, by which Argo CD writes the result of an action. */
    public static ObjectNode mergePatch(JsonNode from, JsonNode to) {
        ObjectNode patch = JSON.objectNode();
        from.fieldNames().forEachRemaining(name -> {
            if (!to.has(name)) {
                patch.putNull(name);
            }
        });
        to.properties().forEach(field -> {
            JsonNode before = from.get(field.getKey());
            JsonNode after = field.getValue();
            if (before != null && before.isObject() && after.isObject()) {
                ObjectNode inner = mergePatch(before, after);
                if (!inner.isEmpty()) {
                    patch.set(field.getKey(), inner);
                }
            } else if (!after.equals(before)) {
                patch.set(field.getKey(), after);
            }
        });
        return patch;
    }

    /** Argo CD takes an empty table for a list. So it restores a map that the script leaves empty. */
    private static JsonNode cleaned(JsonNode returned, JsonNode original) {
        if (returned instanceof ArrayNode list) {
            if (original.isObject()) {
                return list.isEmpty() ? original : list;
            }
            for (int i = 0; i < Math.min(list.size(), original.size()); i++) {
                list.set(i, cleaned(list.get(i), original.get(i)));
            }
        } else if (returned instanceof ObjectNode map && original.isObject()) {
            original.properties().forEach(field -> {
                JsonNode value = map.get(field.getKey());
                if (value != null) {
                    map.set(field.getKey(), cleaned(value, field.getValue()));
                }
            });
        }
        return returned;
    }

    private static LuaValue toLua(JsonNode node) {
        if (node.isObject()) {
            LuaTable table = new LuaTable();
            node.properties().forEach(field -> table.set(field.getKey(), toLua(field.getValue())));
            return table;
        }
        if (node.isArray()) {
            LuaTable table = new LuaTable();
            node.forEach(item -> table.set(table.length() + 1, toLua(item)));
            return table;
        }
        if (node.isNull()) {
            return LuaValue.NIL;
        }
        if (node.isBoolean()) {
            return LuaValue.valueOf(node.booleanValue());
        }
        return node.isNumber() ? LuaValue.valueOf(node.asInt()) : LuaValue.valueOf(node.asText());
    }

    private static JsonNode toJson(LuaValue value) {
        return switch (value.type()) {
            case LuaValue.TTABLE -> toJson(value.checktable());
            case LuaValue.TBOOLEAN -> JSON.booleanNode(value.toboolean());
            case LuaValue.TNUMBER -> JSON.numberNode(value.toint());
            default -> JSON.textNode(value.tojstring());
        };
    }

    private static JsonNode toJson(LuaTable table) {
        if (table.keyCount() == table.length()) {
            ArrayNode list = JSON.arrayNode();
            for (int i = 1; i <= table.length(); i++) {
                list.add(toJson(table.get(i)));
            }
            return list;
        }
        ObjectNode map = JSON.objectNode();
        for (LuaValue key : table.keys()) {
            map.set(key.tojstring(), toJson(table.get(key)));
        }
        return map;
    }
}
