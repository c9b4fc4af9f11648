package dev.appclients.cognito.model;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One version of a Namespace.
 *
 * @param labels null when the operator does not know the Namespace; every pool then denies it everything
 */
public record NamespaceSnapshot(String name, @Nullable Map<String, String> labels) {}
