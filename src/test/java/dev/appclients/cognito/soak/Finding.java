package dev.appclients.cognito.soak;

/**
 * A violation of an expectation.
 *
 * @param input the object or the client
 * @param sentence the violation
 */
record Finding(String input, String sentence) {

    @Override
    public String toString() {
        return input + ": " + sentence;
    }
}
