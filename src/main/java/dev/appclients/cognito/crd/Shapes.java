package dev.appclients.cognito.crd;

import static java.util.Map.entry;

import dev.appclients.cognito.api.v1beta1.Patterns;
import java.util.Map;

/** Each pattern in words: the API server refuses a text by its pattern alone, and nobody should have to read that. */
final class Shapes {
    private static final Map<String, String> IN_WORDS = Map.ofEntries(
            entry(
                    Patterns.DURATION,
                    "must be a whole number above 0 with the unit s, m, h or d; write for example 90m"),
            entry(
                    Patterns.DURATION_OR_ZERO,
                    "must be a whole number with the unit s, m, h or d; write for example 10s"),
            entry(
                    Patterns.OBJECT_NAME,
                    "must have only lower-case letters, digits, - and ., and begin and end with a letter or digit; write for example web-shop"),
            entry(
                    Patterns.LABEL_NAME,
                    "must have only lower-case letters, digits and -, and begin and end with a letter or digit; write for example web-shop"),
            entry(Patterns.LABEL_KEY, "must be a key that a label can have; write <name> or <domain>/<name>"),
            entry(
                    Patterns.LABEL_VALUE,
                    "must be a value that a label can have: letters, digits, -, _ and ., beginning and ending with a letter or digit"),
            entry(Patterns.URL, "must not contain spaces or control characters; write a space as %20"),
            entry(Patterns.ROLE_ARN, "must be the ARN of a role; write arn:aws:iam::<account>:role/<name>"),
            entry(Patterns.ARN, "must be an ARN; write arn:aws:mobiletargeting:<region>:<account>:apps/<project id>"),
            entry(
                    Patterns.CLIENT_NAME,
                    "may have only ASCII letters, digits, spaces and _ + = , . @ -, because Cognito takes no other; remove the rest"),
            entry(
                    Patterns.SCOPE,
                    "must be one scope each, without space, double quote and backslash; write several scopes as several items"),
            entry(Patterns.PROVIDER_NAME, "must not contain control characters; remove them"),
            entry(
                    Patterns.CLIENT_ID,
                    "must be the id of an app client, which has only letters, digits, _ and +; copy it from Cognito"),
            entry(Patterns.HEXADECIMAL, "must be hexadecimal; copy the project id from Pinpoint"),
            entry(
                    Patterns.EXTERNAL_ID,
                    "may have only ASCII letters, digits and _ + = , . @ : / -, because STS takes no other; remove the rest"),
            entry(
                    Patterns.USER_POOL_ID,
                    "must be the id of a user pool, which is its Region, an underscore and letters and digits; write for example eu-west-1_AbCdEf123"));

    private Shapes() {}

    /** The rule that says a field's pattern in words. */
    static Rule rule(String path, String pattern) {
        var words = IN_WORDS.get(pattern);
        if (words == null) {
            throw new IllegalArgumentException("No words for the pattern of " + path + "; add them to IN_WORDS");
        }
        var field = path.replaceFirst("^spec[.]", "").replaceFirst("(\\[]|[{]})$", "");
        return Rule.on(path, Cel.matches("self", pattern), field + " " + words);
    }
}
