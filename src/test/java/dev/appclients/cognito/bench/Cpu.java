package dev.appclients.cognito.bench;

import java.time.Duration;

/**
 * Processor time of the processes of a bed, user and system, of all threads: since their start, or since an earlier moment.
 *
 * @param operator the operator's
 * @param apiServer kube-apiserver's
 * @param etcd etcd's
 * @param simulator the simulator's
 */
record Cpu(Duration operator, Duration apiServer, Duration etcd, Duration simulator) {

    Cpu minus(Cpu earlier) {
        return new Cpu(
                operator.minus(earlier.operator),
                apiServer.minus(earlier.apiServer),
                etcd.minus(earlier.etcd),
                simulator.minus(earlier.simulator));
    }

    /** The operator's time divided by the API server's. Differs less between machines than either. NaN without the latter. */
    double ratio() {
        return apiServer.isZero() ? Double.NaN : (double) operator.toNanos() / apiServer.toNanos();
    }

    /** The reached share of the possible rate, if the operator cost nothing and the other processes used every core. */
    double shareOfCeiling(int count, Duration took, int cores) {
        double others = apiServer.plus(etcd).plus(simulator).toNanos() / 1e9 / count;
        double ceiling = cores / others;
        return count / (took.toNanos() / 1e9) / ceiling;
    }
}
