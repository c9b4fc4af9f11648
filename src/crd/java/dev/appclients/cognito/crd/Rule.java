package dev.appclients.cognito.crd;

import dev.appclients.cognito.model.RuleSource;
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
 * @param source how it is known
 */
public record Rule(String at, String holds, @Nullable String field, String message, RuleSource source) {

    static Rule on(String at, String holds, String message) {
        return new Rule(at, holds, null, message, RuleSource.OPERATOR);
    }

    static Rule across(String at, String field, String holds, String message) {
        return new Rule(at, holds, "." + field, message, RuleSource.OPERATOR);
    }

    /** The same rule, known from elsewhere: without this it is the operator's own. */
    Rule from(RuleSource known) {
        return new Rule(at, holds, field, message, known);
    }

    /** The path below {@code spec} of the field that the rule is about. */
    public String about() {
        var path = field == null ? at : at + field;
        return path.replaceFirst("^[.]?spec[.]?", "").replaceFirst("(\\[]|[{]})$", "");
    }

    ValidationRule asSchema() {
        return new ValidationRuleBuilder()
                .withRule(holds)
                .withMessage(message)
                .withFieldPath(field)
                .build();
    }
}
