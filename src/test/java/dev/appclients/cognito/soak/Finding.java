package dev.appclients.cognito.soak;

/**
 * Something that is not as it must be.
 *
 * @param subject the object or the client that it is about
 * @param sentence what is wrong
 */
record Finding(String subject, String sentence) {

    @Override
    public String toString() {
        return subject + ": " + sentence;
    }
}
