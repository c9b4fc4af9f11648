package dev.appclients.cognito.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The supported part of an IAM policy document: effect, actions, resources, conditions on tags and times. */
record Policy(List<Statement> statements) {

    private static final Set<String> OPERATORS =
            Set.of("StringEquals", "StringLike", "StringNotEquals", "DateLessThan");

    record Condition(String operator, String key, List<String> values) {

        boolean holds(Map<String, String> facts) {
            var fact = facts.get(key.toLowerCase(Locale.ROOT));
            return switch (operator) {
                case "StringEquals" -> fact != null && values.contains(fact);
                case "StringNotEquals" -> fact == null || !values.contains(fact);
                case "DateLessThan" ->
                    fact != null
                            && values.stream()
                                    .anyMatch(value -> Instant.parse(fact).isBefore(Instant.parse(value)));
                default -> fact != null && values.stream().anyMatch(value -> Glob.matches(value, fact));
            };
        }
    }

    record Statement(boolean allow, List<String> actions, List<String> resources, List<Condition> conditions) {

        boolean concerns(Caller caller, String action, String resource) {
            return actions.stream()
                            .anyMatch(each ->
                                    Glob.matches(each.toLowerCase(Locale.ROOT), action.toLowerCase(Locale.ROOT)))
                    && resources.stream().anyMatch(each -> Glob.matches(each, resource))
                    && conditions.stream().allMatch(each -> each.holds(facts(caller, resource)));
        }

        private static Map<String, String> facts(Caller caller, String resource) {
            var facts = new HashMap<String, String>();
            caller.tags().forEach((key, value) -> facts.put("aws:principaltag/" + key.toLowerCase(Locale.ROOT), value));
            facts.put("aws:principalaccount", caller.account());
            facts.put("aws:principalarn", caller.principal());
            if (caller.since() != null) {
                facts.put("aws:tokenissuetime", caller.since().toString());
            }
            var arn = resource.split(":");
            if (arn.length > 4) {
                facts.put("aws:requestedregion", arn[3]);
                facts.put("aws:resourceaccount", arn[4]);
            }
            return facts;
        }
    }

    boolean allows(Caller caller, String action, String resource) {
        return statements.stream().anyMatch(each -> each.allow() && each.concerns(caller, action, resource));
    }

    boolean denies(Caller caller, String action, String resource) {
        return statements.stream().anyMatch(each -> !each.allow() && each.concerns(caller, action, resource));
    }

    static Policy allExcept(String action, String resource) {
        return new Policy(List.of(
                new Statement(true, List.of("*"), List.of("*"), List.of()),
                new Statement(false, List.of(action), List.of(resource), List.of())));
    }

    /** Parses a document. Refuses unsupported parts, since ignoring a condition would allow too much. */
    static Policy parse(JsonNode document) {
        var statements = new ArrayList<Statement>();
        for (var statement : each(document.path("Statement"))) {
            if (statement.has("NotAction") || statement.has("NotResource")) {
                throw new IllegalArgumentException("NotAction and NotResource are not supported.");
            }
            statements.add(new Statement(
                    statement.path("Effect").asText().equals("Allow"),
                    texts(statement.path("Action")),
                    texts(statement.path("Resource")),
                    conditions(statement.path("Condition"))));
        }
        return new Policy(statements);
    }

    private static List<Condition> conditions(JsonNode block) {
        var conditions = new ArrayList<Condition>();
        block.properties().forEach(operator -> {
            if (!OPERATORS.contains(operator.getKey())) {
                throw new IllegalArgumentException("The condition " + operator.getKey() + " is not supported.");
            }
            operator.getValue()
                    .properties()
                    .forEach(key ->
                            conditions.add(new Condition(operator.getKey(), key.getKey(), texts(key.getValue()))));
        });
        return conditions;
    }

    private static List<String> texts(JsonNode oneOrMany) {
        return each(oneOrMany).stream().map(JsonNode::asText).toList();
    }

    private static List<JsonNode> each(JsonNode oneOrMany) {
        var all = new ArrayList<JsonNode>();
        if (oneOrMany.isArray()) {
            oneOrMany.forEach(all::add);
        } else if (!oneOrMany.isMissingNode()) {
            all.add(oneOrMany);
        }
        return all;
    }
}
