package dev.appclients.cognito.crash;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The operation of a request without object names, so that two runs of a scenario make equal calls.
 *
 * @param api the API of the call
 * @param operation such as {@code patch userpoolclients/status} or {@code CreateUserPoolClient}
 */
record Call(Api api, String operation) {

    private static final List<String> READS = List.of("get ", "list ", "watch ", "dry-run ", "Describe", "List");

    /** The two APIs that the operator calls. */
    enum Api {
        KUBERNETES,
        COGNITO
    }

    /** Whether this is a watch. The operator opens it at the start and after each interruption, outside of any scenario. */
    boolean isWatch() {
        return operation.startsWith("watch ");
    }

    /** Whether the call changes nothing, in Kubernetes or in Cognito. */
    boolean isRead() {
        return READS.stream().anyMatch(operation::startsWith);
    }

    static Call onCognito(Message request) {
        String target = request.headers().getOrDefault("x-amz-target", "");
        return new Call(Api.COGNITO, target.substring(target.indexOf('.') + 1));
    }

    static Call onKubernetes(Message request) {
        String[] target = request.word(1).split("\\?", 2);
        String query = target.length > 1 ? target[1] : "";
        List<String> path = new ArrayList<>(List.of(target[0].substring(1).split("/")));
        // api/<version> or apis/<group>/<version>, then the namespace of a namespaced resource.
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
            case "POST" -> query.contains("dryRun=") ? "dry-run create" : "create";
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
        return operation;
    }
}
