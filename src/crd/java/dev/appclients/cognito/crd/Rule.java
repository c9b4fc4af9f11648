package dev.appclients.cognito.crd;

import dev.appclients.cognito.model.RuleSource;
import io.fabric8.kubernetes.api.model.apiextensions.v1.ValidationRule;
import io.fabric8.kubernetes.api.model.apiextensions.v1.ValidationRuleBuilder;
import org.jspecify.annotations.Nullable;

/**
 * A CEL rule that the API server evaluates at apply.
 *
 * @param at the path of {@code self} from the root of the object; {@code []} stands for the items of a list
 * @param holds the CEL expression that must be true
 * @param field the field below {@code at} that the error names; null for {@code at} itself
 * @param message the fault and the remedy; names the field
 * @param source the evidence for the rule
 */
public record Rule(String at, String holds, @Nullable String field, String message, RuleSource source) {

    static Rule on(String at, String holds, String message) {
        return new Rule(at, holds, null, message, RuleSource.OPERATOR);
    }

    static Rule across(String at, String field, String holds, String message) {
        return new Rule(at, holds, "." + field, message, RuleSource.OPERATOR);
    }

    /** The same rule with another source than the operator. */
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
