package dev.appclients.cognito.soak;

/**
 * A violation of an expectation.
 *
 * @param subject the object or the client
 * @param sentence the violation
 */
record Finding(String subject, String sentence) {

    @Override
    public String toString() {
        return subject + ": " + sentence;
    }
}
