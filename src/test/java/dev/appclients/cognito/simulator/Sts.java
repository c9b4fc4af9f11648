package dev.appclients.cognito.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;

/** The part of the Security Token Service that gives out and names identities. */
final class Sts {

    private static final int SHORTEST = 900;
    private static final int LONGEST = 43_200;
    private static final int LONGEST_CHAINED = 3_600;

    private final Access access;
    private final SimulatorClock clock;
    private final Ids ids;

    Sts(Access access, SimulatorClock clock, Ids ids) {
        this.access = access;
        this.clock = clock;
        this.ids = ids;
    }

    ObjectNode getCallerIdentity(Call call) {
        return Json.object()
                .put("Arn", call.caller().arn())
                .put("UserId", "AIDASIMULATED")
                .put("Account", call.caller().account());
    }

    ObjectNode assumeRole(Call call) {
        var body = call.body();
        var caller = call.caller();
        var arn = required(body, "RoleArn");
        try {
            access.authorize(caller, "sts:AssumeRole", arn);
        } catch (Refusal e) {
            throw e.inTheWordsOfSts();
        }
        var role = access.findRole(arn);
        if (role == null
                || !role.trusts(caller)
                || role.externalId() != null && !role.externalId().equals(Json.text(body, "ExternalId"))) {
            throw denied(caller, "sts:AssumeRole", arn);
        }
        var tags = tags(body);
        if (!tags.isEmpty() && !role.allowsTagSession()) {
            throw denied(caller, "sts:TagSession", arn);
        }
        int longest = caller.arn().contains(":assumed-role/") ? LONGEST_CHAINED : LONGEST;
        return open(role, required(body, "RoleSessionName"), seconds(body, longest), tags);
    }

    ObjectNode assumeRoleWithWebIdentity(Call call) {
        var body = call.body();
        var arn = required(body, "RoleArn");
        var claims = claims(required(body, "WebIdentityToken"));
        if (claims.has("exp")
                && !clock.instant()
                        .isBefore(Instant.ofEpochSecond(claims.path("exp").asLong()))) {
            throw new Refusal("ExpiredTokenException", 400, "Token expired");
        }
        var role = access.findRole(arn);
        if (role == null || !role.trustsWebIdentity()) {
            throw new Refusal("AccessDenied", 403, "Not authorized to perform sts:AssumeRoleWithWebIdentity");
        }
        return open(role, required(body, "RoleSessionName"), seconds(body, LONGEST), Map.of())
                .put("SubjectFromWebIdentityToken", claims.path("sub").asText("unknown"));
    }

    private ObjectNode open(Role role, String sessionName, int seconds, Map<String, String> tags) {
        var arn = "arn:aws:sts::" + role.account() + ":assumed-role/" + role.name() + "/" + sessionName;
        var expires = clock.instant().plus(Duration.ofSeconds(seconds)).truncatedTo(ChronoUnit.SECONDS);
        var session = new Access.Session(
                ids.word(40), ids.word(120), expires, new Caller(role.account(), arn, role.arn(), tags));
        var keyId = "ASIA" + ids.capitals(16);
        access.open(keyId, session);
        var result = Json.object();
        result.putObject("AssumedRoleUser")
                .put("AssumedRoleId", "AROASIMULATED:" + sessionName)
                .put("Arn", arn);
        result.putObject("Credentials")
                .put("AccessKeyId", keyId)
                .put("SecretAccessKey", session.secretKey())
                .put("SessionToken", session.token())
                .put("Expiration", expires.toString());
        return result;
    }

    private static int seconds(ObjectNode body, int longest) {
        int seconds = Integer.parseInt(Json.text(body, "DurationSeconds", "3600"));
        if (seconds < SHORTEST || seconds > longest) {
            throw new Refusal(
                    "ValidationError", 400, "DurationSeconds must be between " + SHORTEST + " and " + longest + ".");
        }
        return seconds;
    }

    private static Map<String, String> tags(ObjectNode body) {
        var tags = new TreeMap<String, String>();
        for (int i = 1; body.has("Tags.member." + i + ".Key"); i++) {
            tags.put(
                    Json.text(body, "Tags.member." + i + ".Key", ""),
                    Json.text(body, "Tags.member." + i + ".Value", ""));
        }
        return tags;
    }

    /** The claims of a token, unchecked; a token that is no JWT has none. */
    private static ObjectNode claims(String token) {
        var parts = token.split("\\.");
        if (parts.length == 3) {
            try {
                var payload = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
                if (Json.MAPPER.readTree(payload) instanceof ObjectNode claims) {
                    return claims;
                }
            } catch (JsonProcessingException | IllegalArgumentException e) {
                // Not a token of ours to judge: refused below.
            }
        }
        throw new Refusal("InvalidIdentityToken", 400, "The web identity token is not a JWT.");
    }

    private static String required(ObjectNode body, String member) {
        var value = Json.text(body, member);
        if (value == null || value.isEmpty()) {
            throw new Refusal("ValidationError", 400, member + " is missing.");
        }
        return value;
    }

    private static Refusal denied(Caller caller, String action, String resource) {
        return new Refusal(
                "AccessDenied",
                403,
                "User: " + caller.arn() + " is not authorized to perform: " + action + " on resource: " + resource);
    }
}
