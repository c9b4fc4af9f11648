package dev.appclients.cognito.crd;

import dev.appclients.cognito.api.v1beta1.Patterns;
import dev.appclients.cognito.model.RuleSource;
import java.util.Map;

/** Each pattern in words: the API server refuses a text by its pattern alone, and nobody should have to read that. */
final class Shapes {
    private static final Map<String, Words> IN_WORDS = Map.ofEntries(
            shape(
                    Patterns.DURATION,
                    RuleSource.OPERATOR,
                    "must be a whole number above 0 with the unit s, m, h or d; write for example 90m"),
            shape(
                    Patterns.DURATION_OR_ZERO,
                    RuleSource.OPERATOR,
                    "must be a whole number with the unit s, m, h or d; write for example 10s"),
            shape(
                    Patterns.OBJECT_NAME,
                    RuleSource.KUBERNETES,
                    "must have only lower-case letters, digits, - and ., and begin and end with a letter or digit; write for example web-shop"),
            shape(
                    Patterns.LABEL_NAME,
                    RuleSource.KUBERNETES,
                    "must have only lower-case letters, digits and -, and begin and end with a letter or digit; write for example web-shop"),
            shape(
                    Patterns.LABEL_KEY,
                    RuleSource.KUBERNETES,
                    "must be a key that a label can have; write <name> or <domain>/<name>"),
            shape(
                    Patterns.LABEL_VALUE,
                    RuleSource.KUBERNETES,
                    "must be a value that a label can have: letters, digits, -, _ and ., beginning and ending with a letter or digit"),
            shape(
                    Patterns.URL,
                    RuleSource.AWS_SERVICE_MODEL,
                    "must not contain spaces or control characters; write a space as %20"),
            shape(
                    Patterns.ROLE_ARN,
                    RuleSource.AWS_SERVICE_MODEL,
                    "must be the ARN of a role; write arn:aws:iam::<account>:role/<name>"),
            shape(
                    Patterns.ARN,
                    RuleSource.AWS_SERVICE_MODEL,
                    "must be an ARN; write arn:aws:mobiletargeting:<region>:<account>:apps/<project id>"),
            shape(
                    Patterns.CLIENT_NAME,
                    RuleSource.AWS_SERVICE_MODEL,
                    "may have only ASCII letters, digits, spaces and _ + = , . @ -; remove other characters, also tabs and line breaks"),
            shape(
                    Patterns.SCOPE,
                    RuleSource.AWS_SERVICE_MODEL,
                    "must be one scope each, without space, double quote and backslash; write several scopes as several items"),
            shape(
                    Patterns.PROVIDER_NAME,
                    RuleSource.AWS_SERVICE_MODEL,
                    "must not contain control characters or line breaks; remove them"),
            shape(
                    Patterns.ATTRIBUTE_NAME,
                    RuleSource.AWS_SERVICE_MODEL,
                    "must be one attribute each, without spaces and control characters; write several attributes as several items"),
            shape(
                    Patterns.ONE_LINE,
                    RuleSource.OPERATOR,
                    "must not contain control characters or line breaks; remove them"),
            shape(
                    Patterns.CLIENT_ID,
                    RuleSource.AWS_SERVICE_MODEL,
                    "must be the id of an app client, which has only letters, digits, _ and +; copy it from Cognito"),
            shape(
                    Patterns.HEXADECIMAL,
                    RuleSource.AWS_SERVICE_MODEL,
                    "must be hexadecimal; copy the project id from Pinpoint"),
            shape(
                    Patterns.EXTERNAL_ID,
                    RuleSource.AWS_SERVICE_MODEL,
                    "may have only ASCII letters, digits and _ + = , . @ : / -, because STS takes no other; remove the rest"),
            shape(
                    Patterns.USER_POOL_ID,
                    RuleSource.AWS_SERVICE_MODEL,
                    "must be the id of a user pool, which is its Region, an underscore and letters and digits; write for example eu-west-1_AbCdEf123"));

    private record Words(String text, RuleSource source) {}

    private Shapes() {}

    /** The rule that says a field's pattern in words. */
    static Rule rule(String path, String pattern) {
        var words = IN_WORDS.get(pattern);
        if (words == null) {
            throw new IllegalArgumentException("No words for the pattern of " + path + "; add them to IN_WORDS");
        }
        var field = path.replaceFirst("^spec[.]", "").replaceFirst("(\\[]|[{]})$", "");
        return Rule.on(path, Cel.matches("self", pattern), field + " " + words.text())
                .from(words.source());
    }

    private static Map.Entry<String, Words> shape(String pattern, RuleSource source, String text) {
        return Map.entry(pattern, new Words(text, source));
    }
}
