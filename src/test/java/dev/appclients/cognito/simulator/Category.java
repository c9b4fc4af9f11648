package dev.appclients.cognito.simulator;

/** The request rate categories, each shared by one account in one Region. */
public enum Category {
    USER_POOL_CLIENT_READ(15, true),
    USER_POOL_CLIENT_UPDATE(15, true),
    USER_POOL_READ(15, false),
    USER_POOL_UPDATE(15, false),
    USER_POOL_RESOURCE_READ(20, true),
    USER_POOL_RESOURCE_UPDATE(15, true);

    private final int perSecond;
    private final boolean limitedPerPool;

    Category(int perSecond, boolean limitedPerPool) {
        this.perSecond = perSecond;
        this.limitedPerPool = limitedPerPool;
    }

    /** Requests per second, per account and Region. */
    public int perSecond() {
        return perSecond;
    }

    /** Whether each operation is also limited to five requests per second and pool. */
    public boolean limitedPerPool() {
        return limitedPerPool;
    }
}
