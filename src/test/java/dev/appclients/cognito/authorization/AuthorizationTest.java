package dev.appclients.cognito.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.api.v1beta1.AdoptionEntry;
import dev.appclients.cognito.api.v1beta1.AppType;
import dev.appclients.cognito.api.v1beta1.AwsAccess;
import dev.appclients.cognito.api.v1beta1.AwsIdentity;
import dev.appclients.cognito.api.v1beta1.ClusterUserPoolSpec;
import dev.appclients.cognito.api.v1beta1.Mode;
import dev.appclients.cognito.api.v1beta1.NamespaceSelection;
import dev.appclients.cognito.api.v1beta1.Tenancy;
import dev.appclients.cognito.model.NamespaceMatcher;
import dev.appclients.cognito.model.NamespaceSnapshot;
import dev.appclients.cognito.model.PoolAttributes;
import dev.appclients.cognito.model.PoolContents;
import dev.appclients.cognito.model.Sets;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuthorizationTest {

    private static final NamespaceSnapshot SHOP = new NamespaceSnapshot("shop", Map.of("team", "web", "oidc", "yes"));

    @ParameterizedTest(name = "{0} selects namespace shop: {1}")
    @CsvSource(delimiter = '|', textBlock = """
            {from: All}                                                                                    | true
            {from: Names, names: [web, shop]}                                                              | true
            {from: Names, names: [shop2]}                                                                  | false
            {from: Names, names: []}                                                                       | false
            {from: Names}                                                                                  | false
            {from: Names, names: [web], selector: {matchLabels: {oidc: 'yes'}}}                            | false
            {from: Selector, selector: {matchLabels: {oidc: 'yes'}}}                                       | true
            {from: Selector, selector: {matchLabels: {oidc: 'no'}}}                                        | false
            {from: Selector, selector: {matchLabels: {oidc: 'yes', team: shop}}}                           | false
            {from: Selector, selector: {matchExpressions: [{key: team, operator: In, values: [a, web]}]}}  | true
            {from: Selector, selector: {matchExpressions: [{key: team, operator: In, values: [a]}]}}       | false
            {from: Selector, selector: {matchExpressions: [{key: none, operator: In, values: [a]}]}}       | false
            {from: Selector, selector: {matchExpressions: [{key: team, operator: NotIn, values: [a]}]}}    | true
            {from: Selector, selector: {matchExpressions: [{key: team, operator: NotIn, values: [web]}]}}  | false
            {from: Selector, selector: {matchExpressions: [{key: none, operator: NotIn, values: [a]}]}}    | true
            {from: Selector, selector: {matchExpressions: [{key: team, operator: Exists}]}}                | true
            {from: Selector, selector: {matchExpressions: [{key: none, operator: Exists}]}}                | false
            {from: Selector, selector: {matchExpressions: [{key: none, operator: DoesNotExist}]}}          | true
            {from: Selector, selector: {matchExpressions: [{key: team, operator: DoesNotExist}]}}          | false
            {from: Selector, selector: {matchExpressions: [{key: team, operator: Resembles, values: [w]}]}} | false
            {from: Selector, selector: {matchLabels: {oidc: 'yes'}, matchExpressions: [{key: none, operator: Exists}]}} | false
            {from: Selector, selector: {}}                                                                 | false
            {from: Selector}                                                                               | false
            {from: FromTheFuture}                                                                          | false
            """)
    void a_selection_matches_exactly_the_namespaces_that_it_describes(String selection, boolean contained) {
        NamespaceSelection parsed = parse(selection);

        assertThat(NamespaceMatcher.matches(parsed, SHOP)).isEqualTo(contained);
    }

    @Test
    void without_a_selection_no_namespace_may_use_the_pool() {
        assertThat(decide(null, Tenancy.TRUSTED)).isInstanceOf(Decision.Denied.class);
    }

    @Test
    void a_selected_namespace_may_use_the_pool() {
        assertThat(decide("{from: Names, names: [shop]}", Tenancy.TRUSTED)).isEqualTo(new Decision.Allowed());
    }

    @Test
    void a_denial_names_field_namespace_pool_and_remedy_but_no_other_namespace() {
        Decision.Denied denied = (Decision.Denied) decide("{from: Names, names: [bank]}", Tenancy.TRUSTED);

        assertThat(denied.field()).isEqualTo("spec.userPoolRef");
        assertThat(denied.message())
                .contains("'shop'", "'customers'", "spec.namespaces")
                .doesNotContain("bank");
    }

    @Test
    void a_pool_with_an_unknown_tenancy_denies_every_namespace() {
        assertThat(decide("{from: All}", Tenancy.UNKNOWN))
                .isInstanceOfSatisfying(
                        Decision.Denied.class,
                        denied -> assertThat(denied.message())
                                .contains("spec.tenancy", "upgrade the operator")
                                .doesNotContain("Trusted"));
    }

    @ParameterizedTest
    @CsvSource({"TRUSTED, true", "UNKNOWN, false"})
    void messages_may_name_the_contents_of_a_pool_only_with_a_known_tenancy(Tenancy tenancy, boolean visible) {
        PoolContents contents = new PoolContents("LITE", null, null, null);

        assertThat(VisibleContents.of(pool("{from: All}", tenancy), SHOP, AppType.PUBLIC, contents))
                .isEqualTo(visible ? contents : PoolContents.UNKNOWN);
    }

    @Test
    void messages_of_a_restricted_pool_name_only_contents_that_the_client_may_use() {
        PoolContents contents = new PoolContents(
                "LITE",
                PoolAttributes.of(
                        List.of("email", "name", "custom:bank"),
                        List.of("email", "name"),
                        List.of("name", "custom:bank")),
                Sets.sorted(List.of("shop/read", "bank/read")),
                Sets.sorted(List.of("Google", "Bank")));
        PoolSnapshot pool = new PoolSnapshot("customers", Serialization.unmarshal("""
                        ---
                        userPoolId: eu-west-1_AbCdEf123
                        aws: {identity: Operator}
                        tenancy: Restricted
                        allow:
                          oauthScopes: [openid, "${namespace}/read"]
                          identityProviders: [COGNITO, Google]
                          readAttributes: [email]
                          writeAttributes: [name]
                        """, ClusterUserPoolSpec.class));

        assertThat(VisibleContents.of(pool, SHOP, AppType.PUBLIC, contents))
                .isEqualTo(new PoolContents(
                        "LITE",
                        PoolAttributes.of(List.of("email", "name"), List.of("email", "name"), List.of("name")),
                        Sets.sorted(List.of("shop/read")),
                        Sets.sorted(List.of("Google"))));
    }

    @ParameterizedTest(name = "{0} lets namespace shop adopt client 3abc with mode Manage: {1}")
    @CsvSource(delimiter = '|', textBlock = """
            {clientId: 3abc, namespaces: {from: Names, names: [shop]}, modes: [Manage]}          | true
            {clientId: 3abc, namespaces: {from: All}, modes: [Observe, Manage]}                  | true
            {clientId: 3abc, namespaces: {from: Names, names: [shop]}, modes: [Observe]}         | false
            {clientId: 3abc, namespaces: {from: Names, names: [other]}, modes: [Manage]}         | false
            {clientId: 3abcd, namespaces: {from: All}, modes: [Manage]}                          | false
            {clientId: 3abc, namespaces: {from: Tomorrow}, modes: [Manage]}                      | false
            {clientId: 3abc, namespaces: {from: All}, modes: [Tomorrow]}                         | false
            """)
    void an_entry_permits_its_client_to_its_namespaces_with_its_modes(String entry, boolean allowed) {
        assertThat(decideAdoption("3abc", Mode.MANAGE, adoption(entry)) instanceof Decision.Allowed)
                .isEqualTo(allowed);
    }

    @Test
    void an_unknown_mode_is_never_permitted() {
        AdoptionEntry unknown = adoption("{clientId: 3abc, namespaces: {from: All}, modes: [Tomorrow]}");

        assertThat(decideAdoption("3abc", Mode.UNKNOWN, unknown)).isInstanceOf(Decision.Denied.class);
    }

    @Test
    void a_denied_adoption_quotes_the_entry_to_ask_for_and_no_other_entry() {
        AdoptionEntry ofAnother =
                adoption("{clientId: 3abc, namespaces: {from: Names, names: [bank]}, modes: [Manage]}");

        assertThat(decideAdoption("3abc", Mode.OBSERVE, ofAnother))
                .isInstanceOfSatisfying(Decision.Denied.class, denied -> {
                    assertThat(denied.field()).isEqualTo("spec.adopt.clientId");
                    assertThat(denied.message())
                            .contains(
                                    "{clientId: 3abc, namespaces: {from: Names, names: [shop]}, modes: [Observe]}",
                                    "platform team")
                            .doesNotContain("bank");
                });
    }

    private static Decision decideAdoption(String clientId, Mode mode, AdoptionEntry entry) {
        ClusterUserPoolSpec pool = new ClusterUserPoolSpec(
                "eu-west-1_AbCdEf123",
                new AwsAccess(AwsIdentity.OPERATOR, null, null),
                Tenancy.TRUSTED,
                parse("{from: All}"),
                null,
                List.of(entry),
                null,
                null,
                null);
        return Authorization.decideAdoption(new PoolSnapshot("customers", pool), SHOP, clientId, mode);
    }

    private static AdoptionEntry adoption(String yaml) {
        return Serialization.unmarshal("---\n" + yaml, AdoptionEntry.class);
    }

    private static Decision decide(String selection, Tenancy tenancy) {
        return Authorization.decideUse(pool(selection, tenancy), SHOP);
    }

    private static PoolSnapshot pool(String selection, Tenancy tenancy) {
        return new PoolSnapshot(
                "customers",
                new ClusterUserPoolSpec(
                        "eu-west-1_AbCdEf123",
                        new AwsAccess(AwsIdentity.OPERATOR, null, null),
                        tenancy,
                        selection == null ? null : parse(selection),
                        null,
                        null,
                        null,
                        null,
                        null));
    }

    /** The document marker makes the parser read YAML. */
    private static NamespaceSelection parse(String yaml) {
        return Serialization.unmarshal("---\n" + yaml, NamespaceSelection.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{from: All}",
                "{from: Names, names: [shop]}",
                "{from: Selector, selector: {matchLabels: {oidc: 'yes'}}}",
                "{from: Selector, selector: {matchExpressions: [{key: none, operator: NotIn, values: [a]}]}}",
                "{from: Selector, selector: {matchExpressions: [{key: none, operator: DoesNotExist}]}}",
            })
    void no_selection_matches_an_unknown_namespace(String selection) {
        ClusterUserPoolSpec pool = new ClusterUserPoolSpec(
                "eu-west-1_AbCdEf123",
                new AwsAccess(AwsIdentity.OPERATOR, null, null),
                Tenancy.TRUSTED,
                parse(selection),
                null,
                List.of(new AdoptionEntry("3abc", parse(selection), List.of(Mode.MANAGE))),
                null,
                null,
                null);

        PoolSnapshot snapshot = new PoolSnapshot("customers", pool);
        NamespaceSnapshot unknown = new NamespaceSnapshot("shop", null);

        assertThat(NamespaceMatcher.matches(parse(selection), unknown)).isFalse();
        assertThat(Authorization.decideUse(snapshot, unknown)).isInstanceOf(Decision.Denied.class);
        assertThat(Authorization.decideAdoption(snapshot, unknown, "3abc", Mode.MANAGE))
                .isInstanceOf(Decision.Denied.class);
    }
}
