package dev.appclients.cognito.crd;

import static dev.appclients.cognito.crd.Cel.matches;
import static dev.appclients.cognito.crd.Rule.on;

import java.util.stream.Stream;

/** The CEL rules of patterns of URLs. A test compares them with the parser of the operator. */
final class UrlPatternRules {
    private static final String VARIABLE = "[$][{]namespace[}]";

    private static final String LABEL = "[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?";

    private static final String PORT =
            "([1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])";

    private static final String WEB = "^https?:";

    /** A pattern whose host is an IP address or this machine. */
    private static final String ADDRESS =
            "^https?://(\\[|([^/?#:]*[.])?(localhost|[0-9]+|0x[0-9a-f]*)(:[^/?#]*)?([/?#]|$))";

    private static final String HOST = "^https?://((" + LABEL + "|[*]|" + VARIABLE + ")[.])*" + LABEL + "[.]" + LABEL
            + "(:" + PORT + ")?([/?#]|$)|^https?://" + LABEL + "(:" + PORT + ")?([/?#]|$)";

    /** The path and what follows it. A pattern that ends in a wildcard has no query. */
    private static final String PATH =
            "^[^:]*:(//[^/?#]*)?([^/?#*{}]*|" + VARIABLE + ")(/([^/?#*{}]*|" + VARIABLE + "))*(/[*]|([?#][^*{}]*)?)$";

    private static final String CHARACTERS = "^[-A-Za-z0-9._~:/?#\\[\\]@!$&\\x27()+,;=%*{}]*$";

    private static final String DOT_SEGMENT = "[.][.]?((;|%3[bB])[^/?#]*)?([/?#]|$)";

    /** Servers and browsers disagree about the path that such a pattern with a host means. */
    private static final String AMBIGUOUS_WITH_HOST =
            "^[^:]*://[^/?#]*/(([^?#]*/)?" + DOT_SEGMENT + "|[^?#]*[\\[\\]]|([^?#]*/)?/)";

    /** The same for a pattern without a host. */
    private static final String AMBIGUOUS_WITHOUT_HOST =
            "^[^:]*:(([^?#]*/)?" + DOT_SEGMENT + "|[^?#]*[\\[\\]]|[^?#]*//)";

    /** Broken percent-encoding, and octets that a server may decode to a part of the syntax. */
    private static final String ENCODED =
            "%($|[^0-9A-Fa-f]|[0-9A-Fa-f]($|[^0-9A-Fa-f]))|%(2[eEfF5]|5[cC]|7[fF]|[01][0-9a-fA-F]|[cC][01]|[eE]0%[89]|[fF]0%8)";

    private UrlPatternRules() {}

    /** The rules of each pattern in a list of {@code spec}. */
    static Stream<Rule> of(String list) {
        String at = "spec." + list + "[]";
        String isVerbatim = "(!" + matches("self", WEB) + " || " + matches("self", ADDRESS) + ")";
        return Stream.of(
                on(
                        at,
                        matches("self", "^[A-Za-z][-+._A-Za-z0-9]*:") + " && (!" + matches("self", "^(?i)https?:")
                                + " || " + matches("self", WEB) + ")",
                        list
                                + " must begin with a scheme, and with http or https in lower-case letters. Write https://<host>/<path>"),
                on(
                        at,
                        matches("self", CHARACTERS),
                        list + " must have only the ASCII characters of URLs. Percent-encode other characters"),
                on(
                        at,
                        isVerbatim + " ? !self.matches('^[^:]*://[^/?#]*[@%]|^https?://[^/?#]*[A-Z]') : "
                                + matches("self", HOST),
                        list
                                + " must have a host of lower-case labels, without user info. * and ${namespace} are one whole label each, but none of the last two. Write for example https://${namespace}.apps.example.com/*"),
                on(
                        at,
                        isVerbatim + " || " + matches("self", PATH),
                        list
                                + " must have * only as the whole rest after a slash, and ${namespace} only as a whole segment of the path. Write for example https://shop.example.com/${namespace}/*"),
                on(
                        at,
                        "!" + isVerbatim + " || !self.matches('[*{}]')",
                        list
                                + " must not have * or ${namespace} with localhost, an IP address or a scheme of an application. List every URL"),
                on(
                        at,
                        "!" + matches("self", ENCODED) + " && (" + matches("self", "^[^:]*://") + " ? !"
                                + matches("self", AMBIGUOUS_WITH_HOST) + " : !"
                                + matches("self", AMBIGUOUS_WITHOUT_HOST) + ")",
                        list
                                + " must not have empty or dot segments in the path, brackets, or encoded dots, slashes, backslashes and percent signs. Write the path as the application uses it"));
    }
}
