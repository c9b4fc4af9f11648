package dev.appclients.cognito.simulator;

import java.util.Map;

/** The listener's reaction to a request: reply, close the connection without a byte, or reset it within the reply. */
sealed interface Answer {

    /** A complete HTTP response. The listener adds {@code Date} and {@code Content-Length}. */
    record Reply(int status, String contentType, Map<String, String> headers, byte[] body) implements Answer {

        static Reply json(int status, byte[] body) {
            return new Reply(status, "application/json", Map.of(), body);
        }
    }

    /** Resets the connection after the head and half of the body of the reply. */
    record Reset(Reply reply) implements Answer {}

    /** Closes the connection as if the network had failed. */
    record Drop() implements Answer {}
}
