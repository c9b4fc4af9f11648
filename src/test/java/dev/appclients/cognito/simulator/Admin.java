package dev.appclients.cognito.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;

/** Serves the simulator's own HTTP interface under {@code /_}, for people and for tests in other processes. */
final class Admin {

    private final Simulator simulator;

    Admin(Simulator simulator) {
        this.simulator = simulator;
    }

    Answer handle(Request request) {
        try {
            return route(request);
        } catch (Refusal e) {
            return message(400, e.message());
        } catch (NoSuchElementException e) {
            return message(404, String.valueOf(e.getMessage()));
        } catch (IllegalArgumentException | IllegalStateException e) {
            return message(400, String.valueOf(e.getMessage()));
        }
    }

    private Answer route(Request request) {
        return switch (request.method() + " " + request.path()) {
            case "GET /_journal" -> journal(request);
            case "DELETE /_journal" -> done(simulator.journal()::clear);
            case "GET /_faults" -> faults();
            case "POST /_faults" ->
                json(FaultRequest.arm(simulator.faults(), body(request)).json());
            case "DELETE /_faults" -> done(simulator.faults()::clear);
            case "GET /_switches" -> switches();
            case "PUT /_switches" -> setSwitches(body(request));
            case "GET /_quotas" -> quotas();
            case "POST /_quotas" -> setQuotas(body(request));
            case "GET /_pod-identity" -> json(simulator.podIdentity(request.header("authorization")));
            case "GET /_clock" -> clock();
            case "POST /_clock" -> setClock(body(request));
            case "GET /_state" -> state();
            case "POST /_clients" -> loadClient(body(request));
            case "GET /_secrets" -> secrets(request);
            case "POST /_secrets" -> addSecret(body(request));
            case "DELETE /_secrets" -> removeSecret(request);
            case "GET /_authentications" -> json(simulator.authentications().json());
            case "DELETE /_authentications" -> done(simulator.authentications()::clear);
            case "POST /_domains" -> changeDomain(body(request));
            case "POST /_keys" -> key(body(request));
            case "POST /_roles" -> role(body(request));
            case "POST /_pods" -> pod(body(request));
            case "POST /_policies" -> policy(body(request));
            case "DELETE /_policies" -> done(() -> simulator.access().withoutPolicies());
            case "POST /_reset" -> done(simulator::reset);
            default -> oneFault(request);
        };
    }

    private Answer journal(Request request) {
        long since = Long.parseLong(request.query().getOrDefault("since", "0"));
        var lines = new ByteArrayOutputStream();
        for (var entry : simulator.journal().since(since)) {
            lines.writeBytes(Json.bytes(entry.json()));
            lines.write('\n');
        }
        return new Answer.Reply(200, "application/jsonl", Map.of(), lines.toByteArray());
    }

    private Answer faults() {
        var all = Json.MAPPER.createArrayNode();
        simulator.faults().all().forEach(fault -> all.add(fault.json()));
        return Answer.Reply.json(200, Json.bytes(all));
    }

    private Answer oneFault(Request request) {
        var parts = request.path().split("/");
        boolean release = request.method().equals("POST") && parts.length == 4 && parts[3].equals("release");
        boolean remove = request.method().equals("DELETE") && parts.length == 3;
        if (!(release || remove) || !parts[1].equals("_faults")) {
            return message(404, "There is no " + request.method() + " " + request.path() + ".");
        }
        var fault = simulator.faults().all().stream()
                .filter(each -> String.valueOf(each.id()).equals(parts[2]))
                .findFirst()
                .orElseThrow(() -> new NoSuchElementException("There is no fault " + parts[2] + "."));
        return done(release ? fault::release : fault::remove);
    }

    private Answer switches() {
        var all = Json.object();
        simulator
                .switches()
                .all()
                .forEach((which, on) -> all.putObject(which.name())
                        .put("on", on)
                        .put("initially", which.initially())
                        .put("meaning", which.meaning()));
        all.put("lagMillis", simulator.switches().lag().toMillis());
        return json(all);
    }

    private Answer setSwitches(ObjectNode body) {
        body.properties().forEach(member -> {
            if (member.getKey().equals("lagMillis")) {
                simulator.switches().lag(Duration.ofMillis(member.getValue().asLong()));
            } else {
                simulator
                        .switches()
                        .set(
                                Switch.valueOf(member.getKey().toUpperCase(Locale.ROOT)),
                                member.getValue().asBoolean());
            }
        });
        return switches();
    }

    private Answer quotas() {
        return json(Json.object()
                .put("enforced", simulator.quotas().enforced())
                .put("scale", simulator.quotas().scale()));
    }

    private Answer setQuotas(ObjectNode body) {
        if (body.has("scale")) {
            simulator.quotas().scale(body.get("scale").asDouble());
        }
        body.path("rates")
                .properties()
                .forEach(rate -> simulator
                        .quotas()
                        .rate(Category.valueOf(rate.getKey()), rate.getValue().asDouble()));
        if (body.has("enforced")) {
            done(body.get("enforced").asBoolean() ? simulator.quotas()::on : simulator.quotas()::off);
        }
        return quotas();
    }

    private Answer clock() {
        return json(Json.object()
                .put("now", simulator.clock().instant().toString())
                .put("skewMillis", simulator.clock().skew().toMillis()));
    }

    private Answer setClock(ObjectNode body) {
        if (body.has("skewMillis")) {
            simulator.clock().skew(Duration.ofMillis(body.get("skewMillis").asLong()));
        }
        if (body.has("advanceMillis")) {
            simulator
                    .clock()
                    .advance(Duration.ofMillis(body.get("advanceMillis").asLong()));
        }
        return clock();
    }

    /** Lists every pool with its clients, without secret values. */
    private Answer state() {
        var pools = Json.MAPPER.createArrayNode();
        for (var pool : simulator.world().pools()) {
            var json = pools.addObject()
                    .put("id", pool.id())
                    .put("arn", pool.arn())
                    .put("tier", pool.tier());
            json.set("domains", Json.strings(pool.domains().keySet()));
            json.set("scopes", Json.strings(pool.customScopes()));
            json.set("identityProviders", Json.strings(pool.identityProviders().keySet()));
            var clients = json.putArray("clients");
            for (var client : pool.clients().all()) {
                var description = client.describe(simulator.switches());
                description.remove(List.of("ClientSecret", "UserPoolId"));
                description.set(
                        "LiveSecretIds",
                        Json.strings(
                                client.secrets().stream().map(LiveSecret::id).toList()));
                clients.add(description);
            }
        }
        return Answer.Reply.json(200, Json.bytes(pools));
    }

    private Answer loadClient(ObjectNode answer) {
        var described = answer.path("UserPoolClient").isObject() ? answer.path("UserPoolClient") : answer;
        var poolId = Json.text(described, "UserPoolId");
        if (poolId == null) {
            throw new IllegalArgumentException("UserPoolId is missing.");
        }
        simulator.load(poolId, answer);
        return message(200, "done");
    }

    /** Lists the live secrets of a client, without values. */
    private Answer secrets(Request request) {
        var client = simulator.client(query(request, "poolId"), query(request, "clientId"));
        var all = Json.MAPPER.createArrayNode();
        client.secrets().forEach(secret -> all.add(secret.json()));
        return Answer.Reply.json(200, Json.bytes(all));
    }

    private Answer addSecret(ObjectNode body) {
        return json(simulator
                .addSecret(required(body, "poolId"), required(body, "clientId"), Json.text(body, "value"))
                .json());
    }

    private Answer removeSecret(Request request) {
        simulator.removeSecret(query(request, "poolId"), query(request, "clientId"), query(request, "secretId"));
        return message(200, "done");
    }

    /** Sets the status of a domain. Cognito takes some minutes to activate a custom domain, or fails to. */
    private Answer changeDomain(ObjectNode body) {
        var name = required(body, "domain");
        var status = required(body, "status");
        var pool = simulator.world().pools().stream()
                .filter(each -> each.domains().containsKey(name))
                .findFirst()
                .orElseThrow(() -> new NoSuchElementException("There is no domain " + name + "."));
        pool.domainStatus(name, status);
        return message(200, "done");
    }

    private Answer key(ObjectNode body) {
        var id = required(body, "accessKeyId");
        simulator.access().key(id, required(body, "account"), Json.text(body, "user", id));
        return message(200, "done");
    }

    private Answer role(ObjectNode body) {
        var role = simulator.access().role(required(body, "arn"));
        role.trusts(Json.text(body, "trusts", "*"));
        var externalId = Json.text(body, "externalId");
        if (externalId != null) {
            role.externalId(externalId);
        }
        role.allowsTagSession(body.path("tagSession").asBoolean(true));
        role.trustsWebIdentity(body.path("webIdentity").asBoolean(false));
        return message(200, "done");
    }

    private Answer pod(ObjectNode body) {
        simulator.access().pod(required(body, "token"), required(body, "role"));
        return message(200, "done");
    }

    private Answer policy(ObjectNode body) {
        simulator.access().policy(required(body, "principal"), body.path("document"));
        return message(200, "done");
    }

    private static String query(Request request, String name) {
        var value = request.query().get(name);
        if (value == null) {
            throw new IllegalArgumentException(name + " is missing.");
        }
        return value;
    }

    private static String required(ObjectNode body, String member) {
        var value = Json.text(body, member);
        if (value == null) {
            throw new IllegalArgumentException(member + " is missing.");
        }
        return value;
    }

    private static ObjectNode body(Request request) {
        return Json.parse(request.body());
    }

    private static Answer done(Runnable action) {
        action.run();
        return message(200, "done");
    }

    private static Answer json(ObjectNode body) {
        return Answer.Reply.json(200, Json.bytes(body));
    }

    private static Answer message(int status, String message) {
        return Answer.Reply.json(status, Json.bytes(Json.object().put("message", message)));
    }
}
