package dev.appclients.cognito.docs;

import dev.appclients.cognito.crd.RuleBook;
import dev.appclients.cognito.model.RuleSource;
import dev.appclients.cognito.plan.Doubts;
import dev.appclients.cognito.plan.PoolRule;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The page that tells every rule, how it is known, and what comes of breaking it; made from the rules themselves. */
final class RulesPage {
    private static final String HEAD = """
            <!-- Generated from the rules by `make generate`; do not edit. -->
            # Rules

            What a manifest must keep to, beside the bounds of each field in [the reference](reference.md): every rule with its sentence,
            how it is known, and what comes of breaking it. The rules judge the settings that would be sent to Cognito, that is together
            with what `appType` fills in.

            | effect | means |
            | --- | --- |
            | refuses | The API server refuses the manifest at `kubectl apply`, with this sentence. |
            | needs the pool | Only the pool knows. The client is Stalled with `DependencyMissing`, `TierTooLow` or `InvalidSettings`; the message says what the pool has instead, as far as the namespace may use it. Where the pool's facts are known (its attributes and its tier are read every ten minutes) Cognito is not even asked. What is missing is looked for again within a minute, in one look at the pool for all clients that wait, and the client goes on by itself when it is there. |
            | warns | Cognito may accept it, so the API server accepts the manifest. The sentence stands in the message of the condition `Ready`, whether that is True or False, and in the event `Doubtful`. A sentence about values ends with those values. |

            | source | means |
            | --- | --- |
            | AWS service model | The machine-readable model of the Cognito API has it. |
            | AWS documentation | The text of the AWS documentation has it. |
            | observed | Cognito was seen to behave so; it is not written down. |
            | Kubernetes | Kubernetes has the rule. |
            | this operator | The operator could not keep its word otherwise. |
            """;

    private static final String TAIL = """

            ## What is not judged

            - Attributes that an identity provider maps must be writable by the client, or users of that provider cannot sign in. Neither
              Cognito nor the operator says so when the client is written.
            - A scope or a resource server can be deleted although clients use it. They keep it, and the next change of such a client waits
              until it is back or leaves the manifest.
            - Attributes by their OpenID Connect scope (`oidc:profile`) are passed on as they are.
            """;

    private static final String API_REFERENCE =
            "https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateUserPoolClient.html";

    private RulesPage() {}

    /** A line of the table. */
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
            Doubts.all().stream()
                    .map(doubt -> new Line(doubt.field(), doubt.sentence(), doubt.source(), "warns"))
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
