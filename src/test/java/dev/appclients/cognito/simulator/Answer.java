package dev.appclients.cognito.simulator;

import java.util.Map;

/** What the listener does with a request: reply, close the connection without a byte, or reset it in the reply. */
sealed interface Answer {

    /** A complete HTTP response; {@code Date} and {@code Content-Length} are added by the listener. */
    record Reply(int status, String contentType, Map<String, String> headers, byte[] body) implements Answer {

        static Reply json(int status, byte[] body) {
            return new Reply(status, "application/json", Map.of(), body);
        }
    }

    /** The connection is reset when the head and half of the body of the reply have been sent. */
    record Reset(Reply reply) implements Answer {}

    /** The connection ends as if the network had failed. */
    record Drop() implements Answer {}
}
