package dev.appclients.cognito.crd;

import static dev.appclients.cognito.crd.Rule.on;
import static dev.appclients.cognito.model.RuleSource.AWS_DOCUMENTATION;

import java.util.List;

/**
 * The rules of redirect URLs. They refuse only URLs that Cognito certainly refuses. The AWS documentation defines the http and https
 * URLs that Cognito accepts, but not the custom schemes. Any text before a colon counts as a scheme.
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
                                list + " must be absolute, with scheme and host. Write https://<host>/<path>")
                        .from(AWS_DOCUMENTATION),
                on(
                                url,
                                "!self.matches('^[hH][tT][tT][pP]://')"
                                        + " || self.matches('^[^:]+://([^/?#@]*@)?((?i)localhost|127[.]0[.]0[.]1|\\\\[::1\\\\])(:[0-9]+)?([/?#]|$)')",
                                list
                                        + " must use https. Cognito allows http for localhost, 127.0.0.1 and [::1] only. Write https://")
                        .from(AWS_DOCUMENTATION),
                on(
                                url,
                                "!self.contains('#')",
                                list + " must not contain a fragment. Remove the # and all text after it")
                        .from(AWS_DOCUMENTATION),
                on(
                                url,
                                "!self.contains('*')",
                                list + " must not contain *, because Cognito has no wildcards. List every URL")
                        .from(AWS_DOCUMENTATION));
    }
}
