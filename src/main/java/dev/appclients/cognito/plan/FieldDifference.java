package dev.appclients.cognito.plan;

/**
 * One setting that is not as the manifest wants it.
 *
 * @param field named as in the spec, such as {@code callbackURLs}
 * @param desired what the manifest asks for
 * @param observed what Cognito has
 */
public record FieldDifference(String field, String desired, String observed) {}
