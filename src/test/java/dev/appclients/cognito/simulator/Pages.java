package dev.appclients.cognito.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.function.Function;
import java.util.stream.Stream;

/** Paginates lists. A token holds the last key, so creations and deletions between pages shift no entry. */
final class Pages {

    /** One entry and the key that orders it. */
    record Item(String key, ObjectNode json) {}

    private static final String AFTER_EMPTY_PAGE = "e:";
    private static final String AFTER_PAGE = "p:";

    private final int usualSize;
    private final Switches switches;

    /** Pages of this size, unless {@code MaxResults} asks for less. */
    Pages(int usualSize, Switches switches) {
        this.usualSize = usualSize;
        this.switches = switches;
    }

    ObjectNode page(ObjectNode request, String member, Function<String, Stream<Item>> itemsAfterKey) {
        int asked = request.path("MaxResults").asInt(0);
        int size = Math.min(usualSize, asked == 0 ? unasked() : asked);
        var token = decode(Json.text(request, "NextToken", ""));
        var after = token.isEmpty() ? "" : token.substring(2);
        var result = Json.object();
        var list = result.putArray(member);
        var items = itemsAfterKey.apply(after).limit(size + 1L).toList();
        if (token.startsWith(AFTER_PAGE) && !items.isEmpty() && switches.isOn(Switch.EMPTY_LIST_PAGES)) {
            return result.put("NextToken", encode(AFTER_EMPTY_PAGE + after));
        }
        items.stream().limit(size).forEach(item -> list.add(item.json()));
        if (items.size() > size) {
            // One empty page per list suffices to detect a caller that stops there.
            var kind = token.isEmpty() ? AFTER_PAGE : AFTER_EMPTY_PAGE;
            result.put("NextToken", encode(kind + items.get(size - 1).key()));
        }
        return result;
    }

    private int unasked() {
        return switches.isOn(Switch.SHORT_DEFAULT_PAGES) ? 10 : usualSize;
    }

    private static String encode(String token) {
        return Base64.getUrlEncoder().encodeToString(token.getBytes(StandardCharsets.UTF_8));
    }

    private static String decode(String token) {
        try {
            var text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
            if (text.isEmpty() || text.startsWith(AFTER_PAGE) || text.startsWith(AFTER_EMPTY_PAGE)) {
                return text;
            }
        } catch (IllegalArgumentException e) {
            // Refused below.
        }
        throw Refusal.invalidParameter("The pagination token is not valid.");
    }
}
