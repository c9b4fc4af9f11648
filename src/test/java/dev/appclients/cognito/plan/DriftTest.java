package dev.appclients.cognito.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.drift.Desired;
import dev.appclients.cognito.drift.RandomSpec;
import dev.appclients.cognito.model.AppClientSettings;
import dev.appclients.cognito.model.OAuth;
import dev.appclients.cognito.model.TokenValidity;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DriftTest {

    private static final String BASE = "appType: Confidential\n";

    /** The operator would never correct a setting that is missing in {@link Drift}. */
    @Test
    void everySettingIsCompared() {
        Set<String> components = components(AppClientSettings.class)
                .flatMap(name -> switch (name) {
                    case "tokenValidity" -> components(TokenValidity.class).map(token -> token + "TokenValidity");
                    case "analytics" -> Stream.of("analyticsConfiguration");
                    case "oauth" -> components(OAuth.class).map(DriftTest::asInTheSpec);
                    default -> Stream.of(name);
                })
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(new TreeSet<>(Drift.settings().keySet())).isEqualTo(components);
    }

    /** Otherwise the property tests cover only some settings. */
    @Test
    void theSpecsOfThePropertyTestsDifferInEverySetting() {
        Set<String> different = LongStream.range(0, 200)
                .mapToObj(seed -> Drift.between(
                        Desired.of(RandomSpec.of(seed)).settings(),
                        Desired.of(RandomSpec.of(seed + 1)).settings()))
                .flatMap(List::stream)
                .map(FieldDifference::field)
                .collect(Collectors.toSet());

        assertThat(different).isEqualTo(Drift.settings().keySet());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "clientName: Other; clientName; Other.0f1e2d3c4b; shop.web.0f1e2d3c4b",
                "explicitAuthFlows: [ALLOW_USER_AUTH]; explicitAuthFlows; [ALLOW_USER_AUTH]; [ALLOW_REFRESH_TOKEN_AUTH, ALLOW_USER_SRP_AUTH]",
                "authSessionValidity: 15m; authSessionValidity; 15m; 3m",
                "accessTokenValidity: 90m; accessTokenValidity; 90m; 1h",
                "idTokenValidity: 1d; idTokenValidity; 1d; 1h",
                "refreshTokenValidity: 3650d; refreshTokenValidity; 3650d; 30d",
                "enableTokenRevocation: false; enableTokenRevocation; false; true",
                "preventUserExistenceErrors: LEGACY; preventUserExistenceErrors; LEGACY; ENABLED",
                "enablePropagateAdditionalUserContextData: true; enablePropagateAdditionalUserContextData; true; false",
                "allowedOAuthScopes: [openid]; allowedOAuthScopes; [openid]; []",
                "allowedOAuthFlowsUserPoolClient: true; allowedOAuthFlowsUserPoolClient; true; false",
                "callbackURLs: ['https://a.example.com/']; callbackURLs; [https://a.example.com/]; []",
                "logoutURLs: ['https://a.example.com/']; logoutURLs; [https://a.example.com/]; []",
                "defaultRedirectURI: https://a.example.com/; defaultRedirectURI; https://a.example.com/; (none)",
                "supportedIdentityProviders: [COGNITO]; supportedIdentityProviders; [COGNITO]; []",
                "readAttributes: [email]; readAttributes; [email]; []",
                "writeAttributes: [name]; writeAttributes; [name]; []",
                "analyticsConfiguration: {applicationARN: 'arn:p'}; analyticsConfiguration; arn:p; (none)",
            })
    void oneChangedSettingIsOneDifferenceNamedAsInTheSpec(String line, String field, String desired, String observed) {
        assertThat(Drift.between(
                        Specs.desired(BASE + line).settings(),
                        Specs.desired(BASE).settings()))
                .containsExactly(new FieldDifference(field, desired, observed));
    }

    @Test
    void aRotationIsShownInWords() {
        assertThat(Drift.between(
                        Specs.desired(BASE + """
                                explicitAuthFlows: [ALLOW_USER_SRP_AUTH]
                                refreshTokenRotation: {feature: ENABLED, retryGracePeriod: 60s}
                                """).settings(),
                        Specs.desired(BASE + "explicitAuthFlows: [ALLOW_USER_SRP_AUTH]")
                                .settings()))
                .containsExactly(new FieldDifference("refreshTokenRotation", "ENABLED, grace period 1m", "DISABLED"));
    }

    /** Cognito returns its own role next to an ARN. The manifest cannot set it, so it is no drift. */
    @Test
    void aRoleThatTheManifestCannotSetIsNoDrift() {
        String wanted = BASE + "analyticsConfiguration: {applicationARN: 'arn:p'}";
        String shown = BASE + "analyticsConfiguration: {applicationARN: 'arn:p', roleARN: 'arn:r'}";

        assertThat(Drift.between(
                        Specs.desired(wanted).settings(), Specs.desired(shown).settings()))
                .isEmpty();
    }

    @Test
    void theExternalIdIsNotShown() {
        String with = BASE + "analyticsConfiguration: {applicationId: p, externalId: %s, roleARN: 'arn:r'}";

        assertThat(Drift.between(
                        Specs.desired(with.formatted("canary-1")).settings(),
                        Specs.desired(with.formatted("canary-2")).settings()))
                .singleElement()
                .satisfies(difference -> assertThat(difference.toString()).doesNotContain("canary"));
    }

    private static Stream<String> components(Class<?> record) {
        return Arrays.stream(record.getRecordComponents()).map(RecordComponent::getName);
    }

    private static String asInTheSpec(String oauth) {
        return switch (oauth) {
            case "flows" -> "allowedOAuthFlows";
            case "scopes" -> "allowedOAuthScopes";
            case "enabled" -> "allowedOAuthFlowsUserPoolClient";
            default -> oauth;
        };
    }
}
