package dev.appclients.cognito.plan;

import static dev.appclients.cognito.plan.Specs.desired;
import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.model.PoolAttributes;
import dev.appclients.cognito.model.PoolCatalog;
import dev.appclients.cognito.model.PoolContents;
import dev.appclients.cognito.model.Sets;
import dev.appclients.cognito.plan.PoolRequirements.Unmet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PoolRequirementsTest {

    private static final PoolContents POOL = new PoolContents(
            "LITE",
            PoolAttributes.of(
                    List.of("custom:size", "email", "name", "sub"),
                    List.of("email", "sub"),
                    List.of("custom:size", "email", "name")),
            Sets.sorted(List.of("orders/read", "orders/write")),
            Sets.sorted(List.of("Corp")));

    private static final String EVERYTHING = """
            appType: Confidential
            explicitAuthFlows: [ALLOW_USER_AUTH]
            refreshTokenRotation: {feature: ENABLED}
            readAttributes: [shoe]
            writeAttributes: [shoe]
            allowedOAuthScopes: [stock/read]
            supportedIdentityProviders: [Google]
            """;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            READ_ATTRIBUTES_EXIST | readAttributes: [email, shoe] | readAttributes has shoe, which the pool does not have. Its attributes: custom:size, email, name, sub
            READ_ATTRIBUTES_EXIST | readAttributes: [size] | (it has custom:size)
            WRITE_ATTRIBUTES_EXIST | writeAttributes: [email, shoe] | writeAttributes has shoe
            REQUIRED_ATTRIBUTES_ARE_WRITABLE | writeAttributes: [name] | writeAttributes lacks email, which the pool requires of every user. Add the attributes
            USER_AUTH_NEEDS_ESSENTIALS | explicitAuthFlows: [ALLOW_USER_AUTH] | the pool has LITE
            ROTATION_NEEDS_ESSENTIALS | refreshTokenRotation: {feature: ENABLED} | refreshTokenRotation.feature is ENABLED, which needs the tier ESSENTIALS or PLUS, and the pool has LITE
            SCOPES_EXIST | allowedOAuthScopes: [openid, orders/read, stock/read, stock/write] | has stock/read, stock/write, which no resource server of the pool has. Its scopes: orders/read, orders/write
            PROVIDERS_EXIST | supportedIdentityProviders: [COGNITO, Corp, Google] | has Google, which the pool does not have. Its providers, beside COGNITO: Corp
            """)
    void eachUnmetRequirementListsTheAvailableNames(PoolRule rule, String spec, String sentence) {
        assertThat(unmet(spec, POOL)).singleElement().satisfies(unmet -> {
            assertThat(unmet.rule()).isEqualTo(rule);
            assertThat(unmet.sentence()).contains(sentence);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "readAttributes: [email, name]",
                "writeAttributes: [email]",
                "readAttributes: [\"oidc:profile\"]",
                "writeAttributes: [\"oidc:profile\"]",
                "explicitAuthFlows: [ALLOW_USER_SRP_AUTH]",
                "allowedOAuthScopes: [openid, email, phone, profile, aws.cognito.signin.user.admin, orders/read]",
                "supportedIdentityProviders: [COGNITO, Corp]",
                "refreshTokenRotation: {feature: DISABLED}",
                "enableTokenRevocation: true"
            })
    void theContentsOfThePoolMeetTheRequirements(String spec) {
        assertThat(unmet(spec, POOL)).isEmpty();
    }

    /** A scope is the identifier of its resource server, a slash and its name. The identifier may contain slashes. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://api.example.com/read",
                "https://api.example.com//read",
                "urn:acme:orders/read",
                "gcn.example.org/circular-submitter"
            })
    void aScopeIsSplitAtItsLastSlashAndAMissingScopeIsNamedUnsplit(String scope) {
        int slash = scope.lastIndexOf('/');
        String spec = "allowedOAuthScopes: [\"" + scope + "\"]";

        assertThat(unmet(spec, servers(scope.substring(0, slash), scope.substring(slash + 1))))
                .isEmpty();
        assertThat(unmet(spec, servers(scope.substring(0, slash), "other")))
                .singleElement()
                .satisfies(unmet -> assertThat(unmet.sentence())
                        .startsWith("allowedOAuthScopes has " + scope
                                + ", which no resource server of the pool has. Its scopes: " + scope.substring(0, slash)
                                + "/other."));
    }

    @Test
    void aSlashAtTheEndOfAnIdentifierIsPartOfIt() {
        assertThat(unmet(
                        "allowedOAuthScopes: [\"https://api.example.com//read\"]",
                        servers("https://api.example.com", "read")))
                .hasSize(1);
    }

    private static PoolContents servers(String identifier, String scope) {
        return new PoolContents(null, null, Sets.sorted(List.of(identifier + "/" + scope)), null);
    }

    @Test
    void unknownContentsAreNotChecked() {
        assertThat(PoolRequirements.unmet(desired(EVERYTHING), PoolContents.UNKNOWN, PoolContents.UNKNOWN))
                .isEmpty();
    }

    @Test
    void aSentenceNamesOnlyTheContentsThatTheNamespaceMayUse() {
        assertThat(PoolRequirements.unmet(desired(EVERYTHING), POOL, PoolContents.UNKNOWN))
                .hasSize(7)
                .allSatisfy(unmet -> assertThat(unmet.sentence()).doesNotContain("custom:size", "orders/read", "Corp"));
    }

    @Test
    void aLongListIsCut() {
        PoolContents many = new PoolContents(
                null,
                null,
                Sets.sorted(
                        IntStream.range(0, 1000).mapToObj("s/%04d"::formatted).toList()),
                null);

        assertThat(unmet("allowedOAuthScopes: [stock/read]", many))
                .singleElement()
                .satisfies(unmet -> assertThat(unmet.sentence()).contains("s/0039 and 960 more"));
    }

    @Test
    void onlyTheCatalogsThatAClientNeedsAreRead() {
        assertThat(PoolRequirements.catalogs(desired(EVERYTHING))).containsExactly(PoolCatalog.values());
        assertThat(PoolRequirements.catalogs(desired("""
                appType: Confidential
                allowedOAuthScopes: [openid]
                supportedIdentityProviders: [COGNITO]
                """))).isEmpty();
        assertThat(PoolRequirements.catalogs(
                        desired("appType: Confidential\nrefreshTokenRotation: {feature: ENABLED}")))
                .containsExactly(PoolCatalog.SCHEMA);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ESSENTIALS", "PLUS", "A_TIER_OF_TOMORROW"})
    void aHigherTierHasChoiceBasedSignInAndRotation(String tier) {
        PoolContents higher = new PoolContents(tier, null, null, null);

        assertThat(unmet("explicitAuthFlows: [ALLOW_USER_AUTH]\nrefreshTokenRotation: {feature: ENABLED}", higher))
                .isEmpty();
    }

    @Test
    void noSentenceNamesAnAttributeThatTheClientMayNotUse() {
        PoolContents shown =
                new PoolContents("LITE", PoolAttributes.of(List.of("name"), List.of(), List.of()), null, null);

        assertThat(PoolRequirements.unmet(
                        desired("appType: Public\nreadAttributes: [size]\nwriteAttributes: [name]"), POOL, shown))
                .extracting(Unmet::sentence)
                .hasSize(2)
                .allSatisfy(sentence -> assertThat(sentence).doesNotContain("custom:size", "email"))
                .anySatisfy(sentence -> assertThat(sentence).contains("Its attributes: name."))
                .anySatisfy(sentence -> assertThat(sentence)
                        .contains("writeAttributes lacks attributes that the pool requires", "allow.writeAttributes"));
    }

    private static List<Unmet> unmet(String spec, PoolContents pool) {
        return PoolRequirements.unmet(desired("appType: Confidential\n" + spec), pool, pool);
    }
}
