package dev.appclients.cognito.crd;

import io.fabric8.kubernetes.api.model.apiextensions.v1.ValidationRule;
import io.fabric8.kubernetes.api.model.apiextensions.v1.ValidationRuleBuilder;
import org.jspecify.annotations.Nullable;

/**
 * A rule that the API server judges at apply.
 *
 * @param at the value that {@code self} stands for, from the root of the object; {@code []} stands for the items of a list
 * @param holds the CEL expression that must be true
 * @param field the field below {@code at} that the refusal points to; absent: {@code at} itself
 * @param message what is wrong and what to do, in one sentence that names the field
 */
record Rule(String at, String holds, @Nullable String field, String message) {

    static Rule on(String at, String holds, String message) {
        return new Rule(at, holds, null, message);
    }

    static Rule across(String at, String field, String holds, String message) {
        return new Rule(at, holds, "." + field, message);
    }

    ValidationRule asSchema() {
        return new ValidationRuleBuilder()
                .withRule(holds)
                .withMessage(message)
                .withFieldPath(field)
                .build();
    }
}
