package dev.appclients.cognito.soak;

import dev.appclients.cognito.controller.reconcile.OperatorSettings;
import dev.appclients.cognito.crash.CrashableOperator;
import dev.appclients.cognito.crash.CrashableOperator.Failure;
import java.net.URI;
import java.time.Duration;

/** Runs one operator after another. Every nth one is a separate process, which SIGKILL ends. */
final class Operators implements AutoCloseable {

    /** The settling time of a create: longer than the latest commit of the soak, including the lag of a List. */
    static final Duration SETTLES_AFTER = Duration.ofSeconds(4);

    private static final Duration BEHIND = Duration.ofMillis(300);

    private static final Duration NEVER = Duration.ofDays(1_000);

    /** The shipped settings without periodic checks, so that no call is allowed at the end. */
    private static final OperatorSettings SETTINGS = OperatorSettings.DEFAULT
            .withCreateSettlesAfter(SETTLES_AFTER)
            .withDriftCheckInterval(NEVER)
            .withPoolInterval(NEVER);

    private final URI cognito;
    private final int processEvery;
    private CrashableOperator now;
    private boolean isProcess;
    private int runs = 1;

    /** @param processEvery the interval of the operators that are processes; 0 for none */
    Operators(URI cognito, int processEvery) {
        this.cognito = cognito;
        this.processEvery = processEvery;
        now = here();
    }

    CrashableOperator now() {
        return now;
    }

    int count() {
        return runs;
    }

    /** Starts another operator if the current one has crashed. */
    boolean restartIfCrashed() {
        if (!now.hasCrashed()) {
            return false;
        }
        now.close();
        begin(false);
        return true;
    }

    void restart() {
        now.stop();
        begin(false);
    }

    void kill() {
        now.kill();
        now.close();
        begin(false);
    }

    void fail(Failure failure, int nth) {
        now.fail(failure, nth);
    }

    /** Removes all faults. Replaces a process, which has periodic checks, by an operator without them. */
    void stopFaults() {
        now.clearFaults();
        restartIfCrashed();
        if (isProcess) {
            now.stop();
            begin(true);
        }
    }

    private void begin(boolean here) {
        runs++;
        isProcess = !here && processEvery > 0 && runs % processEvery == 0;
        now = isProcess ? CrashableOperator.inSeparateProcess(cognito, SETTINGS) : here();
    }

    /** Delays the watch events of every second operator, and duplicates those of two in five. */
    private CrashableOperator here() {
        return CrashableOperator.inThisProcess(cognito, SETTINGS, runs % 2 == 0 ? BEHIND : Duration.ZERO, runs % 5 < 2);
    }

    @Override
    public void close() {
        now.close();
    }
}
