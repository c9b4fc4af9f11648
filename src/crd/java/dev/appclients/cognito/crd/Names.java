package dev.appclients.cognito.crd;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The names of enum constants in manifests. */
final class Names {

    private Names() {}

    /** The name that the annotation of the constant has. */
    static String of(Enum<?> constant) {
        try {
            return constant.getDeclaringClass()
                    .getField(constant.name())
                    .getAnnotation(JsonProperty.class)
                    .value();
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException("An enum has a field for each constant", e);
        }
    }
}
