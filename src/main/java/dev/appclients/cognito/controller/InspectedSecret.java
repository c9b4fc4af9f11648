package dev.appclients.cognito.controller;

import dev.appclients.cognito.secret.SecretRequest;
import dev.appclients.cognito.secret.SecretState;

/**
 * How a Secret of the cache compares with the wanted one. Every pass asks for it, and it is a tenth of the processor time of a restart.
 *
 * @param version the resource version that was inspected, which no two versions of any Secret share; empty when there was none
 */
record InspectedSecret(SecretRequest request, String version, SecretState state) {}
