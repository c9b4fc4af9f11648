package dev.appclients.cognito.simulator;

import java.util.concurrent.ThreadLocalRandom;

/** Generates ids and secrets. */
final class Ids {

    private static final String LOWER = "0123456789abcdefghijklmnopqrstuvwxyz";
    private static final String CAPITALS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final String ALL = LOWER + "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

    private final Switches switches;

    Ids(Switches switches) {
        this.switches = switches;
    }

    String clientId() {
        return of(LOWER, switches.isOn(Switch.SHORT_CLIENT_IDS) ? 25 : 26);
    }

    /** Returns a generated secret: 51 lower-case letters and digits. */
    String secret() {
        return of(LOWER, 51);
    }

    String capitals(int length) {
        return of(CAPITALS, length);
    }

    String word(int length) {
        return of(ALL, length);
    }

    private static String of(String alphabet, int length) {
        var random = ThreadLocalRandom.current();
        var text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }
}
