package dev.appclients.cognito.controller.client;

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
import dev.appclients.cognito.authorization.PoolSnapshot;
import dev.appclients.cognito.controller.cluster.Adoption;
import dev.appclients.cognito.controller.cluster.Annotations;
import dev.appclients.cognito.controller.cluster.KubernetesView;
import dev.appclients.cognito.controller.cluster.PoolReadings;
import dev.appclients.cognito.controller.cluster.PoolUnread;
import dev.appclients.cognito.controller.cluster.Pools;
import dev.appclients.cognito.controller.reconcile.StopReconciliation;
import dev.appclients.cognito.failure.FailureKind.Pace;
import dev.appclients.cognito.model.AppClientSettings;
import dev.appclients.cognito.model.NamespaceSnapshot;
import dev.appclients.cognito.model.PoolFacts;
import dev.appclients.cognito.model.Reason;
import dev.appclients.cognito.plan.DesiredClient;
import dev.appclients.cognito.secret.content.SecretShape;
import dev.appclients.cognito.status.Outcome;
import dev.appclients.cognito.status.Step;
import java.util.Objects;

/** Decides whether a reconciliation may proceed: the object is not paused, and its pool admits its namespace, settings and number. */
final class Guard {

    private final KubernetesView kubernetes;
    private final ClientOwnership clientOwnership;
    private final PoolReadings readings;
    private final ClientQuota quota;

    Guard(KubernetesView kubernetes, ClientOwnership clientOwnership, PoolReadings readings) {
        this.kubernetes = kubernetes;
        this.clientOwnership = clientOwnership;
        this.readings = readings;
        this.quota = new ClientQuota(kubernetes);
    }

    /**
     * Reads the pool and the namespace from the cache, once for the whole reconciliation, and judges whether they admit the client.
     *
     * @throws StopReconciliation if they do not
     * @throws PoolUnread if the operator must read the pool from Cognito first
     */
    AdmittedPool admit(UserPoolClient resource, PassState pass) {
        if (Annotations.isPaused(resource)) {
            throw StopReconciliation.with(new Outcome.Paused(), Pace.HOURLY);
        }
        refuseUnknownValues(resource.getSpec());
        ClusterUserPool pool = poolOf(resource);
        NamespaceSnapshot namespace = clientOwnership.namespaceOf(resource);
        refuseDuplicate(pool);
        authorize(resource, PoolSnapshot.of(pool), namespace);
        quota.require(resource, pool);
        pass.done(Step.AUTHORIZATION);
        refuseLaterAdoption(resource, pool);
        PoolFacts facts = readings.facts(pool)
                .orElseThrow(() -> notReady(pool.getMetadata().getName()));
        refuseAnotherPool(resource, pass, facts, pool);
        AdmittedPool admittedPool = AdmittedPool.of(pool, namespace, facts);
        pass.admitted(admittedPool);
        return admittedPool;
    }

    /** Whether the newest version of the pool still admits the client to the same user pool. */
    boolean stillAdmits(UserPoolClient resource, AdmittedPool admittedPool) {
        try {
            return admit(resource, PassState.from(resource)).isSameAs(admittedPool);
        } catch (StopReconciliation | PoolUnread stop) {
            return false;
        }
    }

    private ClusterUserPool poolOf(UserPoolClient resource) {
        String name = resource.getSpec().userPoolRef().name();
        ClusterUserPool pool = kubernetes
                .pool(name)
                .orElseThrow(() -> StopReconciliation.waiting(
                        Step.AUTHORIZATION,
                        Reason.POOL_MISSING,
                        "ClusterUserPool '" + name
                                + "' not found. Fix spec.userPoolRef.name, or ask the platform team to"
                                + " create it. The operator reconciles this object as soon as it exists.",
                        Pace.MINUTES));
        if (pool.isMarkedForDeletion()) {
            throw StopReconciliation.refused(
                    Step.AUTHORIZATION,
                    Reason.POOL_TERMINATING,
                    "ClusterUserPool '" + name
                            + "' is being deleted, so the operator only deletes its clients. Delete this"
                            + " object, or ask the platform team. The operator retries within five minutes.",
                    Pace.MINUTES);
        }
        return pool;
    }

    /** The first of two ClusterUserPools for one user pool keeps working, so that a second one cannot grant more. */
    private void refuseDuplicate(ClusterUserPool pool) {
        if (!Pools.isFirst(pool, kubernetes.pools())) {
            throw StopReconciliation.refused(
                    Step.AUTHORIZATION,
                    Reason.DUPLICATE_POOL,
                    "ClusterUserPool '" + pool.getMetadata().getName() + "' names the user pool of an older"
                            + " ClusterUserPool, so the operator does not use it. Ask the platform team to delete one of"
                            + " them. The operator retries hourly.",
                    Pace.HOURLY);
        }
    }

    private static void authorize(UserPoolClient resource, PoolSnapshot pool, NamespaceSnapshot namespace) {
        if (namespace.labels() == null) {
            throw StopReconciliation.waiting(
                    Step.AUTHORIZATION, Reason.NAMESPACE_UNKNOWN, namespaceUnknown(namespace.name()), Pace.MINUTES);
        }
        refuseDenied(Authorization.decideUse(pool, namespace), Reason.NAMESPACE_NOT_ALLOWED);
        refuseDenied(ClientOwnership.decideAdoption(resource, pool, namespace), Reason.ADOPTION_NOT_ALLOWED);
        DesiredClient desired = ReconcileInput.desired(resource, pool);
        if (ClientOwnership.mode(resource) != Mode.OBSERVE) {
            refuseDenied(
                    Authorization.decideSettings(
                            pool, namespace, resource.getSpec().appType(), desired.settings()),
                    Reason.SETTING_NOT_ALLOWED);
        }
        // The next step refuses a form that no pool permits, as an invalid one. A limit of this pool would not explain
        // it.
        if (!OutputRequests.problems(resource.getSpec(), desired.confidential()).isEmpty()) {
            return;
        }
        SecretShape secret = SecretShape.of(resource.getSpec().secret());
        refuseDenied(
                Authorization.decideSecret(
                        pool,
                        namespace,
                        secret.type(),
                        secret.labels().keySet(),
                        secret.annotations().keySet()),
                Reason.SETTING_NOT_ALLOWED);
    }

    /**
     * Makes sure that the pool allows a client that is only observed the settings that it has in Cognito.
     *
     * @throws StopReconciliation if the pool denies one
     */
    void requireAllowedObservation(ReconcileInput input, PassState pass, AppClientSettings settings) {
        AdmittedPool pool = input.pool();
        Decision decision = Authorization.decideSettings(
                pool.snapshot(), pool.namespace(), input.spec().appType(), settings);
        if (decision instanceof Decision.Denied(String field, String message)) {
            pass.undone(Step.AUTHORIZATION);
            throw refused(
                    field,
                    message
                            + " These are the settings in Cognito, because mode is Observe. The operator compares them at"
                            + " each drift check.",
                    Reason.SETTING_NOT_ALLOWED);
        }
    }

    private static void refuseDenied(Decision decision, Reason reason) {
        if (decision instanceof Decision.Denied(String field, String message)) {
            throw refused(field, message + " The operator retries hourly.", reason);
        }
    }

    private static StopReconciliation refused(String field, String message, Reason reason) {
        return StopReconciliation.refused(Step.AUTHORIZATION, reason, field + ": " + message, Pace.HOURLY);
    }

    private void refuseLaterAdoption(UserPoolClient resource, ClusterUserPool pool) {
        clientOwnership.earlierOwner(resource, pool).ifPresent(owner -> {
            throw StopReconciliation.refused(
                    Step.CLIENT,
                    Reason.ALREADY_OWNED,
                    ClientOwnership.alreadyOwned(resource, Objects.requireNonNull(Adoption.adopted(resource)), owner),
                    Pace.HOURLY);
        });
    }

    static String namespaceUnknown(String namespace) {
        return "The operator does not know Namespace '" + namespace + "' yet, so it permits nothing there. The operator"
                + " reconciles this object as soon as it sees the Namespace.";
    }

    /** The operator has not read the pool, or the last attempt failed. */
    static StopReconciliation notReady(String poolName) {
        return StopReconciliation.waiting(
                Step.CLIENT,
                Reason.POOL_NOT_READY,
                "The operator has not read the user pool of ClusterUserPool '" + poolName
                        + "' successfully. See the conditions of the ClusterUserPool. The operator reconciles this object"
                        + " as soon as it has read the pool.",
                Pace.MINUTES);
    }

    /**
     * Makes sure that this process has read the facts of this reconciliation from Cognito. Called before the operator writes facts that
     * the object's status and Secret do not contain yet: other writers can forge the facts in the pool's status.
     *
     * @throws PoolUnread if it has not, or has read others since the reconciliation began
     */
    void requireConfirmedFacts(ReconcileInput input) {
        readings.require(input.pool().object(), input.pool().facts(), input.resource());
    }

    /** Compares ARNs: a pool id alone does not tell accounts apart. */
    private void refuseAnotherPool(UserPoolClient resource, PassState pass, PoolFacts facts, ClusterUserPool pool) {
        String recorded = pass.userPoolARN();
        if (recorded != null && !recorded.equals(facts.arn().value())) {
            readings.require(pool, facts, resource);
            String poolName = pool.getMetadata().getName();
            throw StopReconciliation.refused(
                    Step.CLIENT,
                    Reason.POOL_CHANGED,
                    "The app client was created in " + recorded + ", but ClusterUserPool '" + poolName + "' is now "
                            + facts.arn() + ". Restore the ClusterUserPool, or delete this object with"
                            + " deletionPolicy: Retain and create it again. The operator retries hourly.",
                    Pace.HOURLY);
        }
    }

    /** The CRDs of a newer version may admit values that this version would misread. */
    private static void refuseUnknownValues(UserPoolClientSpec spec) {
        SecretSpec secret = spec.secret();
        boolean unknown = spec.appType() == AppType.UNKNOWN
                || spec.deletionPolicy() == DeletionPolicy.UNKNOWN
                || spec.mode() == Mode.UNKNOWN
                || (secret != null
                        && (secret.preset() == SecretPreset.UNKNOWN || secret.onDelete() == DeletionPolicy.UNKNOWN));
        if (unknown) {
            throw StopReconciliation.refused(
                    Step.CLIENT,
                    Reason.UNSUPPORTED_SPEC,
                    "The manifest has a value that this version of the operator does not know, so the operator changes"
                            + " nothing. Upgrade the operator to the version of the installed CRDs. The operator retries"
                            + " hourly.",
                    Pace.HOURLY);
        }
    }
}
