package dev.appclients.cognito.simulator;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One HTTP request. Header names are lower case. */
record Request(String method, String target, Map<String, String> headers, byte[] body) {

    String path() {
        int query = target.indexOf('?');
        return query < 0 ? target : target.substring(0, query);
    }

    Map<String, String> query() {
        int query = target.indexOf('?');
        return query < 0 ? Map.of() : form(target.substring(query + 1));
    }

    Map<String, String> form() {
        return form(new String(body, StandardCharsets.UTF_8));
    }

    @Nullable
    String header(String lowerCaseName) {
        return headers.get(lowerCaseName);
    }

    private static Map<String, String> form(String encoded) {
        var values = new LinkedHashMap<String, String>();
        for (var pair : encoded.split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                values.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
            }
        }
        return values;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
