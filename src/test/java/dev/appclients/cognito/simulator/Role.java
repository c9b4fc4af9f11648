package dev.appclients.cognito.simulator;

import org.jspecify.annotations.Nullable;

/** A role and whom it trusts. */
public final class Role {

    private final String arn;
    private volatile String trusted = "*";
    private volatile @Nullable String externalId;
    private volatile boolean tagSession = true;
    private volatile boolean webIdentity;
    private volatile boolean pods;

    Role(String arn) {
        if (!arn.matches("arn:[\\w-]+:iam::\\d{12}:role/.+")) {
            throw new IllegalArgumentException("Not the ARN of a role: " + arn);
        }
        this.arn = arn;
    }

    /** Who may assume it, by ARN; {@code *} and {@code ?} as in IAM. Everybody unless set. */
    public Role trusts(String callerArnPattern) {
        trusted = callerArnPattern;
        return this;
    }

    /** The external id that is demanded. */
    public Role externalId(String required) {
        externalId = required;
        return this;
    }

    /** Whether the trust policy allows {@code sts:TagSession}; it does unless set. */
    public Role allowsTagSession(boolean allowed) {
        tagSession = allowed;
        return this;
    }

    /** Whether it may be assumed with a web identity token; not unless set. */
    public Role trustsWebIdentity(boolean allowed) {
        webIdentity = allowed;
        return this;
    }

    /** Whether EKS Pod Identity may hand it to pods; not unless set. */
    public Role trustsPods(boolean allowed) {
        pods = allowed;
        return this;
    }

    String arn() {
        return arn;
    }

    String account() {
        return arn.split(":")[4];
    }

    String name() {
        return arn.substring(arn.lastIndexOf('/') + 1);
    }

    boolean trusts(Caller caller) {
        return Glob.matches(trusted, caller.arn()) || Glob.matches(trusted, caller.principal());
    }

    @Nullable
    String externalId() {
        return externalId;
    }

    boolean allowsTagSession() {
        return tagSession;
    }

    boolean trustsPods() {
        return pods;
    }

    boolean trustsWebIdentity() {
        return webIdentity;
    }
}
