package dev.appclients.cognito.bench;

/** Aims of the parts about size, on two cores that the operator shares with the control plane and the simulator. */
final class Aims {

    static final double OP_TO_API_WARM = 0.37;
    static final double CPU_MILLIS_PER_CLIENT = 13;
    static final double SHARE_OF_CEILING = 0.7;
    static final double WATCHED_WITHIN_SECONDS = 7;
    static final double IDLE_MINUTE_SECONDS = 0.5;
    static final double LIVE_KB_PER_CLIENT = 4;
    static final double LIVE_LEFT_BEHIND_MIB = 1;
    static final double LEASE_GAP_SECONDS = 5;
    /** A leader that cannot renew its lease ends within the lease's duration. Then another may lead. */
    static final double LEASE_SECONDS = 15;

    static final double FIRST_OF_ANOTHER_NAMESPACE_SECONDS = 3;

    static final double LIVE_KB_PER_COPY = 3;
    /** For a thousand copies. */
    static final double CHANGED_VALUE_SECONDS = 10;

    /** For whatever the operator watches. */
    static final double REACTION_SECONDS = 2;

    /** With ten copies. */
    static final double REQUESTS_OF_A_ROTATION = 24;

    static final double START_SECONDS = 1.5;
    static final double IMAGE_MIB = 150;

    private Aims() {}
}
