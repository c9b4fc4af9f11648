package dev.appclients.cognito.plan;

/**
 * A setting that differs from the manifest.
 *
 * @param field the name of the setting in the spec, such as {@code callbackURLs}
 * @param desired the value of the manifest or its default
 * @param observed the value in Cognito
 */
public record FieldDifference(String field, String desired, String observed) {}
