package dev.appclients.cognito.crash;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a request asks for, without the names in it: two runs of the same scenario make the same calls.
 *
 * @param api which of the two it was made on
 * @param what such as {@code patch userpoolclients/status} or {@code CreateUserPoolClient}
 */
record Call(Api api, String what) {

    /** The two APIs that the operator talks to. */
    enum Api {
        KUBERNETES,
        COGNITO
    }

    /** A look that goes on, opened at the start and whenever it broke off: it belongs to no scenario. */
    boolean isWatch() {
        return what.startsWith("watch ");
    }

    static Call onCognito(Message request) {
        String target = request.headers().getOrDefault("x-amz-target", "");
        return new Call(Api.COGNITO, target.substring(target.indexOf('.') + 1));
    }

    static Call onKubernetes(Message request) {
        String[] target = request.word(1).split("\\?", 2);
        String query = target.length > 1 ? target[1] : "";
        List<String> path = new ArrayList<>(List.of(target[0].substring(1).split("/")));
        // api/<version> or apis/<group>/<version>, and then the namespace of what lives in one.
        drop(path, path.getFirst().equals("api") ? 2 : 3);
        if (path.size() > 2 && path.getFirst().equals("namespaces")) {
            drop(path, 2);
        }
        String resource = path.isEmpty() ? target[0] : path.getFirst();
        String subresource = path.size() > 2 ? "/" + path.get(2) : "";
        return new Call(Api.KUBERNETES, verb(request.word(0), query, path.size() > 1) + " " + resource + subresource);
    }

    private static String verb(String method, String query, boolean named) {
        return switch (method) {
            case "GET" -> query.contains("watch=true") ? "watch" : named ? "get" : "list";
            case "POST" -> query.contains("dryRun=") ? "rehearse to create" : "create";
            case "PUT" -> "update";
            case "PATCH" -> "patch";
            default -> method.toLowerCase(Locale.ROOT);
        };
    }

    private static void drop(List<String> path, int count) {
        path.subList(0, Math.min(count, path.size())).clear();
    }

    @Override
    public String toString() {
        return what;
    }
}
