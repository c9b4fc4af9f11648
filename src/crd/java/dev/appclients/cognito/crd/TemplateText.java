package dev.appclients.cognito.crd;

import static java.util.stream.Collectors.joining;

import dev.appclients.cognito.model.TemplateVariable;
import java.util.Arrays;

/** The grammar of templates as regular expressions. A test compares them with the parser of the operator. */
public final class TemplateText {
    private static final String FUNCTION = "(json|base64|urlencode)";

    private static final String VARIABLE = Arrays.stream(TemplateVariable.values())
            .map(TemplateVariable::camelCase)
            .collect(joining("|", "(", ")"));

    /**
     * A valid template. One dollar sign before a parenthesis begins a variable. Of several, the last two are an escape, and the others
     * stand for themselves.
     */
    public static final String PATTERN =
            "^([^$]|[$]+([^$(]|\\z)|[$][$]+[(]|[$][(](" + VARIABLE + "|" + FUNCTION + "[(]" + VARIABLE + "[)])[)])*\\z";

    /** A template that contains the client secret. */
    public static final String USES_CLIENT_SECRET = "(^|[^$])[$][(](" + FUNCTION + "[(])?clientSecret[)]";

    private TemplateText() {}
}
