package dev.appclients.cognito.crd;

import static dev.appclients.cognito.crd.Rule.on;
import static dev.appclients.cognito.model.RuleSource.KUBERNETES;
import static java.util.stream.Collectors.joining;

import dev.appclients.cognito.model.MetadataKeys;
import java.util.stream.Stream;

/** The CEL rules of labels and annotations on a Secret. The operator checks the same table before a write. */
final class MetadataRules {
    private static final String NEEDS_DOMAIN =
            " must have keys with a domain, because other controllers act on keys without one. Write <domain>/<name> with a domain of your own";

    private static final String FOREIGN =
            " must not have keys of another controller's domain, such as kubernetes.io or argoproj.io, except app.kubernetes.io/name, part-of, component and version. Write a domain of your own";

    private MetadataRules() {}

    /** The rules of a map from keys to values. */
    static Stream<Rule> ofMap(String field) {
        String at = "spec." + field;
        return Stream.of(
                on(
                                at,
                                "self.all(key, !format.qualifiedName().validate(key).hasValue())",
                                field + " must have valid keys of Kubernetes metadata. Write <domain>/<name>")
                        .from(KUBERNETES),
                on(at, "self.all(key, key.contains('/'))", field + NEEDS_DOMAIN),
                on(at, "self.all(key, " + isNotForeign("key") + ")", field + FOREIGN));
    }

    /** The rules of a list of keys. */
    static Stream<Rule> ofList(String field) {
        String at = "spec." + field + "[]";
        return Stream.of(
                on(at, "self.contains('/')", field + NEEDS_DOMAIN), on(at, isNotForeign("self"), field + FOREIGN));
    }

    private static String isNotForeign(String key) {
        return "%1$s in [%2$s] || !%1$s.matches('^([^/]*[.])?(%3$s)/')"
                .formatted(
                        key,
                        MetadataKeys.COMMON_KEYS.stream()
                                .map(common -> "'" + common + "'")
                                .collect(joining(", ")),
                        SecretRules.alternatives(MetadataKeys.FOREIGN_DOMAINS));
    }
}
