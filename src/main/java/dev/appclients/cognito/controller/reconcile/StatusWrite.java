package dev.appclients.cognito.controller.reconcile;

import dev.appclients.cognito.controller.reconcile.PassListener.NotWritten;

/**
 * The outcome of one write of a status.
 *
 * @param <T> the kind of the object
 */
public sealed interface StatusWrite<T> {

    /**
     * The API server has the status.
     *
     * @param now the object in the API server's answer
     */
    record Written<T>(T now) implements StatusWrite<T> {}

    /**
     * The API server did not confirm the status. It may have it nevertheless, if its answer was lost.
     *
     * @param failure the exception of the request
     */
    record Unwritten<T>(NotWritten why, RuntimeException failure) implements StatusWrite<T> {}
}
