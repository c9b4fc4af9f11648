package dev.appclients.cognito.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Authenticates and authorizes callers by access keys, roles, sessions and policies. An identity without a policy may do
 * everything in its account. An identity with policies may do only what they allow.
 */
public final class Access {

    static final String FIRST_DEFAULT_ACCOUNT = "123456789012";
    private static final DateTimeFormatter SIGNED_AT =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final Duration SIGNATURE_TOLERANCE = Duration.ofMinutes(5);

    /** Credentials that AssumeRole gave out. */
    record Session(String secretKey, String token, Instant expires, Caller caller) {}

    private record Attached(String principal, Policy policy) {}

    private final SimulatorClock clock;
    private final Switches switches;
    private final Map<String, Caller> keys = new ConcurrentHashMap<>();
    private final Map<String, Session> sessions = new ConcurrentHashMap<>();
    private final Map<String, Role> roles = new ConcurrentHashMap<>();
    private final Map<String, String> pods = new ConcurrentHashMap<>();
    private final List<Attached> policies = new CopyOnWriteArrayList<>();
    private volatile String defaultAccount = FIRST_DEFAULT_ACCOUNT;

    Access(SimulatorClock clock, Switches switches) {
        this.clock = clock;
        this.switches = switches;
    }

    /** Adds an access key of the user with this name. */
    public Access key(String accessKeyId, String account, String userName) {
        keys.put(accessKeyId, Caller.user(account, "arn:aws:iam::" + account + ":user/" + userName));
        return this;
    }

    /** Sets the account of access keys that are not configured. The default is 123456789012. */
    public Access defaultAccount(String account) {
        defaultAccount = account;
        return this;
    }

    public String defaultAccount() {
        return defaultAccount;
    }

    /** Adds a role that can be assumed, or returns the existing one. */
    public Role role(String arn) {
        return roles.computeIfAbsent(arn, Role::new);
    }

    /** Lets EKS Pod Identity give sessions of the role to the pod with this service account token. */
    public Access pod(String serviceAccountToken, String roleArn) {
        role(roleArn).trustsPods(true);
        pods.put(serviceAccountToken, roleArn);
        return this;
    }

    /** Invalidates the token, as when the kubelet has replaced it. */
    public Access withoutPod(String serviceAccountToken) {
        pods.remove(serviceAccountToken);
        return this;
    }

    /** Removes the role and ends its sessions at once. */
    public Access withoutRole(String arn) {
        roles.remove(arn);
        sessions.values().removeIf(session -> session.caller().principal().equals(arn));
        return this;
    }

    /** Attaches an IAM policy document to the users, roles or sessions whose ARN matches. */
    public Access policy(String arnPattern, String document) {
        try {
            return policy(arnPattern, Json.MAPPER.readTree(document));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("The policy is not JSON.", e);
        }
    }

    Access policy(String arnPattern, JsonNode document) {
        policies.add(new Attached(arnPattern, Policy.parse(document)));
        return this;
    }

    /** Allows everything to the matching identities, except this action on this resource. */
    public Access deny(String arnPattern, String action, String resource) {
        policies.add(new Attached(arnPattern, Policy.allExcept(action, resource)));
        return this;
    }

    public Access withoutPolicies() {
        policies.clear();
        return this;
    }

    /** Removes all keys, roles, sessions and policies, and restores the default account. */
    public void reset() {
        keys.clear();
        sessions.clear();
        roles.clear();
        pods.clear();
        policies.clear();
        defaultAccount = FIRST_DEFAULT_ACCOUNT;
    }

    /** Returns the identity that signed the request. Throws a {@link Refusal} if it is not valid. */
    Caller authenticate(@Nullable Signature signature) {
        if (signature == null) {
            throw new Refusal("MissingAuthenticationTokenException", 400, "Missing Authentication Token");
        }
        checkTime(signature);
        var session = sessions.get(signature.accessKeyId());
        if (session != null) {
            if (!session.token().equals(signature.sessionToken())) {
                throw unrecognised();
            }
            if (!clock.instant().isBefore(session.expires())) {
                throw new Refusal(
                        "ExpiredTokenException", 400, "The security token included in the request is expired");
            }
            return session.caller();
        }
        var caller = keys.get(signature.accessKeyId());
        if (caller != null) {
            return caller;
        }
        if (signature.accessKeyId().startsWith("ASIA") || !switches.isOn(Switch.UNCONFIGURED_KEYS_ACCEPTED)) {
            throw unrecognised();
        }
        return Caller.user(defaultAccount, "arn:aws:iam::" + defaultAccount + ":user/" + signature.accessKeyId());
    }

    /** Throws a {@link Refusal} unless the caller's policies allow the action. */
    void authorize(Caller caller, String action, String resource) {
        var mine = policies.stream()
                .filter(each -> Glob.matches(each.principal(), caller.arn())
                        || Glob.matches(each.principal(), caller.principal()))
                .map(Attached::policy)
                .toList();
        if (mine.isEmpty()) {
            return;
        }
        boolean denied = mine.stream().anyMatch(policy -> policy.denies(caller, action, resource));
        boolean allowed = mine.stream().anyMatch(policy -> policy.allows(caller, action, resource));
        if (denied || !allowed) {
            throw new Refusal(
                    "AccessDeniedException",
                    400,
                    "User: " + caller.arn() + " is not authorized to perform: " + action + " on resource: " + resource
                            + (denied
                                    ? " with an explicit deny in an identity-based policy"
                                    : " because no identity-based policy allows the " + action + " action"));
        }
    }

    @Nullable
    Role findRole(String arn) {
        return roles.get(arn);
    }

    @Nullable
    Role roleOfPod(String serviceAccountToken) {
        var role = pods.get(serviceAccountToken);
        return role == null ? null : roles.get(role);
    }

    void open(String accessKeyId, Session session) {
        sessions.put(accessKeyId, session);
    }

    private void checkTime(Signature signature) {
        if (!switches.isOn(Switch.SIGNATURE_TIME_CHECKED) || signature.date() == null) {
            return;
        }
        var signed = Instant.from(SIGNED_AT.parse(signature.date()));
        var now = clock.instant();
        if (Duration.between(signed, now).abs().compareTo(SIGNATURE_TOLERANCE) > 0) {
            throw new Refusal(
                    "InvalidSignatureException",
                    400,
                    "Signature expired: " + signature.date() + " is now earlier or later than " + SIGNED_AT.format(now)
                            + " by more than 5 min.");
        }
    }

    private static Refusal unrecognised() {
        return new Refusal(
                "UnrecognizedClientException", 400, "The security token included in the request is invalid.");
    }
}
