package dev.appclients.cognito.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The part of the Security Token Service that issues and names identities. */
final class Sts {

    private static final int SHORTEST = 900;
    private static final int LONGEST = 43_200;
    private static final int LONGEST_CHAINED = 3_600;
    private static final int POD_IDENTITY_SECONDS = 21_600;
    /** The tags that EKS Pod Identity sets on every session. */
    private static final Map<String, String> POD_TAGS = Map.of(
            "eks-cluster-arn", "arn:aws:eks:eu-west-1:123456789012:cluster/simulated",
            "eks-cluster-name", "simulated",
            "kubernetes-namespace", "cognito-client-operator",
            "kubernetes-service-account", "cognito-client-operator",
            "kubernetes-pod-name", "cognito-client-operator-0",
            "kubernetes-pod-uid", "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0");

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
        authorize(caller, "sts:AssumeRole", arn);
        var role = access.findRole(arn);
        if (role == null
                || !role.trusts(caller)
                || role.externalId() != null && !role.externalId().equals(Json.text(body, "ExternalId"))) {
            throw denied(caller, "sts:AssumeRole", arn);
        }
        var tags = tags(caller, body);
        if (!tags.isEmpty()) {
            authorize(caller, "sts:TagSession", arn);
            if (!role.allowsTagSession()) {
                throw denied(caller, "sts:TagSession", arn);
            }
        }
        int longest = caller.arn().contains(":assumed-role/") ? LONGEST_CHAINED : LONGEST;
        return open(role, required(body, "RoleSessionName"), seconds(body, longest), tags, caller.transitive());
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
        return open(role, required(body, "RoleSessionName"), seconds(body, LONGEST), Map.of(), Set.of())
                .put("SubjectFromWebIdentityToken", claims.path("sub").asText("unknown"));
    }

    /** Answers as the EKS Pod Identity agent does: a session of the pod's role with transitive tags. */
    ObjectNode podIdentity(@Nullable String token) {
        var role = token == null ? null : access.roleOfPod(token);
        if (role == null || !role.trustsPods() || !role.allowsTagSession()) {
            throw new Refusal(
                    "AccessDeniedException",
                    400,
                    "Unauthorized Exception! EKS does not have permissions to" + " assume the associated role.");
        }
        var credentials = open(role, "eks-simulated", POD_IDENTITY_SECONDS, POD_TAGS, POD_TAGS.keySet())
                .path("Credentials");
        return Json.object()
                .put("AccessKeyId", credentials.path("AccessKeyId").asText())
                .put("SecretAccessKey", credentials.path("SecretAccessKey").asText())
                .put("Token", credentials.path("SessionToken").asText())
                .put("AccountId", role.account())
                .put("Expiration", credentials.path("Expiration").asText());
    }

    private void authorize(Caller caller, String action, String role) {
        try {
            access.authorize(caller, action, role);
        } catch (Refusal e) {
            throw e.asStsError();
        }
    }

    private ObjectNode open(
            Role role, String sessionName, int seconds, Map<String, String> tags, Set<String> transitive) {
        var arn = "arn:aws:sts::" + role.account() + ":assumed-role/" + role.name() + "/" + sessionName;
        var now = clock.instant();
        var expires = now.plus(Duration.ofSeconds(seconds)).truncatedTo(ChronoUnit.SECONDS);
        var session = new Access.Session(
                ids.word(40),
                ids.word(120),
                expires,
                new Caller(role.account(), arn, role.arn(), tags, transitive, now));
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

    /** The tags of the new session: the caller's transitive tags and the requested ones. */
    private static Map<String, String> tags(Caller caller, ObjectNode body) {
        var tags = new TreeMap<String, String>();
        caller.transitive().forEach(key -> tags.put(key, caller.tags().get(key)));
        for (int i = 1; body.has("Tags.member." + i + ".Key"); i++) {
            var key = Json.text(body, "Tags.member." + i + ".Key", "");
            if (caller.transitive().stream().anyMatch(key::equalsIgnoreCase)) {
                throw new Refusal(
                        "InvalidParameterValue",
                        400,
                        "One of the specified transitive tag keys can't be set because it conflicts with a transitive"
                                + " tag key from the calling session.");
            }
            tags.put(key, Json.text(body, "Tags.member." + i + ".Value", ""));
        }
        return tags;
    }

    /** Reads the claims of a token without checking its signature. */
    private static ObjectNode claims(String token) {
        var parts = token.split("\\.");
        if (parts.length == 3) {
            try {
                var payload = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
                if (Json.MAPPER.readTree(payload) instanceof ObjectNode claims) {
                    return claims;
                }
            } catch (JsonProcessingException | IllegalArgumentException e) {
                // Not a JWT: refused below.
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
