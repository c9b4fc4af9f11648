package dev.appclients.cognito.simulator;

/** Holds one second's worth of requests and refills evenly. Guarded by its owner. */
final class TokenBucket {

    private double tokens;
    private long filledNanos;

    TokenBucket(double perSecond, long nowNanos) {
        tokens = perSecond;
        filledNanos = nowNanos;
    }

    boolean has(double perSecond, long nowNanos) {
        tokens = Math.min(perSecond, tokens + (nowNanos - filledNanos) * perSecond / 1e9);
        filledNanos = nowNanos;
        return tokens >= 1;
    }

    void take() {
        tokens--;
    }
}
