package dev.appclients.cognito.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Compares the cluster with the simulator, and finds lost, duplicate and wrong objects. No secret value leaves this class. */
final class Inventory {

    private final KubeApi kube;
    private final Cognito cognito;

    Inventory(KubeApi kube, Cognito cognito) {
        this.kube = kube;
        this.cognito = cognito;
    }

    /**
     * The expected state of every client.
     *
     * @param count the number of clients
     * @param reason of Ready; {@code Synced} is True, any other is False
     * @param domain whether the pools have an active domain, so that Secret and status carry endpoints
     */
    record Expectation(int count, String reason, boolean domain) {

        static final String SYNCED = "Synced";

        static Expectation ready(int count, boolean domain) {
            return new Expectation(count, SYNCED, domain);
        }
    }

    /** The deviations, one sentence each. Calls the API server and the simulator, whose journal records the calls. */
    List<String> findings(Pools pools, Expectation expected) {
        Map<String, JsonNode> secrets = new HashMap<>();
        kube.list(
                "/api/v1/secrets",
                Clients.SECRETS,
                secret -> secrets.put(
                        secret.at("/metadata/namespace").asText() + "/"
                                + secret.at("/metadata/name").asText(),
                        secret.path("data")));
        Map<String, String> poolOf = described(pools);
        Map<String, JsonNode> descriptions = describe(poolOf);
        List<String> findings = new ArrayList<>();
        Set<String> known = new HashSet<>();
        int[] count = {0};
        kube.list(Clients.ALL, "", object -> {
            count[0]++;
            String name = object.at("/metadata/namespace").asText() + "/"
                    + object.at("/metadata/name").asText();
            String id = object.at("/status/clientId").asText();
            if (!known.add(id)) {
                findings.add(name + " has the app client of another object");
            }
            status(name, object, expected, findings);
            content(name, object, descriptions.get(id), secrets.remove(name), expected, findings);
        });
        if (count[0] != expected.count()) {
            findings.add(count[0] + " clients exist, not " + expected.count());
        }
        secrets.keySet().forEach(name -> findings.add("the Secret " + name + " has no client"));
        poolOf.keySet().stream()
                .filter(id -> !known.contains(id))
                .forEach(id -> findings.add("the app client " + id + " belongs to no object"));
        return findings;
    }

    private static void status(String name, JsonNode object, Expectation expected, List<String> findings) {
        JsonNode ready = Clients.condition(object, "Ready");
        String should = expected.reason().equals(Expectation.SYNCED) ? "True" : "False";
        if (!ready.path("status").asText().equals(should)
                || !ready.path("reason").asText().equals(expected.reason())) {
            findings.add(name + " is not Ready=" + should + " " + expected.reason() + " but "
                    + ready.path("status").asText("absent") + " "
                    + ready.path("reason").asText() + ": "
                    + ready.path("message").asText());
        }
        int generation = object.at("/metadata/generation").asInt();
        if (object.at("/status/observedGeneration").asInt(-1) != generation
                || ready.path("observedGeneration").asInt(-1) != generation) {
            findings.add(name + " has a status of another generation");
        }
        if (object.path("status").has("loginURL") != expected.domain()) {
            findings.add(name + (expected.domain() ? " has no login URL" : " has a login URL without a domain"));
        }
        if (object.path("status").has("pendingCreate")) {
            findings.add(name + " still has pendingCreate");
        }
    }

    private static void content(
            String name,
            JsonNode object,
            @Nullable JsonNode client,
            @Nullable JsonNode secret,
            Expectation expected,
            List<String> findings) {
        if (client == null) {
            findings.add(name + " has no existing app client in its status");
            return;
        }
        if (client.path("AccessTokenValidity").asInt()
                != Integer.parseInt(
                        object.at("/spec/accessTokenValidity").asText().replace("m", ""))) {
            findings.add(name + " has an app client with other settings");
        }
        if (secret == null) {
            findings.add(name + " has no Secret");
            return;
        }
        if (!decoded(secret, "client-id").equals(client.path("ClientId").asText())
                || !decoded(secret, "client-secret")
                        .equals(client.path("ClientSecret").asText())) {
            findings.add(name + " has a Secret with other credentials");
        }
        if (secret.has("token-uri") != expected.domain()) {
            findings.add(name + (expected.domain() ? " has a Secret without" : " has a Secret with") + " endpoints");
        }
    }

    private static String decoded(JsonNode data, String key) {
        return new String(Base64.getDecoder().decode(data.path(key).asText()), StandardCharsets.UTF_8);
    }

    /** The pool of each app client. */
    private Map<String, String> described(Pools pools) {
        Map<String, String> poolOf = new HashMap<>();
        for (String pool : pools.ids()) {
            String more = "";
            do {
                ObjectNode request = Cognito.request().put("UserPoolId", pool).put("MaxResults", 60);
                if (!more.isEmpty()) {
                    request.put("NextToken", more);
                }
                JsonNode page = cognito.call("ListUserPoolClients", request);
                page.path("UserPoolClients")
                        .forEach(client -> poolOf.put(client.path("ClientId").asText(), pool));
                more = page.path("NextToken").asText();
            } while (!more.isEmpty());
        }
        return poolOf;
    }

    /** The descriptions by Cognito, by client id. */
    private Map<String, JsonNode> describe(Map<String, String> poolOf) {
        Map<String, JsonNode> descriptions = Collections.synchronizedMap(new HashMap<>());
        List<String> ids = List.copyOf(poolOf.keySet());
        KubeApi.each(ids.size(), i -> {
            ObjectNode request =
                    Cognito.request().put("UserPoolId", poolOf.get(ids.get(i))).put("ClientId", ids.get(i));
            CompletableFuture<JsonNode> answer = cognito.callAsync("DescribeUserPoolClient", request);
            return answer.thenAccept(client -> descriptions.put(ids.get(i), client.path("UserPoolClient")));
        });
        return descriptions;
    }

    /** Updates one setting of every app client and leaves the others. */
    void changeEveryClient(Pools pools, int accessTokenValidity) {
        // One after another, since Cognito refuses concurrent updates in one pool.
        for (JsonNode client : describe(described(pools)).values()) {
            ObjectNode request = client.deepCopy();
            request.remove(List.of("ClientSecret", "CreationDate", "LastModifiedDate"));
            cognito.call("UpdateUserPoolClient", request.put("AccessTokenValidity", accessTokenValidity));
        }
    }
}
