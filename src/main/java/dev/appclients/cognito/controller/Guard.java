package dev.appclients.cognito.controller;

import dev.appclients.cognito.api.v1beta1.AppType;
import dev.appclients.cognito.api.v1beta1.ClusterUserPool;
import dev.appclients.cognito.api.v1beta1.DeletionPolicy;
import dev.appclients.cognito.api.v1beta1.Mode;
import dev.appclients.cognito.api.v1beta1.SecretPreset;
import dev.appclients.cognito.api.v1beta1.SecretSpec;
import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.api.v1beta1.UserPoolClientSpec;
import dev.appclients.cognito.authorization.Authorization;
import dev.appclients.cognito.authorization.Decision;
import dev.appclients.cognito.failure.FailureKind.Pace;
import dev.appclients.cognito.model.AppClientSettings;
import dev.appclients.cognito.model.PoolFacts;
import dev.appclients.cognito.model.Reason;
import dev.appclients.cognito.status.Conclusion;
import dev.appclients.cognito.status.Step;
import java.util.Map;

/** Decides whether a pass may go on at all: not while paused, nor without a pool that lets this namespace in. */
final class Guard {

    private final KubernetesView kubernetes;
    private final Claims claims;
    private final PoolReadings readings;

    Guard(KubernetesView kubernetes, Claims claims, PoolReadings readings) {
        this.kubernetes = kubernetes;
        this.claims = claims;
        this.readings = readings;
    }

    /**
     * The pool that the client is admitted to.
     *
     * @throws Stop if it is not
     * @throws PoolUnread if the pool must be read first
     */
    Admission admit(UserPoolClient resource, Progress progress) {
        if (Annotations.isPaused(resource)) {
            throw Stop.with(new Conclusion.Paused(), Pace.HOURLY);
        }
        refuseWhatThisVersionDoesNotKnow(resource.getSpec());
        ClusterUserPool pool = poolOf(resource);
        refuseDuplicate(pool);
        authorize(resource, pool);
        progress.done(Step.AUTHORIZATION);
        refuseLaterClaim(resource);
        PoolFacts facts = factsOf(pool);
        refuseAnotherPool(resource, progress, facts, pool);
        Admission admission = new Admission(
                pool.getMetadata().getName(),
                pool.getMetadata().getGeneration(),
                Pools.access(pool, resource.getMetadata().getNamespace()),
                facts);
        progress.admitted(admission);
        return admission;
    }

    /** Whether the client would still be admitted to the very pool that it was admitted to. */
    boolean stillAdmits(UserPoolClient resource, Admission admission) {
        try {
            return admit(resource, Progress.from(resource)).equals(admission);
        } catch (Stop | PoolUnread stop) {
            return false;
        }
    }

    private ClusterUserPool poolOf(UserPoolClient resource) {
        String name = resource.getSpec().userPoolRef().name();
        ClusterUserPool pool = kubernetes
                .pool(name)
                .orElseThrow(() -> Stop.waiting(
                        Step.AUTHORIZATION,
                        Reason.POOL_MISSING,
                        "There is no ClusterUserPool '" + name
                                + "': correct spec.userPoolRef.name, or ask the platform team to create it; looked at"
                                + " again as soon as it appears",
                        Pace.MINUTES));
        if (pool.isMarkedForDeletion()) {
            throw Stop.refused(
                    Step.AUTHORIZATION,
                    Reason.POOL_TERMINATING,
                    "ClusterUserPool '" + name + "' is being deleted and serves deletions only: delete this client, or"
                            + " ask the platform team",
                    Pace.MINUTES);
        }
        return pool;
    }

    /** Of two ClusterUserPools for one user pool the first keeps working; the laxer one must not win. */
    private void refuseDuplicate(ClusterUserPool pool) {
        if (!Pools.isFirst(pool, kubernetes.pools())) {
            throw Stop.refused(
                    Step.AUTHORIZATION,
                    Reason.DUPLICATE_POOL,
                    "ClusterUserPool '" + pool.getMetadata().getName() + "' names a user pool that another, older"
                            + " ClusterUserPool names already, so it is not used: ask the platform team",
                    Pace.HOURLY);
        }
    }

    private void authorize(UserPoolClient resource, ClusterUserPool pool) {
        String namespace = resource.getMetadata().getNamespace();
        Map<String, String> labels = kubernetes
                .namespaceLabels(namespace)
                .orElseThrow(() -> Stop.waiting(
                        Step.AUTHORIZATION, Reason.NAMESPACE_UNKNOWN, namespaceUnknown(resource), Pace.MINUTES));
        Decision decision =
                Authorization.decide(pool.getSpec(), pool.getMetadata().getName(), namespace, labels);
        if (decision instanceof Decision.Denied(String field, String message)) {
            throw Stop.refused(Step.AUTHORIZATION, Reason.NAMESPACE_NOT_ALLOWED, field + ": " + message, Pace.HOURLY);
        }
        if (claims.permission(resource, pool) instanceof Decision.Denied(String field, String message)) {
            throw Stop.refused(Step.AUTHORIZATION, Reason.ADOPTION_NOT_ALLOWED, field + ": " + message, Pace.HOURLY);
        }
    }

    /**
     * Makes sure that the pool lets the client have its settings.
     *
     * @param settings those that it shall have, or of an observed client those that it has
     * @throws Stop if it does not
     */
    void limit(Subject subject, AppClientSettings settings) {
        ClusterUserPool pool = poolOf(subject.resource());
        if (Authorization.decideSettings(pool.getSpec(), pool.getMetadata().getName(), settings)
                instanceof Decision.Denied(String field, String message)) {
            throw Stop.refused(Step.AUTHORIZATION, Reason.NAMESPACE_NOT_ALLOWED, field + ": " + message, Pace.HOURLY);
        }
    }

    private void refuseLaterClaim(UserPoolClient resource) {
        String taken = claims.priority(resource);
        if (taken != null) {
            throw Stop.refused(Step.CLIENT, Reason.ALREADY_OWNED, taken, Pace.HOURLY);
        }
    }

    static String namespaceUnknown(UserPoolClient resource) {
        return "The operator does not know Namespace '" + resource.getMetadata().getNamespace()
                + "' yet, so it permits nothing there. The operator reconciles this object as soon as it sees the"
                + " Namespace.";
    }

    private PoolFacts factsOf(ClusterUserPool pool) {
        return readings.facts(pool)
                .orElseThrow(() -> notReady(pool.getMetadata().getName()));
    }

    /** A pool that this process has not read, or not read successfully. */
    static Stop notReady(String poolName) {
        return Stop.waiting(
                Step.CLIENT,
                Reason.POOL_NOT_READY,
                "The operator has not read the user pool of ClusterUserPool '" + poolName
                        + "' successfully. See the conditions of the ClusterUserPool. The operator reconciles this object"
                        + " as soon as it has read the pool.",
                Pace.MINUTES);
    }

    /**
     * Makes sure that this process has read the pool itself: before anything is written from facts of the pool that the object's
     * status and Secret do not say already.
     *
     * @throws PoolUnread if it has not
     */
    void confirmFacts(Subject subject) {
        readings.require(poolOf(subject.resource()), subject.resource());
    }

    /** The ARN tells account and Region apart, which a pool id alone does not. */
    private void refuseAnotherPool(UserPoolClient resource, Progress progress, PoolFacts facts, ClusterUserPool pool) {
        String recorded = progress.userPoolARN();
        if (recorded != null && !recorded.equals(facts.arn().value())) {
            readings.require(pool, resource);
            String poolName = pool.getMetadata().getName();
            throw Stop.refused(
                    Step.CLIENT,
                    Reason.POOL_CHANGED,
                    "The app client was created in " + recorded + ", but ClusterUserPool '" + poolName + "' is now "
                            + facts.arn() + ": restore the ClusterUserPool, or delete this object with"
                            + " deletionPolicy: Retain and create it anew",
                    Pace.HOURLY);
        }
    }

    /** The schema of a newer version may let values in that this version would misread: better nothing than the wrong thing. */
    private static void refuseWhatThisVersionDoesNotKnow(UserPoolClientSpec spec) {
        SecretSpec secret = spec.secret();
        boolean unknown = spec.appType() == AppType.UNKNOWN
                || spec.deletionPolicy() == DeletionPolicy.UNKNOWN
                || spec.mode() == Mode.UNKNOWN
                || (secret != null
                        && (secret.preset() == SecretPreset.UNKNOWN || secret.onDelete() == DeletionPolicy.UNKNOWN));
        if (unknown) {
            throw Stop.refused(
                    Step.CLIENT,
                    Reason.UNSUPPORTED_SPEC,
                    "The manifest has a value that this version of the operator does not know, so nothing is changed:"
                            + " upgrade the operator to the version that the installed CRDs belong to",
                    Pace.HOURLY);
        }
    }
}
