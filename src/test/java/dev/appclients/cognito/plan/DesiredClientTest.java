package dev.appclients.cognito.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.appclients.cognito.api.v1beta1.AppType;
import dev.appclients.cognito.model.Analytics;
import dev.appclients.cognito.model.AppClientSettings;
import dev.appclients.cognito.model.RefreshTokenRotation;
import dev.appclients.cognito.model.TokenValidity;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DesiredClientTest {

    /** The table of the documentation, frozen per API version: a changed row would change clients with unchanged manifests. */
    @ParameterizedTest
    @CsvSource({
        "Public,           false, ALLOW_REFRESH_TOKEN_AUTH|ALLOW_USER_SRP_AUTH, ,                   false",
        "Confidential,     true,  ALLOW_REFRESH_TOKEN_AUTH|ALLOW_USER_SRP_AUTH, ,                   false",
        "MachineToMachine, true,  ALLOW_REFRESH_TOKEN_AUTH,                     client_credentials, true",
        "Other,            false, ,                                             ,                   false",
    })
    void eachTypeSetsItsDefaults(
            String type, boolean confidential, String authFlows, String oauthFlows, boolean oauthEnabled) {
        DesiredClient desired = Specs.desired("appType: " + type);

        assertThat(desired.confidential()).isEqualTo(confidential);
        assertThat(desired.settings().explicitAuthFlows()).containsExactlyElementsOf(list(authFlows));
        assertThat(desired.settings().oauth().flows()).containsExactlyElementsOf(list(oauthFlows));
        assertThat(desired.settings().oauth().enabled()).isEqualTo(oauthEnabled);
    }

    /** Users cannot sign in on a login page without a provider. */
    @ParameterizedTest
    @CsvSource({
        "Public, code, COGNITO",
        "Public, implicit, COGNITO",
        "Confidential, code|implicit, COGNITO",
        "Confidential, client_credentials, ",
        "Public, , ",
        "MachineToMachine, code, ",
        "Other, code, ",
    })
    void aClientOfUsersWithARedirectFlowGetsThePoolAsItsProvider(String type, String flows, String providers) {
        String spec = "appType: " + type + "\nallowedOAuthFlows: " + list(flows);

        assertThat(Specs.desired(spec).settings().supportedIdentityProviders())
                .containsExactlyElementsOf(list(providers));
        assertThat(Specs.desired(spec + "\nsupportedIdentityProviders: []")).isEqualTo(Specs.desired(spec));
        assertThat(Specs.desired(spec + "\nsupportedIdentityProviders: [Google]")
                        .settings()
                        .supportedIdentityProviders())
                .containsExactly("Google");
    }

    @Test
    void theDefaultsOfCognitoAreExplicit() {
        AppClientSettings settings = Specs.desired("appType: Other").settings();

        assertThat(settings.clientName()).isEqualTo("shop.web.0f1e2d3c4b");
        assertThat(settings.authSessionValidity()).isEqualTo(Duration.ofMinutes(3));
        assertThat(settings.tokenValidity())
                .isEqualTo(new TokenValidity(Duration.ofHours(1), Duration.ofHours(1), Duration.ofDays(30)));
        assertThat(settings.refreshTokenRotation()).isEqualTo(RefreshTokenRotation.DISABLED);
        assertThat(settings.enableTokenRevocation()).isTrue();
        assertThat(settings.preventUserExistenceErrors()).isEqualTo("ENABLED");
        assertThat(settings.enablePropagateAdditionalUserContextData()).isFalse();
        assertThat(settings.analytics()).isNull();
    }

    @Test
    void noUserDataIsSharedUnlessTheManifestSaysSo() {
        String analytics = "appType: Public\nanalyticsConfiguration: {applicationARN: 'arn:p'%s}";

        assertThat(analyticsOf(analytics.formatted("")).userDataShared()).isFalse();
        assertThat(analyticsOf(analytics.formatted(", userDataShared: true")).userDataShared())
                .isTrue();
    }

    private static Analytics analyticsOf(String spec) {
        return Objects.requireNonNull(Specs.desired(spec).settings().analytics());
    }

    /** Cognito treats an empty list as an absent one. */
    @ParameterizedTest
    @EnumSource(
            value = AppType.class,
            names = {"PUBLIC", "CONFIDENTIAL", "MACHINE_TO_MACHINE", "OTHER"})
    void anEmptyListGetsTheSameDefaultAsAnAbsentOne(AppType type) {
        String absent = "appType: " + name(type);

        assertThat(Specs.desired(absent + """

                explicitAuthFlows: []
                allowedOAuthFlows: []
                allowedOAuthScopes: []
                callbackURLs: []
                readAttributes: []
                """)).isEqualTo(Specs.desired(absent));
    }

    @Test
    void theManifestTakesPrecedenceOverTheType() {
        DesiredClient desired = Specs.desired("""
                appType: MachineToMachine
                explicitAuthFlows: [ALLOW_ADMIN_USER_PASSWORD_AUTH]
                allowedOAuthFlows: [code]
                allowedOAuthFlowsUserPoolClient: false
                """);

        assertThat(desired.settings().explicitAuthFlows()).containsExactly("ALLOW_ADMIN_USER_PASSWORD_AUTH");
        assertThat(desired.settings().oauth().flows()).containsExactly("code");
        assertThat(desired.settings().oauth().enabled()).isFalse();
    }

    @Test
    void theDefaultsHaveNoRefreshFlowWithRotation() {
        DesiredClient desired = Specs.desired("""
                appType: Public
                refreshTokenRotation: {feature: ENABLED, retryGracePeriod: 10s}
                """);

        assertThat(desired.settings().explicitAuthFlows()).containsExactly("ALLOW_USER_SRP_AUTH");
        assertThat(desired.settings().refreshTokenRotation())
                .isEqualTo(new RefreshTokenRotation(true, Duration.ofSeconds(10)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0s", "0m", "0h", "0d"})
    void aGracePeriodOfZeroIsZeroInAnyUnit(String nothing) {
        assertThat(Specs.desired(
                        "appType: Public\nrefreshTokenRotation: {feature: ENABLED, retryGracePeriod: " + nothing + "}"))
                .isEqualTo(Specs.desired("appType: Public\nrefreshTokenRotation: {feature: ENABLED}"));
    }

    @Test
    void theGracePeriodOfADisabledRotationIsIgnored() {
        assertThat(Specs.desired("""
                appType: Public
                refreshTokenRotation: {feature: DISABLED, retryGracePeriod: 10s}
                """)).isEqualTo(Specs.desired("appType: Public"));
        assertThat(Specs.desired("""
                appType: Public
                refreshTokenRotation: {feature: ENABLED, retryGracePeriod: 0s}
                """)).isEqualTo(Specs.desired("""
                appType: Public
                refreshTokenRotation: {feature: ENABLED}
                """));
    }

    @Test
    void orderDuplicatesAndUnitsMakeNoDifference() {
        assertThat(Specs.desired("""
                appType: Confidential
                accessTokenValidity: 60m
                idTokenValidity: 1d
                callbackURLs: ["https://b.example.com/", "https://a.example.com/", "https://b.example.com/"]
                """)).isEqualTo(Specs.desired("""
                appType: Confidential
                accessTokenValidity: 1h
                idTokenValidity: 24h
                callbackURLs: ["https://a.example.com/", "https://b.example.com/"]
                """));
    }

    @ParameterizedTest
    @CsvSource({
        "Other, true, true",
        "Other, false, false",
        "Other, , false",
        "Public, true, false",
        "Confidential, false, true"
    })
    void onlyForOtherTheManifestDecidesOnTheSecret(String type, String written, boolean confidential) {
        String yaml = "appType: " + type + (written == null ? "" : "\ngenerateSecret: " + written);

        assertThat(Specs.desired(yaml).confidential()).isEqualTo(confidential);
    }

    @Test
    void anUnknownTypeHasNoDefaults() {
        assertThatIllegalArgumentException().isThrownBy(() -> Specs.desired("appType: FromTheFuture"));
    }

    private static List<String> list(String joined) {
        return joined == null ? List.of() : List.of(joined.split("\\|"));
    }

    private static String name(AppType type) {
        return switch (type) {
            case PUBLIC -> "Public";
            case CONFIDENTIAL -> "Confidential";
            case MACHINE_TO_MACHINE -> "MachineToMachine";
            default -> "Other";
        };
    }
}
