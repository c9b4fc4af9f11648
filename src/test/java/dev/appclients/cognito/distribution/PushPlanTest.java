package dev.appclients.cognito.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.api.v1beta1.ClientRef;
import dev.appclients.cognito.api.v1beta1.ClientSecretClaim;
import dev.appclients.cognito.api.v1beta1.ClusterUserPool;
import dev.appclients.cognito.api.v1beta1.Patterns;
import dev.appclients.cognito.api.v1beta1.SecretPreset;
import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.model.Marks;
import dev.appclients.cognito.model.NamespaceSnapshot;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The namespaces, names and specs of pushed claims. */
class PushPlanTest {

    private static final NamespaceSnapshot PLATFORM = new NamespaceSnapshot("platform", Map.of("team", "platform"));
    private static final String PUSH = "push: {secret: {name: web-oidc, preset: Env}}";

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # offer                                               | ceiling                        | target          | reached
            {from: All}                                           | {from: All}                    | team-a          | true
            {from: All}                                           | {from: Names, names: [team-a]} | team-a          | true
            {from: All}                                           | {from: Names, names: [team-b]} | team-a          | false
            {from: Names, names: [team-a]}                        | {from: All}                    | team-a          | true
            {from: Names, names: [team-a]}                        | {from: All}                    | team-b          | false
            {from: Selector, selector: {matchLabels: {oidc: "yes"}}} | {from: All}                   | team-a          | true
            {from: Selector, selector: {matchLabels: {oidc: "no"}}} | {from: All}                    | team-a          | false
            {from: All}                                           | {from: All}                    | platform        | false
            {from: All}                                           | {from: All}                    | kube-system     | false
            {from: All}                                           | {from: All}                    | openshift       | false
            {from: All}                                           | {from: All}                    | openshift-dns   | false
            {from: All}                                           | {from: All}                    | kubernetes      | true
            {from: Names, names: [kube-system]}                   | {from: All}                    | kube-system     | true
            {from: Names, names: [openshift-dns]}                 | {from: All}                    | openshift-dns   | true
            {from: Selector, selector: {matchLabels: {oidc: "yes"}}} | {from: All}                   | kube-public     | true
            {from: All}                                           | {from: Names, names: [kube-system]} | kube-system | false
            """)
    void aPushReachesTheNamespacesInOfferAndCeiling(String offer, String ceiling, String target, boolean reached) {
        PushPlan plan = plan(client(offer, PUSH), pool(ceiling, "{from: All}")).orElseThrow();

        assertThat(plan.reaches(new NamespaceSnapshot(target, Map.of("oidc", "yes"))))
                .isEqualTo(reached);
    }

    @Test
    void anUnknownNamespaceIsNotReached() {
        PushPlan plan = plan(client("{from: All}", PUSH), pool("{from: All}", "{from: All}"))
                .orElseThrow();

        assertThat(plan.reaches(new NamespaceSnapshot("team-a", null))).isFalse();
    }

    @Test
    void onlyAClientInAListedNamespacePushes() {
        UserPoolClient client = client("{from: All}", PUSH);

        assertThat(plan(client, pool("{from: All}", "{from: Names, names: [platform]}")))
                .isPresent();
        assertThat(plan(client, pool("{from: All}", "{from: Selector, selector: {matchLabels: {team: platform}}}")))
                .isPresent();
        assertThat(plan(client, pool("{from: All}", "{from: Names, names: [shop]}")))
                .isEmpty();
        assertThat(plan(client("{from: All}", ""), pool("{from: All}", "{from: All}")))
                .as("a client without push")
                .isEmpty();
        assertThat(PushPlan.of(client, null, PLATFORM)).as("no pool").isEmpty();
        assertThat(plan(client, poolWith(""))).as("a pool without sharing").isEmpty();
        assertThat(plan(client, poolWith("sharing: {namespaces: {from: All}}")))
                .as("a pool without pushFrom")
                .isEmpty();
        assertThat(plan(client, poolWith("sharing: {pushFrom: {from: All}}")))
                .as("a pool without ceiling")
                .isEmpty();
    }

    /** A version of the operator that is older than the CRDs must not delete the claims of a push that it cannot read. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # offer                        | ceiling                        | pushFrom                         | withdrawn
            {from: All}                    | {from: All}                    | {from: All}                      | false
            {from: Names, names: [team-b]} | {from: All}                    | {from: All}                      | true
            {from: All}                    | {from: Names, names: [team-b]} | {from: All}                      | true
            {from: All}                    | {from: All}                    | {from: Names, names: [shop]}     | true
            {from: Newer}                  | {from: All}                    | {from: All}                      | false
            {from: All}                    | {from: Newer}                  | {from: All}                      | false
            {from: All}                    | {from: All}                    | {from: Newer}                    | false
            """)
    void aClaimIsWithdrawnOnlyIfEverySelectionIsKnown(
            String offer, String ceiling, String pushFrom, boolean withdrawn) {
        NamespaceSnapshot target = new NamespaceSnapshot("team-a", Map.of());
        ClientSecretClaim claim = claim("platform.web", true);

        assertThat(PushPlan.isWithdrawn(claim, client(offer, PUSH), pool(ceiling, pushFrom), PLATFORM, target))
                .isEqualTo(withdrawn);
        assertThat(PushPlan.isWithdrawn(
                        claim("web", false), client(offer, PUSH), pool(ceiling, pushFrom), PLATFORM, target))
                .as("a claim of a team")
                .isFalse();
    }

    @Test
    void aPlanWithAPresetOfANewerVersionIsUnknown() {
        assertThat(plan(client("{from: All}", PUSH), pool("{from: All}", "{from: All}")))
                .hasValueSatisfying(plan -> assertThat(plan.isUnknown()).isFalse());
        assertThat(plan(
                        client("{from: All}", "push: {secret: {name: web-oidc, preset: Newer}}"),
                        pool("{from: All}", "{from: All}")))
                .hasValueSatisfying(plan -> assertThat(plan.isUnknown()).isTrue());
    }

    @Test
    void aPushSetsNameAndPresetOnly() {
        var spec = plan(client("{from: All}", PUSH), pool("{from: All}", "{from: All}"))
                .orElseThrow()
                .spec();

        assertThat(spec.clientRef()).isEqualTo(new ClientRef("platform", "web"));
        assertThat(spec.secret().name()).isEqualTo("web-oidc");
        assertThat(spec.secret().preset()).isEqualTo(SecretPreset.ENV);
        assertThat(spec.secret().type()).isNull();
        assertThat(spec.secret().metadata()).isNull();
        assertThat(spec.secret().template()).isNull();
        assertThat(spec.secret().generate()).isNull();
    }

    @Test
    void theNameOfAClaimIsThatOfItsSourceAndUnique() {
        assertThat(PushPlan.claimName(new ClientRef("platform", "web"))).isEqualTo("platform.web");
        assertThat(PushPlan.claimName(new ClientRef("a", "b.c"))).isEqualTo("a.b.c");
        String longest = PushPlan.claimName(new ClientRef("n".repeat(63), "c".repeat(185)));
        assertThat(longest).hasSize(249).endsWith("c");

        String cut = PushPlan.claimName(new ClientRef("n".repeat(63), "c".repeat(186)));
        assertThat(cut).hasSize(249).matches("n{63}\\.c{176}-[0-9a-f]{8}");
        assertThat(cut).isNotEqualTo(PushPlan.claimName(new ClientRef("n".repeat(63), "c".repeat(187))));
    }

    @Test
    void aCutNameIsAValidName() {
        String cut = PushPlan.claimName(new ClientRef("n".repeat(63), "c".repeat(174) + ".-x" + "c".repeat(20)));

        assertThat(cut).matches(Patterns.OBJECT_NAME).contains("c-").doesNotContain(".-");
    }

    @Test
    void aPushWantsItsOwnClaimsInItsTargetsOnly() {
        PushPlan plan = plan(client("{from: Names, names: [team-a]}", PUSH), pool("{from: All}", "{from: All}"))
                .orElseThrow();
        NamespaceSnapshot target = new NamespaceSnapshot("team-a", Map.of());

        assertThat(plan.wants(claim("platform.web", true), target)).isTrue();
        assertThat(plan.wants(claim("platform.web", false), target))
                .as("a claim without the mark")
                .isFalse();
        assertThat(plan.wants(claim("another", true), target))
                .as("a claim of another name")
                .isFalse();
        assertThat(plan.wants(claim("platform.web", true), new NamespaceSnapshot("team-b", Map.of())))
                .as("a claim elsewhere")
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # push                           | sharing of the pool | warned
            push: {secret: {name: web-oidc}} | 'sharing: {namespaces: {from: All}}'                                                  | true
            push: {secret: {name: web-oidc}} | ''                                                                                    | true
            push: {secret: {name: web-oidc}} | 'sharing: {namespaces: {from: All}, pushFrom: {from: Names, names: [shop]}}'          | true
            push: {secret: {name: web-oidc}} | 'sharing: {namespaces: {from: All}, pushFrom: {from: Names, names: [platform]}}'      | false
            push: {secret: {name: web-oidc}} | 'sharing: {namespaces: {from: All}, pushFrom: {from: ByADatabase}}'                   | false
            push: {secret: {name: web-oidc}} | 'sharing: {namespaces: {from: ByADatabase}}'                                          | false
            ''                               | 'sharing: {namespaces: {from: All}}'                                                  | false
            """)
    void aPushThatThePoolDoesNotPermitIsWarnedAbout(String push, String sharing, boolean warned) {
        String warning = PushPlan.warning(client("{from: All}", push), poolWith(sharing), PLATFORM);

        if (warned) {
            assertThat(warning)
                    .contains("does not list this namespace in spec.sharing.pushFrom")
                    .doesNotContain("shop");
        } else {
            assertThat(warning).isNull();
        }
    }

    private static Optional<PushPlan> plan(UserPoolClient client, ClusterUserPool pool) {
        return PushPlan.of(client, pool, PLATFORM);
    }

    private static UserPoolClient client(String offer, String push) {
        return Serialization.unmarshal("""
                apiVersion: cognito.appclients.dev/v1beta1
                kind: UserPoolClient
                metadata: {name: web, namespace: platform}
                spec:
                  userPoolRef: {name: customers}
                  appType: Confidential
                  sharing:
                    namespaces: %s
                    %s
                """.formatted(offer, push), UserPoolClient.class);
    }

    private static ClusterUserPool pool(String ceiling, String pushFrom) {
        return poolWith("sharing: {namespaces: %s, pushFrom: %s}".formatted(ceiling, pushFrom));
    }

    private static ClusterUserPool poolWith(String line) {
        return Serialization.unmarshal("""
                apiVersion: cognito.appclients.dev/v1beta1
                kind: ClusterUserPool
                metadata: {name: customers}
                spec:
                  userPoolId: eu-west-1_Shop
                  %s
                """.formatted(line), ClusterUserPool.class);
    }

    private static ClientSecretClaim claim(String name, boolean pushed) {
        ClientSecretClaim claim = Serialization.unmarshal("""
                apiVersion: cognito.appclients.dev/v1beta1
                kind: ClientSecretClaim
                metadata: {name: %s, namespace: team-a}
                spec: {clientRef: {namespace: platform, name: web}}
                """.formatted(name), ClientSecretClaim.class);
        claim.getMetadata().setLabels(pushed ? Map.of(Marks.PUSHED, "true") : Map.of());
        return claim;
    }
}
