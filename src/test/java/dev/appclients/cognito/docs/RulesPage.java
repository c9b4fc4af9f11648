package dev.appclients.cognito.docs;

import dev.appclients.cognito.crd.RuleBook;
import dev.appclients.cognito.model.RuleSource;
import dev.appclients.cognito.plan.PoolRule;
import dev.appclients.cognito.plan.SettingsWarnings;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Generates the page of all rules, with their sources and their effects. */
final class RulesPage {
    private static final String HEAD = """
            <!-- Generated from the rules by `make generate`; do not edit. -->
            # Rules

            The rules for manifests, each with its source and its effect. [The reference](reference.md) has the bounds of each field. The
            rules apply to the settings that the operator sends to Cognito, including the defaults of `appType`.

            | effect | means |
            | --- | --- |
            | refuses | The API server refuses the manifest at `kubectl apply` with this message. |
            | needs the pool | The rule depends on the pool. The client becomes Stalled with `DependencyMissing`, `TierTooLow` or `InvalidSettings`. The message lists the contents of the pool that the namespace may use. The operator reads the attributes and the tier of a pool every ten minutes; while it knows them, it checks the rule without a call. It reads the pool again within a minute, once for all waiting clients, and continues when the pool meets the rule. |
            | warns | Cognito may accept the setting, so the API server accepts the manifest. The operator adds the message to the condition `Ready` and to the event `Doubtful`. A message about values ends with the values. |

            | source | means |
            | --- | --- |
            | AWS service model | The machine-readable model of the Cognito API. |
            | AWS documentation | The text of the AWS documentation. |
            | observed | Observed behavior of Cognito that AWS does not document. |
            | Kubernetes | A rule of Kubernetes. |
            | this operator | A guarantee of the operator depends on the rule. |
            """;

    private static final String TAIL = """

            ## Not checked

            - The client must be able to write the attributes that an identity provider maps. Otherwise users of that provider cannot sign
              in. Neither Cognito nor the operator checks this when the client is written.
            - Cognito can delete a scope or a resource server that clients use. The clients keep it. The next change of such a client fails
              until the scope exists again or leaves the manifest.
            - The operator sends attributes by OpenID Connect scope (`oidc:profile`) unchanged.
            """;

    private static final String API_REFERENCE =
            "https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateUserPoolClient.html";

    private RulesPage() {}

    /** A row of the table. */
    record Line(String field, String sentence, RuleSource source, String effect) {}

    static String of(List<CustomResourceDefinition> crds) {
        return HEAD + crds.stream().map(RulesPage::kind).collect(Collectors.joining()) + TAIL;
    }

    /** Every rule of a kind, in the order of the fields. */
    static List<Line> lines(CustomResourceDefinition crd) {
        var lines = new ArrayList<Line>();
        RuleBook.of(crd).forEach(rule -> lines.add(new Line(rule.about(), rule.message(), rule.source(), "refuses")));
        if (crd.getSpec().getNames().getKind().equals("UserPoolClient")) {
            Arrays.stream(PoolRule.values())
                    .map(rule -> new Line(rule.field(), rule.sentence(), rule.source(), "needs the pool"))
                    .forEach(lines::add);
            SettingsWarnings.all().stream()
                    .map(warning -> new Line(warning.field(), warning.sentence(), warning.source(), "warns"))
                    .forEach(lines::add);
        }
        var order = List.copyOf(Fields.of(crd, "spec").keySet());
        return lines.stream()
                .distinct()
                .sorted(Comparator.comparingInt(line -> order.indexOf(line.field())))
                .toList();
    }

    private static String kind(CustomResourceDefinition crd) {
        var kind = crd.getSpec().getNames().getKind();
        return "\n## " + kind + "\n\n| field | rule | source | effect |\n| --- | --- | --- | --- |\n"
                + lines(crd).stream()
                        .map(line -> Stream.of(
                                        "`" + line.field() + "`",
                                        ReferencePage.escape(line.sentence()),
                                        source(kind, line),
                                        line.effect())
                                .collect(Collectors.joining(" | ", "| ", " |\n")))
                        .collect(Collectors.joining());
    }

    private static String source(String kind, Line line) {
        var words = line.source().words();
        return switch (line.source()) {
            case AWS_SERVICE_MODEL, AWS_DOCUMENTATION ->
                kind.equals("UserPoolClient") ? linked(words, line.field()) : words;
            case OBSERVED, KUBERNETES, OPERATOR -> words;
        };
    }

    /** The AWS API reference has an anchor for each member of the request. */
    private static String linked(String words, String field) {
        var member = FieldFacts.of("UserPoolClient")
                .get(field.replaceFirst("[.].*$", ""))
                .aws();
        return member.matches("[A-Za-z]+.*")
                ? "[" + words + "](" + API_REFERENCE + "#CognitoUserPools-CreateUserPoolClient-request-"
                        + member.replaceFirst("[,. ].*$", "") + ")"
                : words;
    }
}
