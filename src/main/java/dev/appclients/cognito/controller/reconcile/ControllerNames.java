package dev.appclients.cognito.controller.reconcile;

/** Names of the controllers and their finalizers. Metrics, logs and stored objects contain them, so they never change. */
public final class ControllerNames {

    /** The controller of UserPoolClients. */
    public static final String CLIENTS = "userpoolclient";

    /** The controller of ClusterUserPools. */
    public static final String POOLS = "clusteruserpool";

    /** The controller of ClientSecretClaims. */
    public static final String CLAIMS = "clientsecretclaim";

    /** Stays on a UserPoolClient until its app client is deleted or released. */
    public static final String CLIENT_FINALIZER = "cognito.appclients.dev/app-client";

    /** Stays on a ClusterUserPool while UserPoolClients refer to it. */
    public static final String POOL_FINALIZER = "cognito.appclients.dev/user-pool";

    private ControllerNames() {}
}
