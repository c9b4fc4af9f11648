package dev.appclients.cognito.simulator;

/** Holds the requests of one second, but at least one, and refills evenly. Guarded by its owner. */
final class TokenBucket {

    private double tokens;
    private long filledNanos;

    TokenBucket(double perSecond, long nowNanos) {
        tokens = capacity(perSecond);
        filledNanos = nowNanos;
    }

    boolean has(double perSecond, long nowNanos) {
        long passed = Math.max(0, nowNanos - filledNanos);
        tokens = Math.min(capacity(perSecond), tokens + passed * perSecond / 1e9);
        filledNanos = nowNanos;
        return tokens >= 1;
    }

    void take() {
        tokens--;
    }

    /** A capacity of less than one token would admit no request ever. */
    private static double capacity(double perSecond) {
        return Math.max(1, perSecond);
    }
}
