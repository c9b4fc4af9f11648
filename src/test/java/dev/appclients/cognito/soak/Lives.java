package dev.appclients.cognito.soak;

import dev.appclients.cognito.controller.OperatorSettings;
import dev.appclients.cognito.crash.MortalOperator;
import dev.appclients.cognito.crash.MortalOperator.Trouble;
import java.net.URI;
import java.time.Duration;

/** The operator's lives, one after another; every so manieth is a process of its own, which dies by SIGKILL. */
final class Lives implements AutoCloseable {

    /** How long a create may still turn up: longer than any create that the soak lets come late, List lag included. */
    static final Duration SETTLES_AFTER = Duration.ofSeconds(4);

    private static final Duration BEHIND = Duration.ofMillis(300);

    private static final Duration NEVER = Duration.ofDays(1_000);

    /** What ships, but without looks by the clock: at the end no call may be made at all. */
    private static final OperatorSettings SETTINGS = OperatorSettings.DEFAULT
            .withCreateSettlesAfter(SETTLES_AFTER)
            .withDriftCheckInterval(NEVER)
            .withPoolInterval(NEVER);

    private final URI cognito;
    private final int processEvery;
    private MortalOperator now;
    private boolean isProcess;
    private int lives = 1;

    /** @param processEvery 0 for no processes at all */
    Lives(URI cognito, int processEvery) {
        this.cognito = cognito;
        this.processEvery = processEvery;
        now = here();
    }

    MortalOperator now() {
        return now;
    }

    int count() {
        return lives;
    }

    /** After a death that came by itself another life begins. */
    boolean succeedIfDead() {
        if (!now.isDead()) {
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

    void trouble(Trouble trouble, int nth) {
        now.trouble(trouble, nth);
    }

    /** No trouble any more; a process, which looks by the clock, gives way to a life that does not. */
    void calm() {
        now.forgive();
        succeedIfDead();
        if (isProcess) {
            now.stop();
            begin(true);
        }
    }

    private void begin(boolean here) {
        lives++;
        isProcess = !here && processEvery > 0 && lives % processEvery == 0;
        now = isProcess ? MortalOperator.inAProcessOfItsOwn(cognito, SETTINGS) : here();
    }

    /** In every second life the caches are behind, and in two of five all that they hear they hear twice. */
    private MortalOperator here() {
        return MortalOperator.inThisProcess(cognito, SETTINGS, lives % 2 == 0 ? BEHIND : Duration.ZERO, lives % 5 < 2);
    }

    @Override
    public void close() {
        now.close();
    }
}
