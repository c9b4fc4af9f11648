package dev.appclients.cognito.crd;

import dev.appclients.cognito.api.v1beta1.Patterns;
import dev.appclients.cognito.model.RuleSource;
import java.util.Map;

/** A sentence for each pattern. Without it the error of the API server shows only the regular expression. */
final class Shapes {
    private static final Map<String, Words> IN_WORDS = Map.ofEntries(
            shape(
                    Patterns.DURATION,
                    RuleSource.OPERATOR,
                    "must be a whole number above 0 with the unit s, m, h or d. Write for example 90m"),
            shape(
                    Patterns.DURATION_OR_ZERO,
                    RuleSource.OPERATOR,
                    "must be a whole number with the unit s, m, h or d. Write for example 10s"),
            shape(
                    Patterns.OBJECT_NAME,
                    RuleSource.KUBERNETES,
                    "must have only lower-case letters, digits, - and ., and begin and end with a letter or digit. Write for example web-shop"),
            shape(
                    Patterns.LABEL_NAME,
                    RuleSource.KUBERNETES,
                    "must have only lower-case letters, digits and -, and begin and end with a letter or digit. Write for example web-shop"),
            shape(
                    Patterns.LABEL_KEY,
                    RuleSource.KUBERNETES,
                    "must be a valid label key. Write <name> or <domain>/<name>"),
            shape(
                    Patterns.LABEL_VALUE,
                    RuleSource.KUBERNETES,
                    "must be a valid label value. Write letters, digits, -, _ and ., and begin and end with a letter or digit"),
            shape(
                    Patterns.DATA_KEY,
                    RuleSource.KUBERNETES,
                    "must have only letters, digits, -, _ and ., and must not begin with two dots, because it is a key of a Secret. Write for example cookie-secret"),
            shape(
                    Patterns.SECRET_TYPE,
                    RuleSource.KUBERNETES,
                    "must be the type of a Secret. Write Opaque or <domain>/<name>"),
            shape(
                    Patterns.URL,
                    RuleSource.AWS_SERVICE_MODEL,
                    "must not contain spaces or control characters. Write a space as %20"),
            shape(
                    Patterns.ROLE_ARN,
                    RuleSource.AWS_SERVICE_MODEL,
                    "must be the ARN of a role. Write arn:aws:iam::<account>:role/<name>"),
            shape(
                    Patterns.ARN,
                    RuleSource.AWS_SERVICE_MODEL,
                    "must be an ARN. Write arn:aws:mobiletargeting:<region>:<account>:apps/<project id>"),
            shape(
                    Patterns.CLIENT_NAME,
                    RuleSource.AWS_SERVICE_MODEL,
                    "must have only ASCII letters, digits, spaces and _ + = , . @ -. Remove other characters, including tabs and line breaks"),
            shape(
                    Patterns.SCOPE,
                    RuleSource.AWS_SERVICE_MODEL,
                    "must have one scope per item, without spaces, double quotes and backslashes. Write several scopes as several items"),
            shape(
                    Patterns.PROVIDER_NAME,
                    RuleSource.AWS_SERVICE_MODEL,
                    "must not contain control characters or line breaks. Remove them"),
            shape(
                    Patterns.ATTRIBUTE_NAME,
                    RuleSource.AWS_SERVICE_MODEL,
                    "must have one attribute per item, without spaces and control characters. Write several attributes as several items"),
            shape(
                    Patterns.ONE_LINE,
                    RuleSource.OPERATOR,
                    "must not contain control characters or line breaks. Remove them"),
            shape(
                    Patterns.CLIENT_ID,
                    RuleSource.AWS_SERVICE_MODEL,
                    "must be the id of an app client, which has only letters, digits, _ and +. Copy the id from Cognito"),
            shape(
                    Patterns.HEXADECIMAL,
                    RuleSource.AWS_SERVICE_MODEL,
                    "must be hexadecimal. Copy the project id from Pinpoint"),
            shape(
                    Patterns.EXTERNAL_ID,
                    RuleSource.AWS_SERVICE_MODEL,
                    "must have only ASCII letters, digits and _ + = , . @ : / -, because STS accepts no others. Remove other characters"),
            shape(
                    Patterns.USER_POOL_ID,
                    RuleSource.AWS_SERVICE_MODEL,
                    "must be the id of a user pool: its Region, an underscore, letters and digits. Write for example eu-west-1_AbCdEf123"));

    private record Words(String text, RuleSource source) {}

    private Shapes() {}

    /** The rule that describes the pattern of a field. */
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
