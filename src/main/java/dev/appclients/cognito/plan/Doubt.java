package dev.appclients.cognito.plan;

import dev.appclients.cognito.model.RuleSource;
import java.util.function.Predicate;

/**
 * Something that Cognito may take and that will hardly do what its author wants.
 *
 * @param field the field of the manifest that it is about
 * @param sentence what is doubtful and what to do
 * @param source how it is known
 * @param applies whether a client gives rise to it, judged on its effective settings alone
 */
public record Doubt(String field, String sentence, RuleSource source, Predicate<DesiredClient> applies) {}
