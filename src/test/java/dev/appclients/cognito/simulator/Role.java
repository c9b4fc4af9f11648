package dev.appclients.cognito.simulator;

import org.jspecify.annotations.Nullable;

/** An IAM role with its trust policy. */
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

    /** Sets the callers that may assume the role, by ARN; {@code *} and {@code ?} as in IAM. The default is every caller. */
    public Role trusts(String callerArnPattern) {
        trusted = callerArnPattern;
        return this;
    }

    /** Sets the required external id. */
    public Role externalId(String required) {
        externalId = required;
        return this;
    }

    /** Sets whether the trust policy allows {@code sts:TagSession}. The default is true. */
    public Role allowsTagSession(boolean allowed) {
        tagSession = allowed;
        return this;
    }

    /** Sets whether a web identity token can assume the role. The default is false. */
    public Role trustsWebIdentity(boolean allowed) {
        webIdentity = allowed;
        return this;
    }

    /** Sets whether EKS Pod Identity can give the role to pods. The default is false. */
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
