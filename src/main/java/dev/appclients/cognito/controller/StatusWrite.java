package dev.appclients.cognito.controller;

import dev.appclients.cognito.controller.PassListener.NotWritten;

/**
 * The outcome of one write of a status.
 *
 * @param <T> the kind of the object
 */
sealed interface StatusWrite<T> {

    /**
     * The status stands.
     *
     * @param now the object as the API server answered
     */
    record Written<T>(T now) implements StatusWrite<T> {}

    /**
     * It is not known to stand. A conflict may come after the first of two requests, so part of it may.
     *
     * @param failure the exception of the request
     */
    record Unwritten<T>(NotWritten why, RuntimeException failure) implements StatusWrite<T> {}
}
