package dev.appclients.cognito.crd;

import static dev.appclients.cognito.crd.Rule.on;
import static dev.appclients.cognito.model.RuleSource.AWS_DOCUMENTATION;

import java.util.List;

/**
 * The rules of URLs that users are sent to. They refuse only what Cognito surely refuses: the documentation says what Cognito takes of
 * http and https, and little of an application's own scheme, so any text in front of a colon counts as a scheme.
 */
final class RedirectRules {

    private RedirectRules() {}

    /** The rules of each URL in a list of {@code spec}. */
    static List<Rule> of(String list) {
        var url = "spec." + list + "[]";
        return List.of(
                on(
                                url,
                                "self.matches('^[hH][tT][tT][pP][sS]?:')"
                                        + " ? self.matches('^[^:]+://([^/?#@]*@)?[^/?#:@]')"
                                        + " : self.matches('^[^/?#:]+:.')",
                                list + " must be absolute, with scheme and host; write https://<host>/<path>")
                        .from(AWS_DOCUMENTATION),
                on(
                                url,
                                "!self.matches('^[hH][tT][tT][pP]://')"
                                        + " || self.matches('^[^:]+://([^/?#@]*@)?((?i)localhost|127[.]0[.]0[.]1|\\\\[::1\\\\])(:[0-9]+)?([/?#]|$)')",
                                list
                                        + " must use https, since http is for localhost, 127.0.0.1 and [::1] only; write https://")
                        .from(AWS_DOCUMENTATION),
                on(url, "!self.contains('#')", list + " must not contain a fragment; remove the # and what follows it")
                        .from(AWS_DOCUMENTATION),
                on(
                                url,
                                "!self.contains('*')",
                                list + " must not contain the wildcard *, which Cognito does not know; list every URL")
                        .from(AWS_DOCUMENTATION));
    }
}
